package io.transit.http;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the heads of a client's frames (RFC 6455 section 5.2), however the bytes arrive. What is wrong is refused with the
 * first byte that shows it.
 */
final class FrameHeaderDecoder {
    /** Two bytes, a length of eight, a mask of four. */
    private static final int MAX_BYTES = 14;

    private static final int MASK_BYTES = 4;
    private static final int MAX_CONTROL = 125;
    private static final int LENGTH_OF_2_BYTES = 126;
    private static final int LENGTH_OF_8_BYTES = 127;

    private final ByteBuffer head = ByteBuffer.allocate(MAX_BYTES);
    private int needed = MAX_BYTES;
    private Opcode opcode = Opcode.CONTINUATION;

    /**
     * Takes bytes up to the end of a head.
     *
     * @param wire what arrived; its position moves behind what was taken
     * @return the head, or empty if more is needed
     * @throws WebSocketException if a client may not send that
     */
    Optional<FrameHeader> decode(ByteBuffer wire) throws WebSocketException {
        while (wire.hasRemaining()) {
            head.put(wire.get());
            if (head.position() == 1) {
                opcode = opcode(head.get(0));
            } else if (head.position() == 2) {
                needed = 2 + lengthBytes(head.get(1)) + MASK_BYTES;
            }
            if (head.position() == needed) {
                return Optional.of(take());
            }
        }
        return Optional.empty();
    }

    private static Opcode opcode(byte first) throws WebSocketException {
        require((first & 0x70) == 0, "a reserved bit is set");
        Opcode opcode = Opcode.of(first & 0x0f)
                .orElseThrow(() -> new WebSocketException(CloseCode.PROTOCOL_ERROR, "an opcode is reserved"));
        require(!opcode.isControl() || isLast(first), "a control frame is fragmented");
        return opcode;
    }

    private int lengthBytes(byte second) throws WebSocketException {
        require((second & 0x80) != 0, "a frame is not masked");
        int length = second & 0x7f;
        require(!opcode.isControl() || length <= MAX_CONTROL, "a control frame is too long");
        return switch (length) {
            case LENGTH_OF_2_BYTES -> 2;
            case LENGTH_OF_8_BYTES -> 8;
            default -> 0;
        };
    }

    private FrameHeader take() throws WebSocketException {
        var header = new FrameHeader(isLast(head.get(0)), opcode, length(), head.getInt(needed - MASK_BYTES));
        head.clear();
        needed = MAX_BYTES;
        return header;
    }

    private long length() throws WebSocketException {
        int length = head.get(1) & 0x7f;
        return switch (length) {
            case LENGTH_OF_2_BYTES -> atLeast(LENGTH_OF_2_BYTES, head.getShort(2) & 0xffff);
            case LENGTH_OF_8_BYTES -> atLeast(1 << 16, head.getLong(2));
            default -> length;
        };
    }

    /** A length takes the fewest bytes that can hold it; one of eight bytes may not begin with a set bit. */
    private static long atLeast(long least, long length) throws WebSocketException {
        require(length >= least, "a frame's length has a wrong form");
        return length;
    }

    private static boolean isLast(byte first) {
        return (first & 0x80) != 0;
    }

    private static void require(boolean holds, String otherwise) throws WebSocketException {
        if (!holds) {
            throw new WebSocketException(CloseCode.PROTOCOL_ERROR, otherwise);
        }
    }
}
