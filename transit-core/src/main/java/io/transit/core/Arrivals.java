package io.transit.core;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Those who wait for offers that are not there yet, by the ids that they wait for. */
final class Arrivals {
    /** One who waits, and what woke it. */
    private static final class Waiter {
        private final CountDownLatch woken = new CountDownLatch(1);
        private volatile Optional<Offer> news = Optional.empty();

        void wake(Optional<Offer> why) {
            news = why;
            woken.countDown();
        }

        Optional<Offer> await(Duration atMost) throws InterruptedException {
            var unused = woken.await(TimeUnit.NANOSECONDS.convert(atMost), TimeUnit.NANOSECONDS);
            return news;
        }
    }

    /** Each set changes only within an operation on its key; one that was taken out does not change any more. */
    private final Map<TransferId, Set<Waiter>> waiting = new ConcurrentHashMap<>();

    /**
     * Waits for an offer of that id.
     *
     * @param present looks whether it is there already, once the next one cannot be missed any more; what this throws ends
     *     the waiting
     * @return the offer; or empty if none came in time, or {@link #giveUp} was called
     */
    Optional<Offer> await(TransferId id, Duration atMost, Supplier<Optional<Offer>> present)
            throws InterruptedException {
        var waiter = new Waiter();
        waiting.compute(id, (key, others) -> {
            Set<Waiter> all = others == null ? new HashSet<>() : others;
            all.add(waiter);
            return all;
        });
        try {
            Optional<Offer> there = present.get();
            return there.isPresent() ? there : waiter.await(atMost);
        } finally {
            waiting.computeIfPresent(id, (key, all) -> {
                all.remove(waiter);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Wakes those who wait for this offer. */
    void offered(Offer offer) {
        wake(offer.id(), Optional.of(offer));
    }

    /** Wakes all: what they wait for will not come. */
    void giveUp() {
        waiting.keySet().forEach(id -> wake(id, Optional.empty()));
    }

    private void wake(TransferId id, Optional<Offer> news) {
        Set<Waiter> woken = waiting.remove(id);
        if (woken != null) {
            woken.forEach(waiter -> waiter.wake(news));
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
