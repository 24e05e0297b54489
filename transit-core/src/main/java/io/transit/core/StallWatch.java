package io.transit.core;

import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/** Knows for how long nothing has moved. Guarded by the channel's lock. */
final class StallWatch {
    private final long stallNanos;
    private long movedAt = System.nanoTime();

    /**
     * Begins to watch.
     *
     * @param stallNanos after so much time without a sign of life a side has stalled
     */
    StallWatch(long stallNanos) {
        this.stallNanos = stallNanos;
    }

    /** Notes that a side is alive. */
    void moved() {
        movedAt = System.nanoTime();
    }

    /**
     * Waits until the goal is reached, or nothing has moved for the stall time, of which what passed before this wait does not
     * count.
     *
     * @return whether the goal is reached
     */
    boolean await(Condition condition, BooleanSupplier goal) throws InterruptedException {
        long begun = System.nanoTime();
        while (!goal.getAsBoolean()) {
            long since = movedAt - begun > 0 ? movedAt : begun;
            long left = stallNanos - (System.nanoTime() - since);
            if (left <= 0) {
                return false;
            }
            var unused = condition.awaitNanos(left);
        }
        return true;
    }
}
