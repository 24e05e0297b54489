package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import io.transit.redis.testing.RedisResource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a lease is renewed. */
@ExtendWith(RedisResource.class)
@Timeout(120)
class LeaseTest {
    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final Duration RENEWAL = Duration.ofMinutes(1);

    /** What there is to tell may have changed since that one began. */
    @Test
    void a_renewal_that_is_wanted_at_once_is_not_put_off_by_the_end_of_another() throws Exception {
        var settings = RedisSettings.of(RedisResource.uri()).withLease(LEASE, RENEWAL);
        try (var node = new Node(settings, TransferLimits.DEFAULT, Links.of(settings))) {
            var renewals = new LinkedBlockingQueue<CompletableFuture<Duration>>();
            var lease = new Lease(
                    node,
                    () -> {
                        var renewal = new CompletableFuture<Duration>();
                        renewals.add(renewal);
                        return renewal;
                    },
                    () -> {});
            lease.now();
            CompletableFuture<Duration> first = renewals.take();
            var free = new CountDownLatch(1);
            node.timer.execute(() -> await(free));
            lease.now();
            first.complete(LEASE);
            free.countDown();
            assertThat(renewals.poll(RENEWAL.toSeconds() / 2, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
