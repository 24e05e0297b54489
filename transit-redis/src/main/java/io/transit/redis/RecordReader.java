package io.transit.redis;

import io.lettuce.core.KeyValue;
import io.lettuce.core.LMPopArgs;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pops the records of one attempt, several at a time, over a connection of its own on which that may block. Its methods are
 * called under its owner's lock, and it calls back under that lock.
 */
final class RecordReader {
    /** Together with what the owner holds, these are what lies in this process. */
    private static final int MAX_RECORDS = 2;

    private final Node node;
    private final String queue;
    private final ReentrantLock lock;
    private final Consumer<List<ByteBuffer>> records;
    private final Runnable failed;
    private @Nullable Payload link;
    private boolean asked;
    private boolean closed;

    /**
     * Pops nothing yet.
     *
     * @param lock the owner's
     * @param records takes what was popped; nothing, if nothing came in the time of a lease
     * @param failed is run if nothing more can be popped
     */
    RecordReader(Node node, String queue, ReentrantLock lock, Consumer<List<ByteBuffer>> records, Runnable failed) {
        this.node = node;
        this.queue = queue;
        this.lock = lock;
        this.records = records;
        this.failed = failed;
    }

    /** Asks for more, and returns true, unless that was done and is not answered yet. An answer may be there at once. */
    boolean ask() {
        if (asked || closed) {
            return false;
        }
        asked = true;
        Payload held = link;
        if (held != null) {
            pop(held);
        } else {
            node.connections.borrow(queue).whenComplete((borrowed, e) -> locked(() -> take(borrowed)));
        }
        return true;
    }

    private void take(@Nullable Payload borrowed) {
        if (borrowed == null) {
            failed.run();
        } else if (closed) {
            node.connections.giveBack(borrowed);
        } else {
            link = borrowed;
            pop(borrowed);
        }
    }

    private void pop(Payload over) {
        CompletionStage<KeyValue<String, List<ByteBuffer>>> popping = over.commands()
                .blmpop(
                        node.settings.lease().toMillis() / 1000.0,
                        LMPopArgs.Builder.left().count(MAX_RECORDS),
                        queue);
        popping.whenComplete((popped, e) -> locked(() -> {
            asked = false;
            if (closed) {
                // Whoever closed this has done away with the connection.
                return;
            }
            if (e != null) {
                failed.run();
            } else {
                records.accept(popped == null || !popped.hasValue() ? List.of() : popped.getValue());
            }
        }));
    }

    /** Lets go of the connection; a pop that is going on cannot be taken back, so its connection is closed with it. */
    void close() {
        closed = true;
        Payload held = link;
        link = null;
        if (held != null && asked) {
            node.connections.discard(held);
        } else if (held != null) {
            node.connections.giveBack(held);
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
