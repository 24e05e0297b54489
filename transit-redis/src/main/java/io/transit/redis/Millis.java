package io.transit.redis;

import java.time.Duration;

/** Durations as Redis takes them. */
final class Millis {
    /** Ten years: longer than Redis has to keep anything, and short enough to be added to a time. */
    private static final Duration MOST = Duration.ofDays(3650);

    private Millis() {}

    static long of(Duration time) {
        // Nothing is kept for less than it was asked for.
        return time.compareTo(MOST) > 0
                ? MOST.toMillis()
                : time.plusNanos(999_999).toMillis();
    }
}
