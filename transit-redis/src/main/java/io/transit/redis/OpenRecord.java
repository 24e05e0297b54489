package io.transit.redis;

import io.transit.core.Frame;
import io.transit.core.FrameCodec;
import io.transit.core.TransferException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The record that payload goes into. Room in it may be lent to a thread that reads into it, while another takes the record
 * with what is in it by then. Guarded by its writer's lock, but for the bytes in room that is lent.
 */
final class OpenRecord {
    private static final Frame EMPTY = new Frame.Data(ByteBuffer.allocate(0));

    private final RecordBuffers buffers;

    /** Up to its position are the head's place and payload, behind it room. */
    private @Nullable ByteBuffer buffer;

    /** Where in the buffer the record begins. */
    private int start;

    private boolean lent;

    OpenRecord(RecordBuffers buffers) {
        this.buffers = buffers;
    }

    boolean hasPayload() {
        ByteBuffer open = buffer;
        return open != null && open.position() > start + RecordBuffers.HEAD;
    }

    boolean isFull() {
        ByteBuffer open = buffer;
        return open != null && !open.hasRemaining();
    }

    /** Whether there is no buffer yet, so that room would lease one. */
    boolean isNew() {
        return buffer == null;
    }

    /** Lends room for at most so many bytes and, as the record is not full, at least one. What of it was filled is said next. */
    ByteBuffer room(int most) {
        ByteBuffer open = buffer;
        if (open == null) {
            open = buffers.lease().position(RecordBuffers.HEAD);
            buffer = open;
            start = 0;
        }
        lent = true;
        return open.slice(open.position(), Math.min(most, open.remaining()));
    }

    /** Takes room back, of which so much is payload now. */
    void filled(int length) {
        ByteBuffer open = buffer;
        if (open != null) {
            open.position(open.position() + length);
        }
        lent = false;
    }

    /** Takes out the record with the payload that is in it, which is copied only if room behind it is lent. */
    ByteBuffer take(long sequence) {
        ByteBuffer open = Objects.requireNonNull(buffer);
        int length = open.position() - start;
        ByteBuffer record;
        if (lent) {
            record = copyBuffer(length).put(0, open, start, length).limit(length);
            // The next record begins before the room, where nothing is needed any more.
            start = open.position() - RecordBuffers.HEAD;
        } else {
            record = open.flip().position(start);
            buffer = null;
        }
        FrameCodec.encode(sequence, EMPTY, record.duplicate());
        return record;
    }

    /** Nobody waits here who could be told that there is no other memory. */
    private ByteBuffer copyBuffer(int length) {
        try {
            return buffers.leaseFor(length);
        } catch (TransferException.Unavailable e) {
            return ByteBuffer.allocate(length);
        }
    }

    /** Drops what is in it. Gives its buffer back, unless room in that is lent; then this is to be repeated. */
    void drop() {
        ByteBuffer open = buffer;
        if (open == null) {
            return;
        }
        if (lent) {
            start = open.position() - RecordBuffers.HEAD;
        } else {
            buffer = null;
            buffers.release(open);
        }
    }
}
