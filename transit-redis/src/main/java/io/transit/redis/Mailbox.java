package io.transit.redis;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Reads letters in their order, one reading at a time. A letter is taken out after it was read, so that none is lost with an
 * answer of Redis; if it is not known whether that was done, nothing of this mailbox can be trusted any more.
 */
final class Mailbox {
    private final Node node;
    private final String key;
    private final Consumer<Letter> reader;
    private final Runnable broken;
    private final AtomicInteger wakes = new AtomicInteger();

    /** What the next reading is to be followed by. */
    private final Queue<Runnable> behind = new ConcurrentLinkedQueue<>();

    Mailbox(Node node, String key, Consumer<Letter> reader, Runnable broken) {
        this.node = node;
        this.key = key;
        this.reader = reader;
        this.broken = broken;
    }

    /** Reads what is there, now or right after the reading that is going on. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            read();
        }
    }

    /** Does something once all has been read that was here by now; or when that cannot be read. */
    void behind(Runnable action) {
        behind.add(action);
        wake();
    }

    private void read() {
        int seen = wakes.get();
        List<Runnable> following = takeBehind();
        CompletionStage<List<ByteBuffer>> reading =
                node.connections.shared().thenCompose(link -> link.commands().lrange(key, 0, -1));
        reading.whenComplete((letters, e) -> {
            if (e != null) {
                // Whoever renews the lease wakes again. Of those who woke meanwhile nobody reads.
                wakes.set(0);
                follow(following);
                follow(takeBehind());
                return;
            }
            letters.forEach(this::read);
            follow(following);
            if (letters.isEmpty()) {
                next(seen);
            } else {
                takeOut(letters.size(), seen);
            }
        });
    }

    private List<Runnable> takeBehind() {
        List<Runnable> taken = new ArrayList<>();
        for (Runnable action = behind.poll(); action != null; action = behind.poll()) {
            taken.add(action);
        }
        return taken;
    }

    /** The next reading must not depend on what these do. */
    private void follow(List<Runnable> actions) {
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException e) {
                broken.run();
            }
        }
    }

    /** Reads again if somebody woke this meanwhile. */
    private void next(int seen) {
        if (!wakes.compareAndSet(seen, 0)) {
            read();
        }
    }

    private void read(ByteBuffer letter) {
        try {
            reader.accept(Letter.read(Text.of(letter)));
        } catch (RuntimeException e) {
            broken.run();
        }
    }

    /** The next reading waits for it: commands of two threads may overtake one another. */
    private void takeOut(int count, int seen) {
        node.connections
                .shared()
                .thenCompose(link -> link.commands().ltrim(key, count, -1))
                .whenComplete((done, e) -> {
                    if (e != null) {
                        broken.run();
                    }
                    next(seen);
                });
    }
}
