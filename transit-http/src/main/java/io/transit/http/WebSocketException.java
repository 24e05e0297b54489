package io.transit.http;

import java.io.IOException;

/** A client did not keep to the protocol; its WebSocket is closed for that. */
final class WebSocketException extends IOException {
    private static final long serialVersionUID = 1L;

    private final CloseCode code;
    private final String why;

    /**
     * Says what was wrong.
     *
     * @param code what the connection is closed with
     * @param why one line, shown to the client
     */
    WebSocketException(CloseCode code, String why) {
        super(why);
        this.code = code;
        this.why = why;
    }

    CloseCode code() {
        return code;
    }

    String why() {
        return why;
    }
}
