package io.transit.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Something that is done at intervals, on virtual threads, from {@link #start} until it is stopped. It waits without a thread. */
final class Repetition {
    private final Duration interval;
    private final BooleanSupplier turn;
    private volatile Deadline next;
    private volatile boolean stopped;

    private Repetition(Duration interval, BooleanSupplier turn) {
        this.interval = interval;
        this.turn = turn;
        this.next = Deadline.after(interval, this::take);
    }

    /**
     * Begins.
     *
     * @param interval from the end of a turn to the next, and before the first
     * @param turn what is done, once at a time; returns whether it is to be done again
     */
    static Repetition start(Duration interval, BooleanSupplier turn) {
        return new Repetition(interval, turn);
    }

    private void take() {
        if (!stopped && turn.getAsBoolean()) {
            next = Deadline.after(interval, this::take);
            if (stopped) {
                next.keep();
            }
        }
    }

    /** Ends it. Idempotent; a turn that is under way may still come to its end. */
    void stop() {
        stopped = true;
        next.keep();
    }
}
