package io.transit.redis;

import io.transit.core.BufferPool;
import java.nio.ByteBuffer;

/** Buffers for records: outside the heap where they are large, and then used again. */
final class RecordBuffers {
    /** Type and sequence number of a record. */
    static final int HEAD = 9;

    private final int size;
    private final BufferPool pool;

    /** With room for so many bytes of payload in each. */
    RecordBuffers(int payload) {
        this.size = HEAD + payload;
        this.pool = new BufferPool(size);
    }

    /** Leases a large one, empty. */
    ByteBuffer lease() {
        return pool.lease(size).clear();
    }

    /** Leases one for a record of this size, empty. */
    ByteBuffer leaseFor(int bytes) {
        return bytes <= size / 2 || bytes > size ? ByteBuffer.allocate(bytes) : lease();
    }

    /** Takes back what was leased, of either kind. Nobody may hold it, or a view of it, any more. */
    void release(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            pool.release(buffer);
        }
    }
}
