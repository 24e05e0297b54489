package io.transit.redis;

import io.transit.core.Offer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Those who wait here for offers that are not there yet, or for what becomes of them, by the ids that they wait for. While
 * there are any for an id, the node hears what is said of it anywhere.
 */
final class Arrivals {
    /** One who waits, and what it was woken with. */
    private static final class Waiter {
        private final Semaphore wakes = new Semaphore(0);
        private volatile Optional<Offer> news = Optional.empty();

        void wake(Optional<Offer> offer) {
            if (offer.isPresent()) {
                news = offer;
            }
            wakes.release();
        }
    }

    private final Connections connections;

    /** Each set changes only within an operation on its key. */
    private final Map<String, Set<Waiter>> waiting = new ConcurrentHashMap<>();

    private volatile boolean over;

    Arrivals(Connections connections) {
        this.connections = connections;
    }

    /**
     * Waits for an offer.
     *
     * @param channel where it is said that the id is offered
     * @param look looks for it, at first and whenever that was said; what this throws ends the waiting
     * @return the offer; or empty if none came in time, or {@link #giveUp} was called
     */
    Optional<Offer> await(String channel, Duration atMost, Supplier<Optional<Offer>> look) throws InterruptedException {
        var waiter = new Waiter();
        return await(channel, waiter, atMost, () -> waiter.news.or(look));
    }

    /**
     * Waits for something else that is said there.
     *
     * @param channel where it is said
     * @param look looks for it, at first and whenever something was said; what this throws ends the waiting
     * @return what was looked for; or empty if it did not come in time, or {@link #giveUp} was called
     */
    <T> Optional<T> awaitWord(String channel, Duration atMost, Supplier<Optional<T>> look) throws InterruptedException {
        return await(channel, new Waiter(), atMost, look);
    }

    private <T> Optional<T> await(String channel, Waiter waiter, Duration atMost, Supplier<Optional<T>> look)
            throws InterruptedException {
        long began = System.nanoTime();
        long most = TimeUnit.NANOSECONDS.convert(atMost);
        add(channel, waiter);
        try {
            Optional<T> found = look.get();
            while (found.isEmpty() && !over) {
                if (!waiter.wakes.tryAcquire(most - (System.nanoTime() - began), TimeUnit.NANOSECONDS)) {
                    return Optional.empty();
                }
                waiter.wakes.drainPermits();
                found = look.get();
            }
            return found;
        } finally {
            remove(channel, waiter);
        }
    }

    private void add(String channel, Waiter waiter) {
        waiting.compute(channel, (key, others) -> {
            if (others == null) {
                connections.listen(channel);
            }
            Set<Waiter> all = others == null ? new HashSet<>() : new HashSet<>(others);
            all.add(waiter);
            return all;
        });
    }

    private void remove(String channel, Waiter waiter) {
        waiting.computeIfPresent(channel, (key, others) -> {
            Set<Waiter> all = new HashSet<>(others);
            all.remove(waiter);
            if (all.isEmpty()) {
                connections.ignore(channel);
                return null;
            }
            return all;
        });
    }

    /** It was offered here, whether the others can be told or not. */
    void offered(String channel, Offer offer) {
        wake(channel, Optional.of(offer));
    }

    /** Something was said there, or could have been and was not heard. */
    void heard(String channel) {
        wake(channel, Optional.empty());
    }

    /** Wakes all: what they wait for will not come. */
    void giveUp() {
        over = true;
        waiting.keySet().forEach(this::heard);
    }

    private void wake(String channel, Optional<Offer> offer) {
        waiting.getOrDefault(channel, Set.of()).forEach(waiter -> waiter.wake(offer));
    }
}
