package io.transit.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Connections to a single Redis, or to the master that Sentinels name; they are asked anew for each connection. */
final class StandaloneLinks implements Links {
    private final RedisURI uri;
    private final ClientResources resources = LinkOptions.resources();
    private final RedisClient returning = RedisClient.create(resources);
    private final RedisClient single = RedisClient.create(resources);

    StandaloneLinks(RedisURI uri, RedisSettings settings) {
        this.uri = LinkOptions.complete(uri, settings);
        returning.setOptions(LinkOptions.returning(settings));
        single.setOptions(LinkOptions.single(settings));
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
    public List<String> places() {
        return List.of("");
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
