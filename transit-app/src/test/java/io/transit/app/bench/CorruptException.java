package io.transit.app.bench;

import java.io.IOException;

/** What was received is not what was sent. */
final class CorruptException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptException(String message) {
        super(message);
    }
}
