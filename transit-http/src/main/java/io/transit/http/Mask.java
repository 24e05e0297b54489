package io.transit.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes the mask off a client's payload, or puts it on, which is the same (RFC 6455 section 5.3). */
final class Mask {
    private Mask() {}

    /**
     * Masks the bytes between position and limit, in place and eight at a time; moves neither.
     *
     * @param run a part of one frame's payload
     * @param key the frame's mask, the first byte highest
     * @param offset where in the payload the part begins
     */
    static void apply(ByteBuffer run, int key, long offset) {
        int turned = Integer.rotateLeft(key, (int) (offset & 3) * Byte.SIZE);
        long word = ((long) turned << Integer.SIZE) | Integer.toUnsignedLong(turned);
        // A view, because byte order is a property of the buffer, and another than the machine's costs time.
        ByteBuffer bytes = run.duplicate().order(ByteOrder.nativeOrder());
        long mask = bytes.order() == ByteOrder.BIG_ENDIAN ? word : Long.reverseBytes(word);
        int at = run.position();
        int words = run.limit() - Long.BYTES;
        for (; at <= words; at += Long.BYTES) {
            bytes.putLong(at, bytes.getLong(at) ^ mask);
        }
        for (int i = 0; at < run.limit(); at++, i++) {
            bytes.put(at, (byte) (bytes.get(at) ^ (word >>> (Long.SIZE - Byte.SIZE - i * Byte.SIZE))));
        }
    }
}
