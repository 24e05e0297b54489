package io.transit.http;

import io.transit.core.Offer;
import io.transit.core.TransferId;
import io.transit.core.TransferListener;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Hears what happens in a rendezvous, so that a test can wait for it. */
final class Transfers implements TransferListener {
    private static final long PATIENCE_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> offered = new HashSet<>();
    private final Set<String> claimed = new HashSet<>();
    private final Map<String, Integer> awaited = new HashMap<>();
    private final Map<String, Integer> watched = new HashMap<>();
    private final Map<String, Integer> paused = new HashMap<>();
    private final Map<String, TransferState> ended = new HashMap<>();

    @Override
    public void offered(Offer offer) {
        change(() -> {
            offered.add(offer.id().value());
            claimed.remove(offer.id().value());
            paused.remove(offer.id().value());
            ended.remove(offer.id().value());
        });
    }

    /** So many more wait for an offer than before. */
    void awaited(TransferId id, int more) {
        change(() -> awaited.merge(id.value(), more, Integer::sum));
    }

    /** So many more wait for another state of it than before. */
    void watched(TransferId id, int more) {
        change(() -> watched.merge(id.value(), more, Integer::sum));
    }

    @Override
    public void claimed(Offer offer, long offset) {
        change(() -> claimed.add(offer.id().value()));
    }

    @Override
    public void paused(Offer offer, TransferState.Paused state) {
        change(() -> paused.merge(offer.id().value(), 1, Integer::sum));
    }

    @Override
    public void ended(TransferStatus status, Duration elapsed) {
        change(() -> ended.put(status.id().value(), status.state()));
    }

    /** Waits until that is offered; of an id that is used again, the end of the former must have been awaited. */
    void awaitOffered(String id) {
        await("the offer of " + id, () -> offered.contains(id) && !ended.containsKey(id));
    }

    /** Waits until so many wait for that to be offered. */
    void awaitAwaited(String id, int count) {
        await(count + " who wait for " + id, () -> awaited.getOrDefault(id, 0) == count);
    }

    /** Waits until somebody waits for another state of it. */
    void awaitWatched(String id) {
        await("one who watches " + id, () -> watched.getOrDefault(id, 0) > 0);
    }

    void awaitClaimed(String id) {
        await("the claim of " + id, () -> claimed.contains(id));
    }

    /** Waits until one of its sides has left so many times. */
    void awaitPaused(String id, int count) {
        await(count + " pauses of " + id, () -> paused.getOrDefault(id, 0) >= count);
    }

    boolean isEnded(String id) {
        lock.lock();
        try {
            return ended.containsKey(id);
        } finally {
            lock.unlock();
        }
    }

    TransferState awaitEnded(String id) {
        await("the end of " + id, () -> ended.containsKey(id));
        lock.lock();
        try {
            return ended.getOrDefault(id, new TransferState.Offered());
        } finally {
            lock.unlock();
        }
    }

    void awaitNoneOpen() {
        await("the end of every transfer", () -> ended.keySet().containsAll(offered));
    }

    /** The ids of all offers so far. */
    Set<String> seen() {
        lock.lock();
        try {
            return Set.copyOf(offered);
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(String what, BooleanSupplier goal) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!goal.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("in vain for " + what + "; offered " + offered + ", ended " + ended);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }
}
