package io.transit.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes and reads the record in which a frame travels between nodes: a type, a sequence number from 0 (rule T13), a body.
 *
 * <pre>{@code
 * DATA      = 0x00 sequence:8 payload            to the end of the record; may be empty
 * DONE      = 0x01 sequence:8 total:8 flags:1 [crc32c:4] [sha256:32]     flags: 0b01 a crc32c follows, 0b10 a sha256
 * INTERRUPT = 0x02 sequence:8 InterruptReason.code():1
 * }</pre>
 *
 * <p>Lengths are bytes, numbers big-endian whatever the order of the buffers. A frame has one record, so what is read and
 * written again is the same bytes. All methods may be called by any number of threads at once, and none blocks.
 */
public final class FrameCodec {
    private static final byte DATA = 0x00;
    private static final byte DONE = 0x01;
    private static final byte INTERRUPT = 0x02;
    private static final int CRC32C = 0b01;
    private static final int SHA256 = 0b10;

    private FrameCodec() {}

    /**
     * A frame and its place.
     *
     * @param sequence its place in its attempt, from 0
     * @param frame any frame
     */
    public record Sequenced(long sequence, Frame frame) {}

    /** What was read is not a record; the message says what is wrong. */
    public static final class MalformedRecord extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private MalformedRecord(String message) {
            super(message);
        }
    }

    /**
     * Returns how many bytes the record of a frame takes.
     *
     * @param frame any frame
     * @return from 9
     * @throws ArithmeticException if it is more than an {@code int} holds
     */
    public static int size(Frame frame) {
        return switch (frame) {
            case Frame.Data(ByteBuffer payload) -> Math.addExact(9, payload.remaining());
            case Frame.Done(long total, OptionalInt crc32c, Optional<Sha256> sha256) ->
                9 + 9 + (crc32c.isPresent() ? 4 : 0) + (sha256.isPresent() ? Sha256.BYTES : 0);
            case Frame.Interrupt interrupt -> 9 + 1;
        };
    }

    /**
     * Writes one record at the target's position, which is after it then. The payload's own position stays.
     *
     * @param sequence the place of the frame in its attempt, from 0
     * @param frame what to write
     * @param target with room for {@link #size} bytes
     * @throws IllegalArgumentException if the sequence number is negative
     * @throws java.nio.BufferOverflowException if there is less room; the target's position stays
     */
    public static void encode(long sequence, Frame frame, ByteBuffer target) {
        if (sequence < 0) {
            throw new IllegalArgumentException("the sequence number is negative: " + sequence);
        }
        ByteBuffer out = target.slice();
        switch (frame) {
            case Frame.Data(ByteBuffer payload) ->
                out.put(DATA).putLong(sequence).put(payload.duplicate());
            case Frame.Done(long total, OptionalInt crc32c, Optional<Sha256> sha256) -> {
                int flags = (crc32c.isPresent() ? CRC32C : 0) | (sha256.isPresent() ? SHA256 : 0);
                out.put(DONE).putLong(sequence).putLong(total).put((byte) flags);
                crc32c.ifPresent(out::putInt);
                sha256.ifPresent(digest -> out.put(digest.bytes()));
            }
            case Frame.Interrupt(InterruptReason reason) ->
                out.put(INTERRUPT).putLong(sequence).put((byte) reason.code());
        }
        target.position(target.position() + out.position());
    }

    /**
     * Reads one record, which is all that lies between position and limit; both stay where they are.
     *
     * @param record the bytes of one record; payload that is returned is a view of them, not a copy
     * @return the frame and its place
     * @throws MalformedRecord if it is empty, truncated or too long, or has an unknown code or a negative number
     */
    public static Sequenced decode(ByteBuffer record) {
        require(record.hasRemaining(), "the record is empty");
        ByteBuffer in = record.slice();
        byte type = in.get();
        long sequence = number(in, "sequence number");
        Frame frame = switch (type) {
            case DATA -> new Frame.Data(take(in, in.remaining(), "payload"));
            case DONE -> done(in);
            case INTERRUPT -> new Frame.Interrupt(reason(take(in, 1, "reason").get() & 0xff));
            default -> throw new MalformedRecord("unknown type of record: " + type);
        };
        require(!in.hasRemaining(), "there are surplus bytes: " + in.remaining());
        return new Sequenced(sequence, frame);
    }

    private static Frame.Done done(ByteBuffer in) {
        long total = number(in, "total");
        int flags = take(in, 1, "flags").get();
        require((flags & ~(CRC32C | SHA256)) == 0, "unknown flags of DONE: " + flags);
        var crc32c = (flags & CRC32C) == 0
                ? OptionalInt.empty()
                : OptionalInt.of(take(in, 4, "crc32c").getInt());
        byte[] digest = new byte[(flags & SHA256) == 0 ? 0 : Sha256.BYTES];
        take(in, digest.length, "sha256").get(digest);
        var sha256 = Optional.of(HexFormat.of().formatHex(digest)).filter(hex -> !hex.isEmpty());
        return new Frame.Done(total, crc32c, sha256.map(Sha256::new));
    }

    private static InterruptReason reason(int code) {
        var reasons = Arrays.stream(InterruptReason.values()).filter(reason -> reason.code() == code);
        return reasons.findAny().orElseThrow(() -> new MalformedRecord("unknown reason of INTERRUPT: " + code));
    }

    private static long number(ByteBuffer in, String what) {
        long number = take(in, 8, what).getLong();
        require(number >= 0, "the " + what + " is negative: " + number);
        return number;
    }

    private static ByteBuffer take(ByteBuffer in, int bytes, String what) {
        require(in.remaining() >= bytes, "the record is truncated in its " + what);
        ByteBuffer part = in.slice(in.position(), bytes);
        in.position(in.position() + bytes);
        return part;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new MalformedRecord(message);
        }
    }
}
