package io.transit.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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
     * @param peer where it leads
     * @param firstHead the end of the time for the head of the first request, which runs from the beginning
     * @param place what it counts as, to be left when it is served no more
     */
    record Accepted(SocketChannel channel, InetAddress peer, Deadline firstHead, ConnectionLimit.Place place) {
        /** Lets the client look as if it sent no more. */
        void endInput() {
            AcceptedChannels.endInput(channel);
        }

        /** Cuts the connection, and drops what the client has not taken. */
        void reset() {
            try (channel) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // Closed already.
            }
        }
    }

    /** Said to one for whom there is no place. There is room for so much in a connection that is new. */
    private static final ByteBuffer NO_PLACE = ByteBuffer.wrap(
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));

    /**
     * A peer that is cut off without a word is noticed after 15 seconds of silence: probes go out after 5, 7, 9, 11 and 13. Where
     * bytes are under way there are none; there the stall time counts, and while a sender waits, {@link PeerWatch}.
     *
     * <p>Thousands that came together are probed together, which is more than a queue of the system has room for (1,000 packets
     * behind a loopback), and always the same ones are dropped. So a probe is repeated at other times than those.
     */
    private static final int KEEP_ALIVE_SECONDS = 5;

    private static final int KEEP_ALIVE_REPEATED_SECONDS = 2;

    private static final int KEEP_ALIVE_PROBES = 5;

    private final SocketOptions options = SocketOptions.builder()
            .tcpNoDelay(true)
            .putSocketOption(StandardSocketOptions.SO_KEEPALIVE, true)
            .putSocketOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS)
            .putSocketOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_REPEATED_SECONDS)
            .putSocketOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES)
            .build();

    /** It looks at all that have said nothing yet. */
    private static final long FORGET_EVERY_NANOS = 50_000_000;

    private final Map<Key, Accepted> waiting = new ConcurrentHashMap<>();
    private final Duration headDeadline;
    private final ConnectionLimit limit;
    private volatile long forgotten = System.nanoTime() - FORGET_EVERY_NANOS;

    AcceptedChannels(HttpSettings settings) {
        this.headDeadline = settings.headDeadline();
        this.limit = new ConnectionLimit(
                settings.maxConnections(), settings.maxConnectionsPerClient(), new Proxies(settings.trustedProxies()));
    }

    /** Takes the channel of a connection; each can be taken once. */
    Optional<Accepted> take(ConnectionContext connection) {
        return Optional.ofNullable(waiting.remove(
                new Key(connection.childSocketId(), connection.remotePeer().address())));
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        try {
            if (channel.getRemoteAddress() instanceof InetSocketAddress peer) {
                accept(channel, peer);
            }
        } catch (IOException e) {
            // Gone before it was served; its connection will find out.
        }
    }

    private void accept(SocketChannel channel, InetSocketAddress peer) throws IOException {
        var key = new Key(idOf(channel), peer);
        Optional<ConnectionLimit.Place> place = limit.admit(peer.getAddress());
        boolean isFull = place.isEmpty() || place.get().refusal().isPresent();
        if (isFull && forgetClosed()) {
            place.ifPresent(ConnectionLimit.Place::leave);
            place = limit.admit(peer.getAddress());
        }
        if (place.isEmpty()) {
            channel.write(NO_PLACE.duplicate());
            // The server closes it then.
            throw new CloseConnectionException("there are too many connections");
        }
        // The server makes a connection of a channel only when something has come.
        Deadline firstHead = Deadline.after(headDeadline, () -> {
            endInput(channel);
            forget(key);
        });
        waiting.put(key, new Accepted(channel, peer.getAddress(), firstHead, place.get()));
    }

    /** Frees the places of those that went before they said anything, unless that was done just now. */
    private boolean forgetClosed() {
        long now = System.nanoTime();
        if (now - forgotten < FORGET_EVERY_NANOS) {
            return false;
        }
        forgotten = now;
        waiting.forEach((key, accepted) -> {
            if (!accepted.channel().isOpen()) {
                accepted.firstHead().keep();
                forget(key);
            }
        });
        return true;
    }

    private void forget(Key key) {
        Optional.ofNullable(waiting.remove(key))
                .ifPresent(never -> never.place().leave());
    }

    private static void endInput(SocketChannel channel) {
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            // The connection is closed already.
        }
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
