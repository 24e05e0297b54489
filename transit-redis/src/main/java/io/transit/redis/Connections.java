package io.transit.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import io.transit.core.TransferException;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one node: one that all share, one that hears, and a pool of those that payload has to itself. Redis may
 * be away when the node starts: then it is tried again until it is there.
 */
final class Connections implements AutoCloseable {
    private static final long RETRY_MILLIS = 500;

    /** What nobody has mended yet will not be mended in an instant. */
    private static final long RETRY_LASTING_MILLIS = 5_000;

    private final Links links;
    private final ScheduledExecutorService timer;
    private final String channel;
    private final Checkup checkup;
    private final Bulletin bulletin;
    private final RedisPubSubAdapter<String, String> hearer;
    private final PayloadPool pool;
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
            RedisSettings settings,
            Links links,
            ScheduledExecutorService timer,
            String channel,
            RedisPubSubAdapter<String, String> hearer) {
        this.links = links;
        this.pool = new PayloadPool(links);
        this.timer = timer;
        this.channel = channel;
        this.hearer = hearer;
        RedisAddress address = RedisAddress.parse(settings.uri());
        this.checkup = new Checkup(settings, address);
        this.bulletin = new Bulletin(address.shown());
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
                .thenCompose(this::examine)
                .whenComplete((link, e) -> {
                    if (e != null) {
                        tryLater(e, this::connectShared);
                    } else {
                        shared = link;
                        link.connection().addListener(watch());
                        connected();
                    }
                })
                .toCompletableFuture();
    }

    /** Nothing is entrusted to servers that will not do. */
    private CompletionStage<Link> examine(Link link) {
        CompletionStage<?> examined = checkup.rehearse(link);
        for (String place : links.places()) {
            examined = examined.thenCompose(before -> pool.borrow(place)).thenCompose(this::examine);
        }
        return examined.handle((all, e) -> {
            if (e != null) {
                var unused = link.connection().closeAsync();
                throw new CompletionException(e);
            }
            return link;
        });
    }

    private CompletionStage<?> examine(Payload server) {
        return checkup.examine(server)
                .thenCombine(checkup.teach(server), (remark, taught) -> remark)
                .whenComplete((remark, e) -> {
                    if (e != null) {
                        discard(server);
                    } else {
                        giveBack(server);
                        remark.ifPresent(bulletin::remark);
                    }
                });
    }

    private RedisConnectionStateListener watch() {
        return new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                if (!closed) {
                    bulletin.lost();
                }
            }

            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
                bulletin.well();
            }
        };
    }

    private CompletableFuture<?> connectSignals() {
        return links.signals()
                .thenCompose(connection -> {
                    signals = connection;
                    connection.addListener(hearer);
                    return links.subscribe(connection, channel).whenComplete((done, e) -> {
                        if (e != null) {
                            signals = null;
                            var unused = connection.closeAsync();
                        }
                    });
                })
                .whenComplete((done, e) -> {
                    if (e != null) {
                        tryLater(e, this::connectSignals);
                    } else {
                        connected();
                    }
                })
                .toCompletableFuture();
    }

    private void connected() {
        if (isUp()) {
            bulletin.well();
        }
    }

    private void tryLater(Throwable failure, Supplier<CompletableFuture<?>> again) {
        if (!closed) {
            bulletin.wrong(failure);
            long delay = Trouble.of(failure).isLasting() ? RETRY_LASTING_MILLIS : RETRY_MILLIS;
            Runnable task = () -> {
                var unused = again.get();
            };
            var unused = timer.schedule(task, delay, TimeUnit.MILLISECONDS);
        }
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
        return pool.borrow(links.place(key));
    }

    /** Takes back one on which nothing is outstanding. */
    void giveBack(Payload link) {
        pool.giveBack(link);
    }

    /** Closes one on which something may still be outstanding. */
    void discard(Payload link) {
        pool.discard(link);
    }

    @Override
    public void close() {
        closed = true;
        pool.close();
        links.close();
    }
}
