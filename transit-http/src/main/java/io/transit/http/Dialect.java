package io.transit.http;

/** What is spoken over a WebSocket: docs/protocol.md. */
enum Dialect {
    /** That of the original's clients, which name no subprotocol. */
    ONE {
        @Override
        String lastWords(String reason, String why) {
            return "Error: " + why;
        }
    },

    /** That of this server's page: {@link #SUBPROTOCOL}. */
    TWO {
        @Override
        String lastWords(String reason, String why) {
            return ServerMessage.interrupted(reason, why);
        }
    };

    static final String SUBPROTOCOL = "transit.v2";

    /**
     * Says in a message what went wrong, before a close.
     *
     * @param reason for programs
     * @param why one line, for people
     */
    abstract String lastWords(String reason, String why);
}
