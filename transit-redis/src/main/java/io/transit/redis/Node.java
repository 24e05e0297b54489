package io.transit.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferLimits;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** What all transfers of one node share: its name, its connections, its timer, and who is to be woken for what. */
final class Node implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Whoever is woken when something was published for it: the words behind its name. */
    interface Hearer extends Consumer<String[]> {}

    final RedisSettings settings;
    final TransferLimits limits;
    final String name = random();
    final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("transit-redis").factory());
    final Connections connections;
    final RecordBuffers buffers;
    final Arrivals arrivals;
    /** What goes on here as a guest. */
    final Set<Visit> stays = ConcurrentHashMap.newKeySet();

    private final Map<String, Hearer> hearers = new ConcurrentHashMap<>();

    Node(RedisSettings settings, TransferLimits limits, Links links) {
        this.settings = settings;
        this.limits = limits;
        this.buffers = new RecordBuffers(Math.min(settings.record(), settings.window()));
        timer.setRemoveOnCancelPolicy(true);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        this.connections = new Connections(settings, links, timer, channel(), new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                if (channel.equals(channel())) {
                    hear(message);
                } else {
                    arrivals.heard(channel);
                }
            }

            @Override
            public void subscribed(String channel, long count) {
                // What was published before was not heard.
                if (channel.equals(channel())) {
                    hearers.values().forEach(hearer -> hearer.accept(new String[] {"", "mail"}));
                    connections.listenAgain();
                } else {
                    arrivals.heard(channel);
                }
            }
        });
        this.arrivals = new Arrivals(connections);
        connections.open(settings.timeout().toMillis());
    }

    /** 64 random bits: who has them is not mistaken for another. */
    static String random() {
        return HexFormat.of().toHexDigits(RANDOM.nextLong());
    }

    /** Where this node hears of its transfers. */
    String channel() {
        return settings.prefix() + ":node:" + name;
    }

    RedisKeys keys(TransferId id) {
        return new RedisKeys(settings.prefix(), id);
    }

    /** What wakes the reader of a mailbox. */
    static ByteBuffer wake(String reader) {
        return Text.bytes(reader + " mail");
    }

    void hear(String reader, Hearer hearer) {
        hearers.put(reader, hearer);
    }

    void deafen(String reader, Hearer hearer) {
        hearers.remove(reader, hearer);
    }

    void deafen(String reader) {
        hearers.remove(reader);
    }

    private void hear(String message) {
        String[] words = message.split(" ");
        Hearer hearer = hearers.get(words[0]);
        if (hearer != null) {
            hearer.accept(words);
        }
    }

    <T> CompletionStage<T> run(Script script, String[] keys, ByteBuffer... arguments) {
        return connections.shared().thenCompose(link -> script.run(link.commands(), keys, arguments));
    }

    ByteBuffer leaseMillis() {
        return Text.bytes(settings.lease().toMillis());
    }

    /** Waits for an answer of Redis. */
    <T> T answer(CompletionStage<T> asked) {
        // The command itself is timed out by then.
        return answer(asked, settings.timeout().multipliedBy(2));
    }

    /** Waits for an answer at most so long; an interruption is kept for later. */
    <T> T answer(CompletionStage<T> asked, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return asked.toCompletableFuture().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TransferException refused
                    ? refused
                    : new TransferException.Unavailable("Redis does not answer");
        } catch (TimeoutException e) {
            throw new TransferException.Unavailable("no answer in time");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        connections.close();
    }
}
