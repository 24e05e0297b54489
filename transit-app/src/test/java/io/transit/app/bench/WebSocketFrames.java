package io.transit.app.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Frames of a WebSocket (RFC 6455 section 5.2), as a client writes and reads them. */
final class WebSocketFrames {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;
    private static final int LONGEST_HEAD = 14;
    private static final int LENGTH_OF_2_BYTES = 126;
    private static final int LENGTH_OF_8_BYTES = 127;

    private WebSocketFrames() {}

    /** Makes the head of a frame that is a whole message. */
    static ByteBuffer head(int opcode, int length, int mask) {
        ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD).put((byte) (LAST | opcode));
        if (length < LENGTH_OF_2_BYTES) {
            head.put((byte) (MASKED | length));
        } else if (length < 1 << Short.SIZE) {
            head.put((byte) (MASKED | LENGTH_OF_2_BYTES)).putShort((short) length);
        } else {
            head.put((byte) (MASKED | LENGTH_OF_8_BYTES)).putLong(length);
        }
        return head.putInt(mask).flip();
    }

    /** Answers the pings that are there; whatever else has come is passed over. */
    static void answerPings(Wire wire) throws IOException {
        ByteBuffer read = wire.read();
        while (read.remaining() >= 2 && read.remaining() >= 2 + read.get(read.position() + 1)) {
            int opcode = read.get() & 0x0f;
            int length = read.get();
            ByteBuffer payload = read.slice(read.position(), length);
            read.position(read.position() + length);
            if (opcode == PING) {
                wire.write(head(PONG, length, 0), payload);
            }
        }
    }

    /** Takes the next short frame that is not a ping, which is answered, and returns its payload. */
    static ByteBuffer message(Wire wire) throws IOException {
        while (true) {
            wire.require(2);
            int opcode = wire.read().get() & 0x0f;
            int length = wire.read().get();
            if (length < 0 || length >= LENGTH_OF_2_BYTES) {
                throw new IOException("the server has sent a long frame, or a masked one");
            }
            wire.require(length);
            ByteBuffer payload = wire.read().slice(wire.read().position(), length);
            wire.read().position(wire.read().position() + length);
            if (opcode != PING) {
                return payload;
            }
            // A mask of zeros leaves the payload as it is.
            wire.write(head(PONG, length, 0), payload);
        }
    }
}
