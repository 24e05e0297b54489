package io.transit.core;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What travels through a channel: {@code Data* (Done | Interrupt)}. What kind a frame is never follows from its payload,
 * which may be any bytes at all (rule T4).
 */
public sealed interface Frame {
    /**
     * A run of payload bytes.
     *
     * @param payload the bytes between its position and its limit; valid until the next frame is asked for
     */
    record Data(ByteBuffer payload) implements Frame {}

    /**
     * The end of a whole file, or of the part of it that was claimed.
     *
     * @param totalBytes how many bytes the file has, counted from its own first byte, wherever this attempt began; of a part,
     *     the position behind its last byte
     * @param crc32c the CRC-32C (RFC 3720 appendix B.4) of this attempt's payload; between nodes only
     * @param sha256 the digest of the whole file, if one of the two sides asked for it or the sender stated it
     */
    record Done(long totalBytes, OptionalInt crc32c, Optional<Sha256> sha256) implements Frame {
        /**
         * Checks the total.
         *
         * @throws IllegalArgumentException if the total is negative
         */
        public Done {
            if (totalBytes < 0) {
                throw new IllegalArgumentException("the total is negative: " + totalBytes);
            }
        }

        /**
         * States a total alone.
         *
         * @param totalBytes how many bytes the file has
         */
        public Done(long totalBytes) {
            this(totalBytes, OptionalInt.empty(), Optional.empty());
        }
    }

    /**
     * The end of an attempt that did not bring the whole file.
     *
     * @param reason why
     */
    record Interrupt(InterruptReason reason) implements Frame {}
}
