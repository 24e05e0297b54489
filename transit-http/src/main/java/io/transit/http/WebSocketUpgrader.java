package io.transit.http;

import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.transit.core.BufferPool;
import io.transit.core.Rendezvous;
import io.transit.core.TransferId;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a WebSocket of an HTTP connection whose client asks for one of ours. A request that cannot be granted goes on as one
 * of HTTP, and its route refuses it.
 */
final class WebSocketUpgrader implements Http1Upgrader {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final BasePath base;
    private final WebSocketSend send;
    private final ResumableSend resumable;
    private final WebSocketReceive receive;
    private final Heartbeats heartbeats;
    private final BufferPool buffers = new BufferPool(BUFFER_BYTES);

    WebSocketUpgrader(BasePath base, Rendezvous rendezvous, HttpSettings settings, Misses misses) {
        this.base = base;
        this.heartbeats = new Heartbeats(settings.heartbeat());
        this.send = new WebSocketSend(rendezvous, settings);
        this.resumable = new ResumableSend(rendezvous, settings);
        this.receive = new WebSocketReceive(rendezvous, settings, misses);
    }

    @Override
    public String supportedProtocol() {
        return Handshake.PROTOCOL;
    }

    @Override
    public @Nullable ServerConnection upgrade(
            ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
        Connection connection = Connections.current();
        if (connection.place().refusal().isPresent()) {
            return null;
        }
        try {
            Optional<Handshake> handshake = Handshake.of(base, prologue, headers, connection.framing());
            String ours = Origins.ours(headers, connection.client()) + base.path();
            if (handshake.isPresent()) {
                throw new HandedOver(accept(connection, handshake.get(), ours));
            }
            return null;
        } catch (Refusal e) {
            return null;
        }
    }

    private ServerConnection accept(Connection connection, Handshake handshake, String ours) {
        try {
            connection.write(handshake.answer());
        } catch (IOException e) {
            throw new CloseConnectionException("the client did not wait for its WebSocket", e);
        }
        var socket = new WebSocket(connection, buffers, handshake.dialect(), heartbeats);
        return new WebSocketConnection(
                connection,
                socket,
                switch (handshake.path()) {
                    case WebSocketPath.Send(var id) -> sending(socket, handshake.dialect(), id, ours);
                    case WebSocketPath.Receive(var id) -> () -> receive.serve(socket, id);
                });
    }

    private WebSocket.Task sending(WebSocket socket, Dialect dialect, Optional<TransferId> id, String ours) {
        return switch (dialect) {
            case ONE -> () -> send.serve(socket, id.orElseThrow());
            case TWO -> () -> resumable.serve(socket, id, ours);
        };
    }
}
