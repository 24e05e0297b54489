package io.transit.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Tells how the made-up transfers of a {@link PageServer} stand, whenever that changes, as the server does. */
final class StatusEvents {
    private final Map<String, String> statuses;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int times;

    StatusEvents(Map<String, String> statuses) {
        this.statuses = statuses;
    }

    /** Some of them stand otherwise. */
    void changed() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all answers. */
    void end() {
        lock.lock();
        try {
            times++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void answer(ServerResponse response, String id) throws InterruptedException {
        int time = times;
        String told = await(id, null, time);
        if (told == null) {
            response.status(Status.NOT_FOUND_404).send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
        try (OutputStream out = response.outputStream()) {
            while (time == times && told != null) {
                out.write(("data: " + told + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                told = await(id, told, time);
            }
        } catch (IOException | UncheckedIOException e) {
            // Its page was left.
        }
    }

    /** Waits until a transfer is known, and stands otherwise than before; for a while. */
    private @Nullable String await(String id, @Nullable String before, int time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.SECONDS.toNanos(10);
            while (left > 0 && time == times && Objects.equals(statuses.get(id), before)) {
                left = changed.awaitNanos(left);
            }
            return statuses.get(id);
        } finally {
            lock.unlock();
        }
    }
}
