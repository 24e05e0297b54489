package io.transit.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import io.transit.core.TransferException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one node: one that all share, one that hears, and a pool of those that payload has to itself. Redis may
 * be away when the node starts: then it is tried again until it is there.
 */
final class Connections implements AutoCloseable {
    private static final int MAX_IDLE = 16;
    private static final long RETRY_MILLIS = 500;

    private final Links links;
    private final ScheduledExecutorService timer;
    private final String channel;
    private final RedisPubSubAdapter<String, String> hearer;
    private final Map<String, Deque<Payload>> idle = new HashMap<>();
    private final Set<String> listened = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Link shared;
    private volatile @Nullable StatefulRedisPubSubConnection<String, String> signals;
    private volatile boolean closed;

    /**
     * Creates no connection yet.
     *
     * @param channel what is subscribed to
     * @param hearer who hears what is published there, and that the subscription stands, or stands again
     */
    Connections(
            Links links, ScheduledExecutorService timer, String channel, RedisPubSubAdapter<String, String> hearer) {
        this.links = links;
        this.timer = timer;
        this.channel = channel;
        this.hearer = hearer;
    }

    /** Waits for the first connections, but not for long; they come later if they do not come now. */
    void open(long timeoutMillis) {
        var both = CompletableFuture.allOf(connectShared(), connectSignals());
        try {
            both.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            // Tried again in the background.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Link> connectShared() {
        return links.shared()
                .whenComplete((link, e) -> {
                    if (e != null) {
                        later(() -> {
                            var unused = connectShared();
                        });
                    } else {
                        shared = link;
                    }
                })
                .toCompletableFuture();
    }

    private CompletableFuture<Void> connectSignals() {
        return links.signals()
                .thenCompose(connection -> {
                    signals = connection;
                    connection.addListener(hearer);
                    return connection.async().subscribe(channel);
                })
                .whenComplete((done, e) -> {
                    if (e != null && signals == null) {
                        later(() -> {
                            var unused = connectSignals();
                        });
                    }
                })
                .toCompletableFuture();
    }

    /** Has the hearer hear another channel too. While Redis is away that is made up for {@linkplain #listenAgain later}. */
    void listen(String channel) {
        listened.add(channel);
        ask(hearing -> hearing.subscribe(channel));
    }

    void ignore(String channel) {
        listened.remove(channel);
        ask(hearing -> hearing.unsubscribe(channel));
    }

    private void ask(Function<RedisPubSubAsyncCommands<String, String>, RedisFuture<Void>> question) {
        var hearing = signals;
        if (hearing != null && !closed) {
            try {
                var unused = question.apply(hearing.async());
            } catch (IllegalStateException e) {
                // Closed in the meantime.
            }
        }
    }

    /** The connection is there, perhaps again: what was asked for in between was refused. */
    void listenAgain() {
        listened.forEach(this::listen);
    }

    private void later(Runnable again) {
        if (!closed) {
            var unused = timer.schedule(again, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    boolean isUp() {
        Link link = shared;
        var hearing = signals;
        return link != null && link.connection().isOpen() && hearing != null && hearing.isOpen();
    }

    /** The connection that all share; fails at once while there is none. */
    CompletionStage<Link> shared() {
        Link link = shared;
        return link != null
                ? CompletableFuture.completedStage(link)
                : CompletableFuture.failedStage(new TransferException.Unavailable("Redis cannot be reached"));
    }

    /** A connection of one's own to where this key is, until it is given back. */
    CompletionStage<Payload> borrow(String key) {
        String place = links.place(key);
        synchronized (idle) {
            Deque<Payload> there = idle.getOrDefault(place, new ArrayDeque<>());
            for (Payload found = there.pollFirst(); found != null; found = there.pollFirst()) {
                if (found.connection().isOpen()) {
                    return CompletableFuture.completedStage(found);
                }
            }
        }
        return links.dedicated(place).thenApply(connection -> new Payload(place, connection));
    }

    /** Takes back one on which nothing is outstanding. */
    void giveBack(Payload link) {
        synchronized (idle) {
            Deque<Payload> there = idle.computeIfAbsent(link.place(), place -> new ArrayDeque<>());
            if (!closed && there.size() < MAX_IDLE && link.connection().isOpen()) {
                there.addFirst(link);
                return;
            }
        }
        discard(link);
    }

    /** Closes one on which something may still be outstanding. */
    void discard(Payload link) {
        var unused = link.connection().closeAsync();
    }

    @Override
    public void close() {
        closed = true;
        links.close();
    }
}
