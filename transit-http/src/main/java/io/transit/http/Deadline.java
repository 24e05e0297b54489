package io.transit.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Something that is done after a while, on a virtual thread of its own, unless this is kept before. It waits without a
 * thread. One that is kept just as its time comes may be missed all the same.
 */
final class Deadline {
    private final CompletableFuture<Boolean> kept = new CompletableFuture<>();

    private Deadline() {}

    static Deadline after(Duration time, Runnable missed) {
        var deadline = new Deadline();
        var unused = deadline.kept
                .completeOnTimeout(false, time.toNanos(), TimeUnit.NANOSECONDS)
                .thenAccept(inTime -> {
                    if (!inTime) {
                        Thread.startVirtualThread(missed);
                    }
                });
        return deadline;
    }

    /** Calls it off. Idempotent. */
    void keep() {
        kept.complete(true);
    }
}
