package io.transit.redis;

import io.transit.core.Frame;
import io.transit.core.FrameCodec;
import io.transit.core.InterruptReason;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The records of one attempt on their way out: in their order, each once (rule T13), and DONE only if its checksum is that of
 * the payload. Guarded by its owner's lock.
 */
final class Intake {
    private final long epoch;
    private final RecordBuffers buffers;
    private final Deque<ByteBuffer> records = new ArrayDeque<>();
    private final CRC32C crc = new CRC32C();

    /** What the owner is at. */
    private @Nullable ByteBuffer lent;

    /** Where in the file what was read of this attempt ends. */
    private long reached;

    /** So many bytes of this attempt came out of an earlier one. */
    private long surplus;

    private long next;
    private boolean over;
    private boolean faulty;

    /**
     * Begins with nothing.
     *
     * @param buffers for records of the attempt
     * @param offset where in the file the attempt begins
     * @param position what the owner has already, which is not less
     */
    Intake(RecordBuffers buffers, long epoch, long offset, long position) {
        this.buffers = buffers;
        this.epoch = epoch;
        this.reached = offset;
        this.surplus = position - offset;
    }

    long reached() {
        return reached;
    }

    long epoch() {
        return epoch;
    }

    /** Takes a record, and with it its buffer, which is given back once the owner has gone on. */
    void add(ByteBuffer record) {
        records.add(record);
    }

    /** Gives back what nobody will take; not what the owner may still be at. */
    void close() {
        records.forEach(buffers::release);
        records.clear();
    }

    /** Whether what is here does not keep the owner busy while more is brought. */
    boolean wantsMore() {
        return records.size() < 2;
    }

    /** Whether its last frame has come out. */
    boolean isOver() {
        return over;
    }

    /** Whether the last frame was not sent as such, but tells of what is wrong with what was. */
    boolean isFaulty() {
        return faulty;
    }

    /**
     * Returns the next frame that is new to the owner, or null if nothing is there; its payload is valid until the next call.
     * A DONE loses its checksum.
     */
    @Nullable
    Frame poll() {
        giveBack(lent);
        lent = null;
        for (ByteBuffer record = records.poll(); record != null; record = records.poll()) {
            Frame frame = read(record);
            if (frame instanceof Frame.Data) {
                lent = record;
                return frame;
            }
            giveBack(record);
            if (frame != null) {
                over = true;
                return frame;
            }
        }
        return null;
    }

    private void giveBack(@Nullable ByteBuffer record) {
        if (record != null) {
            buffers.release(record);
        }
    }

    private Frame fault(InterruptReason what) {
        faulty = true;
        return new Frame.Interrupt(what);
    }

    private @Nullable Frame read(ByteBuffer record) {
        FrameCodec.Sequenced sequenced;
        try {
            sequenced = FrameCodec.decode(record);
        } catch (FrameCodec.MalformedRecord e) {
            return fault(InterruptReason.TRUNCATED);
        }
        if (sequenced.sequence() < next) {
            return null;
        }
        if (sequenced.sequence() > next) {
            return fault(InterruptReason.STORE_LOST);
        }
        next++;
        return switch (sequenced.frame()) {
            case Frame.Data(ByteBuffer payload) -> fresh(payload);
            case Frame.Done done -> verify(done);
            case Frame.Interrupt cut -> cut;
        };
    }

    private @Nullable Frame fresh(ByteBuffer payload) {
        crc.update(payload.duplicate());
        reached += payload.remaining();
        int known = (int) Math.min(surplus, payload.remaining());
        surplus -= known;
        payload.position(payload.position() + known);
        return payload.hasRemaining() ? new Frame.Data(payload.slice().asReadOnlyBuffer()) : null;
    }

    private Frame verify(Frame.Done done) {
        return done.crc32c().equals(OptionalInt.of((int) crc.getValue()))
                ? new Frame.Done(done.totalBytes(), OptionalInt.empty(), done.sha256())
                : fault(InterruptReason.TRUNCATED);
    }
}
