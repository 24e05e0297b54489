package io.transit.http;

import java.io.IOException;

/** A request's body did not come as its head announced it; its connection cannot be used any further. */
abstract sealed class BodyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String why;

    private BodyException(String why) {
        super(why);
        this.why = why;
    }

    /** Returns why, in one line that is fit for whoever sent the body. */
    String why() {
        return why;
    }

    /** What came is not a body of that form. */
    static final class Malformed extends BodyException {
        private static final long serialVersionUID = 1L;

        Malformed(String why) {
            super(why);
        }
    }

    /** The connection ended before the body did. */
    static final class Truncated extends BodyException {
        private static final long serialVersionUID = 1L;

        Truncated() {
            super("the connection ended before the body did");
        }
    }
}
