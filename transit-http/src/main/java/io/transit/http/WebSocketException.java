package io.transit.http;

import java.io.IOException;

/** A client did not keep to the protocol; its WebSocket is closed for that. */
final class WebSocketException extends IOException {
    private static final long serialVersionUID = 1L;

    private final CloseCode code;
    private final String reason;
    private final String why;

    /**
     * Says what was wrong.
     *
     * @param code what the connection is closed with
     * @param why one line, shown to the client
     */
    WebSocketException(CloseCode code, String why) {
        this(code, "BAD_MESSAGE", why);
    }

    /**
     * Says what was wrong.
     *
     * @param code what the connection is closed with
     * @param reason for programs, where the dialect has a place for it
     * @param why one line, shown to the client
     */
    WebSocketException(CloseCode code, String reason, String why) {
        super(why);
        this.code = code;
        this.reason = reason;
        this.why = why;
    }

    CloseCode code() {
        return code;
    }

    String reason() {
        return reason;
    }

    String why() {
        return why;
    }
}
