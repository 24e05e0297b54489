package io.transit.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Connections to a single Redis, or to the master that Sentinels name. */
final class StandaloneLinks implements Links {
    /** A peer that is cut off, rather than dead, is noticed after three of these. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private static final int KEEP_ALIVE_COUNT = 3;
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

    private final RedisURI uri;
    private final ClientResources resources = DefaultClientResources.builder()
            .nettyCustomizer(new PooledBuffers())
            .reconnectDelay(() -> Delay.exponential(Duration.ofMillis(20), LONGEST_DELAY, 2, TimeUnit.MILLISECONDS))
            .build();
    private final RedisClient returning = RedisClient.create(resources);
    private final RedisClient single = RedisClient.create(resources);

    StandaloneLinks(RedisSettings settings) {
        this.uri = RedisURI.create(settings.uri());
        uri.setTimeout(settings.timeout());
        uri.setClientName("transit");
        returning.setOptions(options(settings)
                .autoReconnect(true)
                .timeoutOptions(TimeoutOptions.enabled(settings.timeout()))
                .build());
        // A pop may block for longer than a command takes; pushes have a time-out of their own.
        single.setOptions(options(settings)
                .autoReconnect(false)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .build());
    }

    private static ClientOptions.Builder options(RedisSettings settings) {
        return ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                // What was sent and not answered is not sent again: nobody knows whether it was done.
                .replayFilter(command -> true)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.timeout())
                        .tcpNoDelay(true)
                        .keepAlive(SocketOptions.KeepAliveOptions.builder()
                                .enable()
                                .idle(KEEP_ALIVE)
                                .interval(KEEP_ALIVE)
                                .count(KEEP_ALIVE_COUNT)
                                .build())
                        .build());
    }

    @Override
    public CompletionStage<Link> shared() {
        return returning
                .connectAsync(BytesCodec.INSTANCE, uri)
                .thenApply(connection -> new Link(connection, connection.async()));
    }

    @Override
    public CompletionStage<StatefulRedisConnection<String, ByteBuffer>> dedicated(String place) {
        return single.connectAsync(BytesCodec.INSTANCE, uri);
    }

    @Override
    public String place(String key) {
        return "";
    }

    @Override
    public CompletionStage<StatefulRedisPubSubConnection<String, String>> signals() {
        return returning.connectPubSubAsync(StringCodec.UTF8, uri);
    }

    @Override
    public void close() {
        // The resources go last; whoever closes waits for none of it.
        var unused = returning
                .shutdownAsync(0, 1, TimeUnit.SECONDS)
                .thenCombine(single.shutdownAsync(0, 1, TimeUnit.SECONDS), (first, second) -> resources)
                .whenComplete((last, e) -> stop());
    }

    private void stop() {
        var unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
