package io.transit.http;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * A running CRC-32 that can start in the middle. The CRC of two texts, one behind the other, is that of the first, moved on by
 * as many zeros as the second has bytes, plus that of the second: arithmetic on polynomials over GF(2), which stand here with
 * the highest bit for the power of zero.
 */
final class Crc32 {
    private static final int POLYNOMIAL = 0xedb88320;
    private static final int ONE = 1 << 31;
    private static final int X = 1 << 30;

    private final int first;
    private final CRC32 second = new CRC32();
    private long length;

    /** Starts behind bytes of that CRC; 0 where there are none. */
    Crc32(int before) {
        first = before;
    }

    void update(ByteBuffer bytes) {
        length += bytes.remaining();
        second.update(bytes);
    }

    /** The CRC of all bytes so far. */
    int value() {
        return multiply(first, zeros(length)) ^ (int) second.getValue();
    }

    /** By what so many zero bytes multiply. */
    private static int zeros(long count) {
        int product = ONE;
        int power = multiply(multiply(X, X), multiply(X, X));
        power = multiply(power, power);
        for (long left = count; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                product = multiply(product, power);
            }
            power = multiply(power, power);
        }
        return product;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted >>> 1) ^ ((shifted & 1) == 1 ? POLYNOMIAL : 0);
        }
        return product;
    }
}
