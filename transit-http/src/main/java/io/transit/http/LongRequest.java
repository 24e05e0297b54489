package io.transit.http;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/**
 * A connection for the rest of its life, which is one request that may take long.
 *
 * @param thread the one that serves it
 * @param service answers the request, and ends the connection
 */
record LongRequest(Thread thread, Runnable service) implements ServerConnection {
    @Override
    public void handle(Limit limit) {
        service.run();
    }

    /** Never idle: whoever waits is looked after by ourselves. */
    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    /** Only when the server's time is over: until then its transfer goes on. */
    @Override
    public void close(boolean interrupt) {
        if (interrupt) {
            thread.interrupt();
        }
    }
}
