package io.transit.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Makes connections to one kind of Redis: a single one, one behind Sentinels, a Cluster. */
interface Links extends AutoCloseable {
    /**
     * Makes none yet.
     *
     * @throws IllegalArgumentException if the settings name no Redis
     */
    static Links of(RedisSettings settings) {
        return switch (RedisAddress.parse(settings.uri())) {
            case RedisAddress.Single single -> new StandaloneLinks(single.uri(), settings);
            case RedisAddress.Cluster cluster -> new ClusterLinks(cluster.seeds(), settings);
        };
    }

    /** A connection for commands, shared by all; it comes back by itself, without what was not answered. */
    CompletionStage<Link> shared();

    /**
     * A connection for payload, of one user at a time, on which a pop may block; once broken, it stays so.
     *
     * @param place where it leads
     */
    CompletionStage<StatefulRedisConnection<String, ByteBuffer>> dedicated(String place);

    /** Names the server that holds this key just now; there may be only one, of any name. */
    String place(String key);

    /** Names all servers that hold keys just now. */
    List<String> places();

    /** A connection for what is published; it comes back by itself and subscribes again. */
    CompletionStage<StatefulRedisPubSubConnection<String, String>> signals();

    /** Subscribes where it is heard soonest; what is heard may be heard more than once. */
    default CompletionStage<?> subscribe(StatefulRedisPubSubConnection<String, String> signals, String channel) {
        return signals.async().subscribe(channel);
    }

    /** Closes all of them, and never fails. */
    @Override
    void close();
}
