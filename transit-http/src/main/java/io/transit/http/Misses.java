package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.TransferId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Who looks for transfers that are not there: each client may do so a number of times a minute, so that ids cannot be guessed.
 * What is there never counts. A client that has used up its misses is told so, and is not told whether an id that could be guessed
 * is there; ids as long as those that the server makes cannot be, and are looked up as ever.
 *
 * <p>Of each client one number is kept, until its misses are forgiven, and of so many at most.
 */
final class Misses {
    private static final Duration FORGIVEN = Duration.ofMinutes(1);
    private static final int MAX_CLIENTS = 10_000;

    /** As many letters as there are in one that the server makes. */
    private static final int UNGUESSABLE = 16;

    static final String TOO_MANY = "you asked for too many transfers that are not there; try again in a while";

    private final int most;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** When all of a client's misses will be forgiven, in nanoseconds of the clock; the latest to miss is last. */
    private final Map<InetAddress, Long> clients = new LinkedHashMap<>();

    /**
     * Begins to count.
     *
     * @param most how many there may be in a minute; 0 for any number
     */
    Misses(int most) {
        this(most, System::nanoTime);
    }

    Misses(int most, LongSupplier clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Whether a client may be told if there is such a transfer. */
    boolean mayAsk(InetAddress client, TransferId id) {
        return id.value().length() >= UNGUESSABLE || !isSpent(client);
    }

    /** Refuses a client that may not be told if there is such a transfer. */
    void require(InetAddress client, TransferId id) {
        if (!mayAsk(client, id)) {
            throw refusal();
        }
    }

    /** Whether one more miss would be too many. */
    boolean isSpent(InetAddress client) {
        if (most == 0) {
            return false;
        }
        lock.lock();
        try {
            long now = clock.getAsLong();
            return left(clients.getOrDefault(ConnectionLimit.client(client), now), now) > FORGIVEN.toNanos() - each();
        } finally {
            lock.unlock();
        }
    }

    /** Counts a miss. */
    void add(InetAddress address) {
        if (most == 0) {
            return;
        }
        InetAddress client = ConnectionLimit.client(address);
        lock.lock();
        try {
            long now = clock.getAsLong();
            // Taken out first, so that it becomes the last.
            Long before = clients.remove(client);
            forget(now);
            clients.put(client, now + (before == null ? 0 : left(before, now)) + each());
        } finally {
            lock.unlock();
        }
    }

    static Refusal refusal() {
        return new Refusal(Status.TOO_MANY_REQUESTS_429, TOO_MANY);
    }

    private long each() {
        return FORGIVEN.toNanos() / most;
    }

    private static long left(long forgiven, long now) {
        return Math.max(forgiven - now, 0);
    }

    /** Makes room: for those that have missed nothing of late, and, if there are too many, for the one that did so the longest ago. */
    private void forget(long now) {
        Iterator<Long> eldest = clients.values().iterator();
        while (eldest.hasNext() && (left(eldest.next(), now) == 0 || clients.size() >= MAX_CLIENTS)) {
            eldest.remove();
        }
    }

    /** How many clients are known. */
    int size() {
        return clients.size();
    }
}
