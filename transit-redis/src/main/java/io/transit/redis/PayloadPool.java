package io.transit.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The connections that payload has to itself. Each is lent to one user at a time, and kept for the next; no more than a few
 * are made at a time, so that a thousand transfers that begin together do not starve those that run.
 */
final class PayloadPool {
    /** Per server. */
    private static final int MAX_IDLE = 16;

    private static final int MAX_CONNECTING = 8;

    /** On a busy machine one may take longer to make than a command takes; if Redis is away, all of them fail at once. */
    private static final int MAX_TRIES = 4;

    private final Links links;
    private final Map<String, Deque<Payload>> idle = new HashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int connecting;
    private boolean closed;

    private record Waiting(String place, CompletableFuture<Payload> future, int tries) {}

    PayloadPool(Links links) {
        this.links = links;
    }

    /** Lends one that leads to this place, as soon as there is one. */
    CompletionStage<Payload> borrow(String place) {
        var future = new CompletableFuture<Payload>();
        Payload kept;
        synchronized (this) {
            kept = takeIdle(place);
            if (kept == null) {
                waiting.add(new Waiting(place, future, 1));
            }
        }
        if (kept != null) {
            future.complete(kept);
        } else {
            connect();
        }
        return future;
    }

    private @Nullable Payload takeIdle(String place) {
        Deque<Payload> there = idle.getOrDefault(place, new ArrayDeque<>());
        Payload found = there.pollFirst();
        while (found != null && !found.connection().isOpen()) {
            found = there.pollFirst();
        }
        return found;
    }

    /** Makes one for who has waited longest, unless enough are being made. */
    private void connect() {
        Waiting next;
        synchronized (this) {
            if (connecting >= MAX_CONNECTING || waiting.isEmpty()) {
                return;
            }
            next = waiting.remove();
            connecting++;
        }
        links.dedicated(next.place).whenComplete((connection, e) -> {
            boolean again = e != null && next.tries < MAX_TRIES;
            synchronized (this) {
                connecting--;
                if (again) {
                    waiting.add(new Waiting(next.place, next.future, next.tries + 1));
                }
            }
            if (e == null) {
                next.future.complete(new Payload(next.place, connection));
            } else if (!again) {
                next.future.completeExceptionally(e);
            }
            connect();
        });
    }

    /** Takes back one on which nothing is outstanding. */
    void giveBack(Payload link) {
        if (!link.connection().isOpen()) {
            return;
        }
        Waiting next;
        boolean surplus = false;
        synchronized (this) {
            next = takeWaiting(link.place());
            if (next == null) {
                Deque<Payload> there = idle.computeIfAbsent(link.place(), place -> new ArrayDeque<>());
                surplus = closed || there.size() >= MAX_IDLE;
                if (!surplus) {
                    there.addFirst(link);
                }
            }
        }
        if (next != null) {
            next.future.complete(link);
        } else if (surplus) {
            discard(link);
        }
    }

    private @Nullable Waiting takeWaiting(String place) {
        for (var all = waiting.iterator(); all.hasNext(); ) {
            Waiting next = all.next();
            if (next.place.equals(place)) {
                all.remove();
                return next;
            }
        }
        return null;
    }

    /** Closes one on which something may still be outstanding. */
    void discard(Payload link) {
        if (link.connection().isOpen()) {
            var unused = link.connection().closeAsync();
        }
    }

    /** Keeps none any more; whoever closes the links closes them. */
    synchronized void close() {
        closed = true;
    }
}
