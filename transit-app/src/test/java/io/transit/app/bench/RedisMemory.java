package io.transit.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks a Redis again and again how much memory it uses. */
final class RedisMemory implements AutoCloseable {
    private static final String USED = "used_memory:";
    private static final int BUFFER = 16 << 10;
    private static final Duration BETWEEN = Duration.ofMillis(20);

    private final Wire wire;
    private final long before;
    private final CompletableFuture<Long> most;
    private volatile boolean enough;

    private RedisMemory(Wire wire) throws IOException {
        this.wire = wire;
        this.before = used();
        this.most = CompletableFuture.supplyAsync(
                this::sample, task -> Thread.ofPlatform().daemon().start(task));
    }

    static RedisMemory watch(InetSocketAddress redis) throws IOException {
        return new RedisMemory(Wire.connect(redis, BUFFER));
    }

    /** Ends the watch; returns by how much it was more at most than at the beginning, in bytes. */
    long growth() {
        enough = true;
        return most.join() - before;
    }

    private long sample() {
        try {
            long most = before;
            while (!enough) {
                most = Math.max(most, used());
                Pause.of(BETWEEN);
            }
            return most;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long used() throws IOException {
        wire.write("INFO memory\r\n");
        int length = Integer.parseInt(wire.until("\r\n").replaceAll("\\D", ""));
        wire.until(USED);
        String value = wire.until("\r\n");
        int left = length - USED.length();
        // The rest of this answer, which ends with an empty line.
        while (left > 0 && !wire.until("\r\n").equals("\r\n")) {
            left--;
        }
        return Long.parseLong(value.strip());
    }

    @Override
    public void close() throws IOException {
        enough = true;
        most.handle((value, error) -> value).join();
        wire.close();
    }
}
