package io.transit.http;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.spi.ServerConnection;

/**
 * Thrown to have the connection go on as something else, beneath the frames of the server's parser and routing: what waits for
 * a quarter of an hour would hold them, with all that they know of the request, for as long. To the server its part of the
 * connection ends.
 */
final class HandedOver extends CloseConnectionException {
    private static final long serialVersionUID = 1;

    private final transient ServerConnection to;

    HandedOver(ServerConnection to) {
        super("the connection goes on without the server's parser");
        this.to = to;
    }

    /** What serves the connection from now on, until it ends. */
    ServerConnection to() {
        return to;
    }

    /** It is no failure, and leaves many frames. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
