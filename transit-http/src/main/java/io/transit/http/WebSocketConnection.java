package io.transit.http;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.time.Duration;

/**
 * A connection that has become a WebSocket, to the server: serves it, and ends it in order.
 *
 * @param connection its bytes
 * @param socket its messages
 * @param service what is done with it; returns once the client has closed, or a close was written
 */
record WebSocketConnection(Connection connection, WebSocket socket, WebSocket.Task service)
        implements ServerConnection {
    /** Lets nothing out: the server would answer it with HTTP. */
    @Override
    public void handle(Limit limit) {
        boolean isInOrder = false;
        try {
            isInOrder = serve();
        } finally {
            // A client may take its time to end the connection, for which no buffer is needed.
            socket.release();
        }
        if (isInOrder) {
            connection.close();
        } else {
            connection.reset();
        }
    }

    /** Returns whether the connection may end in order. */
    private boolean serve() {
        try {
            service.run();
            socket.drain();
            return true;
        } catch (WebSocketException e) {
            // It was answered; what the client meant by what follows cannot be known.
            return true;
        } catch (IOException | InterruptedException e) {
            return false;
        } catch (RuntimeException e) {
            socket.failUnforeseen(e);
            return true;
        }
    }

    /** Never idle: who does not answer pings is cut off by ourselves. */
    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    /** Ends at once, or when its transfer is over. */
    @Override
    public void close(boolean interrupt) {
        if (interrupt) {
            connection.reset();
        } else {
            // The server waits for this call, and a client need not take what is written.
            Thread.startVirtualThread(socket::goAway);
        }
    }
}
