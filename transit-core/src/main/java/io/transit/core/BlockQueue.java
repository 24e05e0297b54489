package io.transit.core;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The bytes in flight of one channel, in leased blocks: there are as many as the bytes need. One thread fills the room at the
 * end, another borrows from the front. All methods are called under the channel's lock; the bytes themselves are touched
 * outside of it, as the two threads never touch the same.
 */
final class BlockQueue {
    private static final int BLOCK = 256 * 1024;

    private final BufferPool pool;
    private final int enough;
    private final Deque<ByteBuffer> blocks = new ArrayDeque<>();

    /** Where in the first block the first byte is. */
    private int head;

    /** Where in the last block there is room. */
    private int tail;

    /**
     * Makes an empty queue.
     *
     * @param pool where blocks come from
     * @param enough how many bytes a block need have at most
     */
    BlockQueue(BufferPool pool, int enough) {
        this.pool = pool;
        this.enough = enough;
    }

    /** Makes a pool of blocks for windows of such a size, or smaller ones. */
    static BufferPool pool(int window) {
        return new BufferPool(Math.min(window, BLOCK));
    }

    /** Returns room at the end, for at most so many bytes and at least one. What of it was {@link #filled} is said next. */
    ByteBuffer room(int most) {
        if (blocks.size() == 1 && head == tail) {
            head = 0;
            tail = 0;
        }
        ByteBuffer last = blocks.peekLast();
        if (last == null || tail == last.capacity()) {
            last = pool.lease(enough);
            blocks.addLast(last);
            tail = 0;
        }
        return last.slice(tail, Math.min(most, last.capacity() - tail));
    }

    void filled(int length) {
        tail += length;
    }

    /** Lends the next bytes, at most so many, which the caller knows to be there. They stay until {@link #free}. */
    ByteBuffer borrow(int most) {
        ByteBuffer first = blocks.getFirst();
        int end = blocks.size() == 1 ? tail : first.capacity();
        return first.slice(head, Math.min(most, end - head)).asReadOnlyBuffer();
    }

    /** Takes back what was lent last. */
    void free(int length) {
        head += length;
        if (blocks.size() > 1 && head == blocks.getFirst().capacity()) {
            pool.release(blocks.removeFirst());
            head = 0;
        }
    }

    /** Gives all memory back; nobody may hold room, or anything borrowed. Idempotent. */
    void release() {
        blocks.forEach(pool::release);
        blocks.clear();
        head = 0;
        tail = 0;
    }
}
