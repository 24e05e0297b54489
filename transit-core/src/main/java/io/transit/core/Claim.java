package io.transit.core;

import java.util.Optional;

/**
 * What a receiver asks for. Begin with {@link #of} and add to it; components may join this record in later versions.
 *
 * @param id the name in the link
 * @param offset the first byte wanted; other than 0 only of a sender that can seek, and at most the size of the file, of
 *     which then only the end is missing
 * @param digest whether the SHA-256 of the file shall be computed on the way; there is none of a part
 * @param part what is wanted, if that is not everything: the offset is in it, or at its end
 */
public record Claim(TransferId id, long offset, boolean digest, Optional<Part> part) {
    /**
     * A run of the bytes that all files of an offer are, one after the other. A file that has no bytes is the empty part
     * where it lies.
     *
     * @param from the position of its first byte
     * @param to the position behind its last byte
     */
    public record Part(long from, long to) {
        /**
         * Checks that it is one.
         *
         * @throws TransferException.Rejected if it begins before the first byte, or ends before it begins
         */
        public Part {
            if (from < 0 || to < from) {
                throw new TransferException.Rejected(
                        "part", "a part begins at a byte, from 0, and ends at or after it");
            }
        }

        boolean isEmpty() {
            return from == to;
        }
    }

    /**
     * Checks the offset.
     *
     * @throws TransferException.Rejected if the offset is negative, or not within the part
     */
    public Claim {
        if (offset < 0) {
            throw new TransferException.Rejected("offset", "an offset is a whole number of bytes, from 0");
        }
        if (part.isPresent()
                && (offset < part.get().from() || offset > part.get().to())) {
            throw new TransferException.Rejected("offset", "the offset is not within the part");
        }
    }

    /**
     * Asks for the whole file.
     *
     * @param id the name in the link
     * @return the plainest claim
     */
    public static Claim of(TransferId id) {
        return new Claim(id, 0, false, Optional.empty());
    }

    /**
     * Asks for the rest of the file, or of the part: whoever does so has what lies before.
     *
     * @param firstByte the first byte wanted, counted from the first of the offer
     * @return this claim, from there
     */
    public Claim from(long firstByte) {
        return new Claim(id, firstByte, digest, part);
    }

    /**
     * Asks for a part alone, such as one file of several. When its receiver has completed, the transfer goes on for whoever
     * claims next, until all parts have been delivered: every byte, and every file that has none, be it within a part or the
     * part itself. Whoever wants everything claims no part.
     *
     * <p>A part is of an offer whose size is known, and whose sender can seek unless the part is all there is. To go on
     * within a part ask for it again, and {@linkplain #from for the rest} of that.
     *
     * @param from the position of its first byte, counted from the first of the offer
     * @param to the position behind its last byte; the same for a file that has no bytes
     * @return this claim, for that part from its beginning
     */
    public Claim part(long from, long to) {
        return new Claim(id, from, digest, Optional.of(new Part(from, to)));
    }

    /**
     * Asks for the SHA-256 of the file; there is none when the claim does not begin at 0, or is for a part.
     *
     * @return this claim, with a digest
     */
    public Claim withDigest() {
        return new Claim(id, offset, true, part);
    }
}
