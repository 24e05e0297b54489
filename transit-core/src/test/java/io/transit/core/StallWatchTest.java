package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

class StallWatchTest {
    private static final Duration STALL = Duration.ofSeconds(2);
    private static final Duration EARLY = STALL.dividedBy(10);

    @Test
    void T10_the_stall_time_counts_from_the_last_move_and_not_from_when_it_is_noticed() throws Exception {
        var lock = new TransferLock();
        Condition changed = lock.newCondition();
        var watch = new StallWatch(STALL.toNanos());
        long begun = System.nanoTime();
        CompletableFuture.delayedExecutor(EARLY.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> lock.lockedRun(watch::moved));
        lock.lock();
        try {
            assertThat(watch.await(changed, () -> false)).isFalse();
        } finally {
            lock.unlock();
        }
        // From when it is noticed it would be twice the stall time.
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(STALL, STALL.multipliedBy(2).minus(EARLY));
    }
}
