package io.transit.app;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;

/** What the nodes keep in their Redis, and what else the tests ask of it. */
final class SharedRedis implements AutoCloseable {
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    SharedRedis(String uri) {
        client = RedisClient.create(uri);
        connection = client.connect();
    }

    /** Returns the names of all keys of one transfer, but for the record of how it ended. */
    List<String> leftOf(String id) {
        return scan("transit:{" + id + "}:*").stream()
                .filter(key -> !key.endsWith(":status"))
                .toList();
    }

    /** Returns the names of all keys of all transfers. */
    List<String> keys() {
        return scan("transit:*");
    }

    private List<String> scan(String pattern) {
        return ScanIterator.scan(
                        connection.sync(), ScanArgs.Builder.matches(pattern).limit(1_000))
                .stream()
                .toList();
    }

    /** Whether the key will go by itself; so it does if it has gone already. */
    boolean isExpiring(String key) {
        return connection.sync().pttl(key) != -1;
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
