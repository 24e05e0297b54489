package io.transit.app;

import io.transit.redis.testing.RedisResource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Two nodes with one Redis, each a process of its own; and a client to ask them.
 *
 * @param one where the first is
 * @param two where the second is
 */
record TwoNodes(TransitProcess first, TransitProcess second, URI one, URI two, HttpClient client)
        implements AutoCloseable {
    /** Starts them with the Redis that all tests share, in this directory. */
    static TwoNodes start(Path directory) throws IOException {
        return start(directory, RedisResource.uri(), Map.of());
    }

    /** Starts them with a Redis, and with these variables besides its address. */
    static TwoNodes start(Path directory, String redis, Map<String, String> variables) throws IOException {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("REDIS_URL", redis);
        TransitProcess first = TransitProcess.start(directory, environment);
        TransitProcess second = TransitProcess.start(directory, environment);
        try {
            return new TwoNodes(first, second, first.address(), second.address(), HttpClient.newHttpClient());
        } catch (IOException | RuntimeException | Error e) {
            first.close();
            second.close();
            throw e;
        }
    }

    /** Asks the node at this address. */
    StatusApi status(URI node) {
        return new StatusApi(client, node);
    }

    /** Kills both. The client goes last: it waits for answers, and there are none any more. */
    @Override
    public void close() {
        first.close();
        second.close();
        client.close();
    }
}
