package io.transit.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Makes the server's HTTP/1.1 connections, and lets a handler find the {@link Connection} that its request came from. */
final class Connections implements ServerConnectionSelector {
    /** Each connection has a thread of its own, which ends with it. */
    private static final ThreadLocal<Connection> CURRENT = new ThreadLocal<>();

    private final PeerWatch peers = new PeerWatch();
    private final AcceptedChannels channels;
    private final HttpSettings settings;
    private final Optional<Encryption> encryption;
    private final Http1ConnectionSelector http1;

    Connections(AcceptedChannels channels, HttpSettings settings, RequestHeads heads) {
        this(channels, settings, heads, Optional.empty());
    }

    Connections(
            AcceptedChannels channels,
            HttpSettings settings,
            RequestHeads heads,
            Optional<Encryption> encryption,
            Http1Upgrader... upgraders) {
        this.channels = channels;
        this.settings = settings;
        this.encryption = encryption;
        var selector = Http1ConnectionSelector.builder()
                .config(Http1Config.builder().addReceiveListener(heads).build());
        for (Http1Upgrader upgrader : upgraders) {
            selector.addUpgrader(upgrader);
        }
        this.http1 = selector.build();
    }

    /** Returns the connection that this thread serves. */
    static Connection current() {
        Connection connection = CURRENT.get();
        if (connection == null) {
            throw new IllegalStateException("this request did not come over one of our connections");
        }
        return connection;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    /** Never unsure: the server adds a selector of its own behind this one, which would drop HTTP/1.0 without a word. */
    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        AcceptedChannels.Accepted accepted = channels.take(context)
                .orElseThrow(() -> new CloseConnectionException("the connection is gone already"));
        try {
            return connection(context, accepted);
        } catch (RuntimeException | Error e) {
            accepted.place().leave();
            throw e;
        }
    }

    private ServerConnection connection(ConnectionContext context, AcceptedChannels.Accepted accepted) {
        Wire wire = wire(context, accepted.channel());
        var heads = new TimedHeads(context, accepted, wire, peers, settings);
        var connection = new Connection(accepted, wire, peers, heads);
        DataWriter output = wire.isEncrypted() ? new WireWriter(connection) : context.dataWriter();
        var writer = new TimedWriter(output, connection::mustBeTaken);
        ServerConnection http = http1.connection(new TimedContext(context, wire.isEncrypted(), heads.reader(), writer));
        if (http instanceof InterruptableTask<?> parser) {
            heads.parsedBy(parser);
        }
        return new Bound(http, connection);
    }

    private Wire wire(ConnectionContext context, SocketChannel channel) {
        return encryption.isPresent()
                ? new EncryptedWire(
                        channel, context.dataReader(), encryption.get().engine())
                : new Wire.Plain(channel);
    }

    /** The server's connection, with ours at hand for as long as it runs. */
    private static final class Bound implements ServerConnection, InterruptableTask<Void> {
        private final Connection connection;
        private volatile ServerConnection server;

        Bound(ServerConnection server, Connection connection) {
            this.server = server;
            this.connection = connection;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            CURRENT.set(connection);
            try {
                serve(limit);
            } finally {
                connection.heads().over();
                // The server does so at once, which may destroy an answer that is on its way.
                connection.close();
                connection.place().leave();
                CURRENT.remove();
            }
        }

        private void serve(Limit limit) throws InterruptedException {
            try {
                server.handle(limit);
            } catch (HandedOver handed) {
                connection.heads().unparsed();
                server = handed.to();
                server.handle(limit);
            }
        }

        /** Never idle: we end by ourselves what is, and one that waits for long is not. */
        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            server.close(interrupt);
        }

        /** Never what was handed over: what is still to be said to its client would be lost. */
        @Override
        public boolean canInterrupt() {
            return server instanceof InterruptableTask<?> task && task.canInterrupt();
        }
    }
}
