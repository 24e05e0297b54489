package io.transit.redis.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Redis for the tests of a class, shared by all that ask for it. It is the first of these that works, and there is
 * no test without: the one that {@code TRANSIT_TEST_REDIS_URL} names; a container, if Docker answers; a {@code valkey-server}
 * or {@code redis-server} on the path; the binary that comes as a dependency. {@code -Dtransit.test.redis=} with
 * {@code url}, {@code docker}, {@code path} or {@code embedded} forces one.
 */
public final class RedisResource implements BeforeAllCallback {
    private static @Nullable RedisServer shared;

    @Override
    public void beforeAll(ExtensionContext context) {
        uri();
    }

    /**
     * Starts the shared Redis if it does not run yet. It ends with the tests' process.
     *
     * @return its address
     */
    public static synchronized String uri() {
        return shared().uri();
    }

    /**
     * Starts the shared Redis if it does not run yet.
     *
     * @return the server itself
     */
    public static synchronized RedisServer shared() {
        RedisServer running = shared;
        if (running == null) {
            running = RedisServer.start();
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
            shared = running;
        }
        return running;
    }
}
