package io.transit.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged of one Redis while this is open. */
final class LogLines extends Handler implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("io.transit.redis");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final String where;

    /**
     * Begins to listen.
     *
     * @param uri where Redis is
     */
    LogLines(String uri) {
        this.where = RedisAddress.parse(uri).shown();
        LOG.addHandler(this);
    }

    /** What has been logged so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord logged) {
        if (logged.getMessage().contains(where)) {
            lines.add(logged.getLevel() + " " + logged.getMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOG.removeHandler(this);
    }
}
