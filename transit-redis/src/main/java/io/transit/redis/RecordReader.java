package io.transit.redis;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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
    private final Intake intake;
    private final Runnable stirred;
    private final Runnable failed;
    private @Nullable Payload link;
    private boolean asked;
    private boolean closed;

    /**
     * Pops nothing yet.
     *
     * @param lock the owner's
     * @param intake takes what is popped
     * @param stirred is run when something came, and when nothing came in the time of a lease
     * @param failed is run if nothing more can be popped
     */
    RecordReader(Node node, String queue, ReentrantLock lock, Intake intake, Runnable stirred, Runnable failed) {
        this.node = node;
        this.queue = queue;
        this.lock = lock;
        this.intake = intake;
        this.stirred = stirred;
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
        if (closed) {
            Optional.ofNullable(borrowed).ifPresent(node.connections::giveBack);
        } else if (borrowed == null) {
            failed.run();
        } else {
            link = borrowed;
            pop(borrowed);
        }
    }

    private void pop(Payload over) {
        over.pop(queue, MAX_RECORDS, node.settings.lease(), node.buffers, record -> locked(() -> arrived(record)))
                .whenComplete((count, e) -> locked(() -> answered(e != null)));
    }

    private void arrived(ByteBuffer record) {
        if (closed) {
            node.buffers.release(record);
        } else {
            intake.add(record);
            stirred.run();
        }
    }

    private void answered(boolean badly) {
        asked = false;
        if (closed) {
            // Whoever closed this has done away with the connection.
            return;
        }
        if (badly) {
            Payload spoilt = link;
            link = null;
            Optional.ofNullable(spoilt).ifPresent(node.connections::discard);
            failed.run();
        } else {
            stirred.run();
        }
    }

    /** Lets go of the connection; a pop that is going on cannot be taken back, so its connection is closed with it. */
    void close() {
        closed = true;
        intake.close();
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
