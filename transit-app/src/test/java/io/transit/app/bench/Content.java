package io.transit.app.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * The bytes of a file: a block of random ones, again and again, from a place of its own for each file. The block's length is a
 * prime, so that what is lost, repeated, or of another file does not fit wherever it lies; and to compare costs little.
 */
record Content(int start) {
    /** The most bytes of a run. */
    static final int LONGEST = 1 << 20;

    private static final int PERIOD = 262_147;
    private static final int STEP = 104_729;
    private static final int MASK = 0x5ac3_1e96;
    private static final ByteBuffer PLAIN = block(0);
    private static final ByteBuffer MASKED = block(MASK);

    /** Returns the content of the file of that number. */
    static Content of(int number) {
        return new Content((int) ((long) number * STEP % PERIOD));
    }

    /** Returns the bytes at this position of the file. */
    ByteBuffer run(long position, int length) {
        return PLAIN.slice(index(position), length);
    }

    /** The same as the payload of a WebSocket frame, masked with {@link #mask}, once for all. */
    ByteBuffer maskedRun(long position, int length) {
        return MASKED.slice(index(position), length);
    }

    /** Returns the mask of a frame that begins at this position: the block's own, turned to what lies there. */
    int mask(long position) {
        return Integer.rotateLeft(MASK, (index(position) & 3) * Byte.SIZE);
    }

    /** Compares what was received, between position and limit, with what is at this position of the file. */
    void check(ByteBuffer received, long position) throws IOException {
        int at = received.mismatch(run(position, received.remaining()));
        if (at >= 0) {
            throw new CorruptException("byte " + (position + at) + " is not what was sent");
        }
    }

    private int index(long position) {
        return (int) ((start + position) % PERIOD);
    }

    private static ByteBuffer block(int mask) {
        byte[] period = new byte[PERIOD];
        new Random(20_261_122).nextBytes(period);
        ByteBuffer block = ByteBuffer.allocateDirect(PERIOD + LONGEST);
        for (int i = 0; i < block.capacity(); i++) {
            block.put(i, (byte) (period[i % PERIOD] ^ (mask >>> (Byte.SIZE * (3 - (i & 3))))));
        }
        return block;
    }
}
