package io.transit.core;

/**
 * What a receiver asks for. Begin with {@link #of} and add to it; components may join this record in later versions.
 *
 * @param id the name in the link
 * @param offset the first byte wanted; other than 0 only of a sender that can seek, and at most the size of the file, of
 *     which then only the end is missing
 * @param digest whether the SHA-256 of the file shall be computed on the way
 */
public record Claim(TransferId id, long offset, boolean digest) {
    /**
     * Checks the offset.
     *
     * @throws TransferException.Rejected if the offset is negative
     */
    public Claim {
        if (offset < 0) {
            throw new TransferException.Rejected("offset", "an offset is a whole number of bytes, from 0");
        }
    }

    /**
     * Asks for the whole file.
     *
     * @param id the name in the link
     * @return the plainest claim
     */
    public static Claim of(TransferId id) {
        return new Claim(id, 0, false);
    }

    /**
     * Asks for the rest of the file.
     *
     * @param firstByte the first byte wanted
     * @return this claim, from there
     */
    public Claim from(long firstByte) {
        return new Claim(id, firstByte, digest);
    }

    /**
     * Asks for the SHA-256 of the file; there is none when the claim does not begin at 0.
     *
     * @return this claim, with a digest
     */
    public Claim withDigest() {
        return new Claim(id, offset, true);
    }
}
