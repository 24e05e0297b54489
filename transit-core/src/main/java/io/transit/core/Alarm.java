package io.transit.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A time limit that can be set, lifted and set again. Guarded by its owner's lock; since a task may have started just when
 * it was cancelled, the task takes that lock and asks {@link #isDue}.
 */
final class Alarm {
    private final ScheduledExecutorService timer;
    private final Consumer<Alarm> task;
    private @Nullable Future<?> scheduled;
    private long at;

    Alarm(ScheduledExecutorService timer, Consumer<Alarm> task) {
        this.timer = timer;
        this.task = task;
    }

    void set(Duration time) {
        cancel();
        at = System.nanoTime() + TimeUnit.NANOSECONDS.convert(time);
        scheduled = timer.schedule(() -> task.accept(this), TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
    }

    void cancel() {
        if (scheduled != null) {
            scheduled.cancel(false);
            scheduled = null;
        }
    }

    boolean isDue() {
        return scheduled != null && System.nanoTime() - at >= 0;
    }

    /** How long until it goes off; empty if it is not set. */
    Optional<Duration> remaining() {
        return scheduled == null
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, at - System.nanoTime())));
    }
}
