package io.transit.http;

import java.util.Optional;

/** What is spoken over a WebSocket: docs/protocol.md. */
enum Dialect {
    /** That of the original's clients, which name no subprotocol. */
    ONE {
        @Override
        String lastWords(String reason, String why) {
            return "Error: " + why;
        }

        @Override
        Optional<String> aboutLength(String why) {
            return Optional.empty();
        }
    },

    /** That of this server's page: {@link #SUBPROTOCOL}. */
    TWO {
        @Override
        String lastWords(String reason, String why) {
            return ServerMessage.interrupted(reason, why);
        }

        @Override
        Optional<String> aboutLength(String why) {
            return Optional.of(lastWords("TOO_LARGE", why));
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

    /** Says in a message, where the dialect has one for that, that a text is too long. */
    abstract Optional<String> aboutLength(String why);
}
