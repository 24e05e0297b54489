package io.transit.redis;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says again and again that this node is alive, and looks whether the other one is: when the other's lease would lapse is
 * looked at then, rather than at the next renewal. A renewal that fails is tried once more before the store counts as lost.
 */
final class Lease {
    /** Redis removes what has lapsed no sooner than its time is over. */
    private static final Duration AFTER = Duration.ofMillis(20);

    private final Node node;
    private final Supplier<CompletionStage<Duration>> renewal;
    private final Runnable lost;
    private @Nullable ScheduledFuture<?> next;

    /** Which of all that were planned is the next one: one that was put off may have begun just then. */
    private long planned;

    private boolean stopped;
    private int failures;

    /**
     * Does nothing yet.
     *
     * @param renewal returns how long the other side's lease lasts, or more than a renewal takes if there is none
     * @param lost is run when the store cannot be reached, again and again
     */
    Lease(Node node, Supplier<CompletionStage<Duration>> renewal, Runnable lost) {
        this.node = node;
        this.renewal = renewal;
        this.lost = lost;
    }

    /** Renews after the usual time, for the first time. */
    void start() {
        schedule(node.settings.renewal());
    }

    /** Renews at once. */
    void now() {
        schedule(Duration.ZERO);
    }

    synchronized void stop() {
        stopped = true;
        cancel();
    }

    /** Unless that is sooner already: somebody may have asked for it while another renewal was under way. */
    private synchronized void schedule(Duration delay) {
        if (!stopped && (next == null || next.getDelay(TimeUnit.NANOSECONDS) > delay.toNanos())) {
            cancel();
            long number = ++planned;
            next = node.timer.schedule(() -> renew(number), delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void cancel() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }

    private synchronized boolean begin(long number) {
        if (stopped || number != planned) {
            return false;
        }
        next = null;
        return true;
    }

    private void renew(long number) {
        if (!begin(number)) {
            return;
        }
        renewal.get().whenComplete((left, e) -> {
            if (e == null) {
                failures = 0;
                Duration lapse = left.plus(AFTER);
                schedule(lapse.compareTo(node.settings.renewal()) < 0 ? lapse : node.settings.renewal());
            } else if (failures++ == 0) {
                schedule(node.settings.renewal().dividedBy(10));
            } else {
                lost.run();
                schedule(node.settings.renewal());
            }
        });
    }
}
