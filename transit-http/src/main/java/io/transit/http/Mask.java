package io.transit.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes the mask off a client's payload, or puts it on, which is the same (RFC 6455 section 5.3). */
final class Mask {
    private Mask() {}

    /**
     * Masks the bytes between position and limit, in place; moves neither.
     *
     * @param run a part of one frame's payload
     * @param key the frame's mask, the first byte highest
     * @param offset where in the payload the part begins
     */
    static void apply(ByteBuffer run, int key, long offset) {
        int turned = Integer.rotateLeft(key, (int) (offset & 3) * Byte.SIZE);
        long word = ((long) turned << Integer.SIZE) | Integer.toUnsignedLong(turned);
        // Payload in any amount lies in direct buffers. Were these words sometimes those of an array, the compiler
        // could not
        // make a loop of vectors of them, which is four times as fast.
        int at = run.isDirect() ? applyWords(run, word) : run.position();
        for (int i = 0; at < run.limit(); at++, i = (i + 1) % Long.BYTES) {
            run.put(at, (byte) (run.get(at) ^ (word >>> (Long.SIZE - Byte.SIZE - i * Byte.SIZE))));
        }
    }

    /** Masks eight bytes at a time; returns where fewer are left. */
    private static int applyWords(ByteBuffer run, long word) {
        // A view, because byte order is a property of the buffer, and another than the machine's costs time.
        ByteBuffer bytes = run.duplicate().order(ByteOrder.nativeOrder());
        long mask = bytes.order() == ByteOrder.BIG_ENDIAN ? word : Long.reverseBytes(word);
        int at = run.position();
        for (int last = run.limit() - Long.BYTES; at <= last; at += Long.BYTES) {
            bytes.putLong(at, bytes.getLong(at) ^ mask);
        }
        return at;
    }
}
