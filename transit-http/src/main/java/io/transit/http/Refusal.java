package io.transit.http;

import io.helidon.http.Status;

/** A request that is answered with an error before anything of it was begun. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;
    private final String why;

    /**
     * Refuses.
     *
     * @param status what goes into the status line
     * @param why one line, shown to whoever sent the request
     */
    Refusal(Status status, String why) {
        super(why, null, false, false);
        this.status = status;
        this.why = why;
    }

    Status status() {
        return status;
    }

    String why() {
        return why;
    }
}
