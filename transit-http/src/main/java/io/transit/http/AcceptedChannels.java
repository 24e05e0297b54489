package io.transit.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;

/**
 * Gets at the channel beneath a connection, which the server does not hand out: as the listener's socket options this sees
 * every accepted channel, and keeps it until its connection asks for it.
 */
final class AcceptedChannels implements SocketOptions {
    /** How a channel is found again. */
    private record Key(String id, SocketAddress peer) {}

    /**
     * A channel that was accepted.
     *
     * @param channel what it is
     * @param firstHead the end of the time for the head of the first request, which runs from the beginning
     */
    record Accepted(SocketChannel channel, Deadline firstHead) {
        /** Lets the client look as if it sent no more, unless the result is kept before. */
        Deadline within(Duration time) {
            return endInputAfter(time, channel);
        }
    }

    /**
     * A peer that is cut off without a word is noticed after 15 seconds of silence: probes go out after 5 and 10. Where bytes
     * are under way there are none; there the stall time counts, and while a sender waits, {@link PeerWatch}.
     */
    private static final int KEEP_ALIVE_SECONDS = 5;

    private static final int KEEP_ALIVE_PROBES = 2;

    private final SocketOptions options = SocketOptions.builder()
            .tcpNoDelay(true)
            .putSocketOption(StandardSocketOptions.SO_KEEPALIVE, true)
            .putSocketOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS)
            .putSocketOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS)
            .putSocketOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES)
            .build();

    private final Map<Key, Accepted> waiting = new ConcurrentHashMap<>();
    private final Duration headDeadline;

    AcceptedChannels(Duration headDeadline) {
        this.headDeadline = headDeadline;
    }

    /** Takes the channel of a connection; each can be taken once. */
    Optional<Accepted> take(ConnectionContext connection) {
        return Optional.ofNullable(waiting.remove(
                new Key(connection.childSocketId(), connection.remotePeer().address())));
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        waiting.values().removeIf(other -> !other.channel().isOpen());
        try {
            var key = new Key(idOf(channel), channel.getRemoteAddress());
            // The server makes a connection of a channel only when something has come.
            waiting.put(key, new Accepted(channel, endInputAfter(headDeadline, channel)));
        } catch (IOException e) {
            // Gone before it was served; its connection will find out.
        }
    }

    private static Deadline endInputAfter(Duration time, SocketChannel channel) {
        return Deadline.after(time, () -> {
            try {
                channel.shutdownInput();
            } catch (IOException e) {
                // The connection is closed already.
            }
        });
    }

    /** How the server names a connection after its channel. */
    private static String idOf(SocketChannel channel) {
        return "0x" + HexFormat.of().toHexDigits(System.identityHashCode(channel));
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
