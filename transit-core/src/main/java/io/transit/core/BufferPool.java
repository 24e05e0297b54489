package io.transit.core;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps direct buffers of one size for the next transfer: allocating one means clearing it, and it is freed only by the
 * garbage collector. Keeps only so many; safe for any number of threads.
 */
final class BufferPool {
    private static final int MAX_KEPT = 16;

    private final int size;
    private final Deque<ByteBuffer> kept = new ArrayDeque<>();

    BufferPool(int size) {
        this.size = size;
    }

    /** Leases a buffer of this pool's size, or of the smaller one that is enough. */
    ByteBuffer lease(int enough) {
        if (enough < size) {
            return ByteBuffer.allocateDirect(enough);
        }
        ByteBuffer buffer;
        synchronized (kept) {
            buffer = kept.pollFirst();
        }
        return buffer == null ? ByteBuffer.allocateDirect(size) : buffer;
    }

    /** Takes back what was leased; nobody may hold a view of it any more. */
    void release(ByteBuffer buffer) {
        if (buffer.capacity() == size) {
            synchronized (kept) {
                if (kept.size() < MAX_KEPT) {
                    kept.addFirst(buffer.clear());
                }
            }
        }
    }
}
