package io.transit.http;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * The CRC-32C of each of the last whole MiB that were relayed of a transfer, so that a sender that goes on can tell whether
 * its file is still the one that the receiver has the beginning of. Any thread may ask; those that relay take turns.
 */
final class RelayedChecksums {
    private static final int BLOCK = 1024 * 1024;

    /** Far more than a receiver that comes back can have lost of what was on its way. */
    private static final int KEPT = 256;

    private final CRC32C crc = new CRC32C();
    private int[] sums = {};

    /** Which block each sum is of, counted from 1; 0 where there is none yet. */
    private long[] blocks = {};

    private long position;

    /** Whether the block under way was seen from its first byte on. */
    private boolean isSeenWhole;

    /** What is relayed next begins there. */
    synchronized void begin(long offset) {
        position = offset;
        isSeenWhole = offset % BLOCK == 0;
        crc.reset();
    }

    /** Takes account of bytes that were relayed; they are only read. */
    synchronized void relayed(ByteBuffer bytes) {
        ByteBuffer left = bytes.duplicate();
        while (left.hasRemaining()) {
            int length = (int) Math.min(BLOCK - position % BLOCK, left.remaining());
            crc.update(left.slice(left.position(), length));
            left.position(left.position() + length);
            position += length;
            if (position % BLOCK == 0) {
                endBlock();
            }
        }
    }

    private void endBlock() {
        long block = position / BLOCK;
        if (isSeenWhole) {
            if (sums.length == 0) {
                sums = new int[KEPT];
                blocks = new long[KEPT];
            }
            int index = (int) (block % KEPT);
            sums[index] = (int) crc.getValue();
            blocks[index] = block;
        }
        isSeenWhole = true;
        crc.reset();
    }

    /** Returns the checksum of the last whole MiB before a byte, if it was relayed and is not too long ago. */
    synchronized OptionalInt before(long offset) {
        long block = offset / BLOCK;
        int index = (int) (block % KEPT);
        return block > 0 && blocks.length > 0 && blocks[index] == block
                ? OptionalInt.of(sums[index])
                : OptionalInt.empty();
    }
}
