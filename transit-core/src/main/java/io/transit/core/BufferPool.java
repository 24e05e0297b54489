package io.transit.core;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps direct buffers of one size for the next transfer: allocating one means clearing it, and it is freed only by the
 * garbage collector. Keeps only so many; may be used by any number of threads, and never blocks for long.
 */
public final class BufferPool {
    /** In bytes. */
    private static final int MAX_KEPT = 16 * 1024 * 1024;

    private final int size;
    private final int maxKept;
    private final Deque<ByteBuffer> kept = new ArrayDeque<>();

    /**
     * Creates an empty pool.
     *
     * @param size how many bytes each of its buffers has
     */
    public BufferPool(int size) {
        this.size = size;
        this.maxKept = Math.ceilDiv(MAX_KEPT, size);
    }

    /**
     * Leases a buffer of this pool's size, or of the smaller one that is enough.
     *
     * @param enough how many bytes will do
     * @return a direct buffer that nobody else holds; what is in it is not defined
     * @throws TransferException.Unavailable if the process may not have more direct memory
     */
    public ByteBuffer lease(int enough) {
        if (enough < size) {
            return allocate(enough);
        }
        ByteBuffer buffer;
        synchronized (kept) {
            buffer = kept.pollFirst();
        }
        return buffer == null ? allocate(size) : buffer;
    }

    private static ByteBuffer allocate(int bytes) {
        try {
            return ByteBuffer.allocateDirect(bytes);
        } catch (OutOfMemoryError e) {
            // Not of the heap: the bound of direct memory, which other transfers give back.
            throw new TransferException.Unavailable("all buffers are in use");
        }
    }

    /**
     * Takes back what was leased. Nobody may hold it, or a view of it, any more.
     *
     * @param buffer what {@link #lease} returned
     */
    public void release(ByteBuffer buffer) {
        if (keeps(buffer)) {
            synchronized (kept) {
                if (kept.size() < maxKept) {
                    kept.addFirst(buffer.clear());
                }
            }
        }
    }

    /** Whether a buffer is of those that are used again; a smaller one is its holder's, for as long as that likes. */
    boolean keeps(ByteBuffer buffer) {
        return buffer.capacity() == size;
    }
}
