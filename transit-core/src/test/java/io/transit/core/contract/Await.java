package io.transit.core.contract;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waiting for what another thread will bring about. */
final class Await {
    /** Long enough for a slow and noisy machine; nothing waits for so long unless it is broken. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration STEP = Duration.ofMillis(1);

    private Await() {}

    /** Returns as soon as the condition holds; fails if it does not within {@link #PATIENCE}. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError("it did not come true within " + PATIENCE);
            }
            pass(STEP);
        }
    }

    /** Lets time pass, where slowness itself is what is tested. */
    static void pass(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
