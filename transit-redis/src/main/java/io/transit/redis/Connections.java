package io.transit.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import io.transit.core.TransferException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    private final Deque<Link> idle = new ArrayDeque<>();
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

    /** A connection of one's own, until it is given back. */
    CompletionStage<Link> borrow() {
        synchronized (idle) {
            for (Link link = idle.pollFirst(); link != null; link = idle.pollFirst()) {
                if (link.connection().isOpen()) {
                    return CompletableFuture.completedStage(link);
                }
            }
        }
        return links.dedicated()
                .thenCompose(link -> link.commands()
                        .scriptLoad(Script.PUSH.text())
                        .handle((sha, e) -> {
                            if (e != null) {
                                discard(link);
                                throw new CompletionException(e);
                            }
                            return link;
                        }));
    }

    /** Takes back one on which nothing is outstanding. */
    void giveBack(Link link) {
        synchronized (idle) {
            if (!closed && idle.size() < MAX_IDLE && link.connection().isOpen()) {
                idle.addFirst(link);
                return;
            }
        }
        discard(link);
    }

    /** Closes one on which something may still be outstanding. */
    void discard(Link link) {
        var unused = link.connection().closeAsync();
    }

    @Override
    public void close() {
        closed = true;
        links.close();
    }
}
