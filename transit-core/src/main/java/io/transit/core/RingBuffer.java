package io.transit.core;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes in flight of one channel: one thread puts, another borrows. What either may touch is agreed on elsewhere, under
 * the channel's lock; copying itself needs no lock, since the two never touch the same bytes. Memory is leased with the
 * first byte.
 */
final class RingBuffer {
    private final int capacity;
    private final BufferPool pool;
    private @Nullable ByteBuffer memory;
    private int head;
    private int tail;

    RingBuffer(int capacity, BufferPool pool) {
        this.capacity = capacity;
        this.pool = pool;
    }

    /** Copies in as much of the source as fits into the given room, which the caller knows to be free. */
    int put(ByteBuffer source, int room) {
        ByteBuffer target = memory();
        int length = Math.min(source.remaining(), room);
        int beforeEnd = Math.min(length, capacity - tail);
        copy(source, target, beforeEnd);
        copy(source, target, length - beforeEnd);
        return length;
    }

    private void copy(ByteBuffer source, ByteBuffer target, int length) {
        target.put(tail, source, source.position(), length);
        source.position(source.position() + length);
        tail = (tail + length) % capacity;
    }

    /** Lends the next bytes, at most so many, which the caller knows to be there. They stay until {@link #free}. */
    ByteBuffer borrow(int most) {
        int length = Math.min(most, capacity - head);
        return memory().slice(head, length).asReadOnlyBuffer();
    }

    void free(int length) {
        head = (head + length) % capacity;
    }

    private ByteBuffer memory() {
        ByteBuffer leased = memory;
        if (leased == null) {
            leased = pool.lease(capacity);
            memory = leased;
        }
        return leased;
    }

    /** Gives the memory back; nobody may hold anything borrowed. Idempotent. */
    void release() {
        ByteBuffer leased = memory;
        memory = null;
        if (leased != null) {
            pool.release(leased);
        }
    }
}
