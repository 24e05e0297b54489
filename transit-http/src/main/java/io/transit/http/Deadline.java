package io.transit.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Something that is done after a while, on a virtual thread of its own, unless this is kept before. It waits without a thread. */
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

    /**
     * Calls it off. Idempotent.
     *
     * @return whether that was in time; if not, it is done, or will be at once
     */
    boolean keep() {
        kept.complete(true);
        return kept.join();
    }
}
