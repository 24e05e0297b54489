package io.transit.core;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a sender registers. Begin with {@link #of} and add to it; components may join this record in later versions.
 *
 * @param id the name in the link
 * @param files what is sent, one after the other as one stream of bytes; at least one, and if there are more, all of known size
 * @param seekable whether the sender can start at any byte, so that a receiver who comes back may claim the rest
 * @param receivers how many may claim; only 1 so far
 * @param digest whether the SHA-256 of the file shall be computed on the way
 * @param patience how long the offer waits for a receiver, each time its seat is free
 */
public record Offer(
        TransferId id, List<FileMetadata> files, boolean seekable, int receivers, boolean digest, Duration patience) {
    /** How long an offer waits unless it says otherwise. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(15);

    /**
     * Checks and copies.
     *
     * @throws TransferException.Rejected if there is no file, one of several is of unknown size, the sum of their sizes is
     *     more than a {@code long} holds, there is not at least one receiver, or the patience is not positive
     */
    public Offer {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new TransferException.Rejected("files", "an offer has at least one file");
        }
        if (files.size() > 1 && files.stream().anyMatch(file -> file.size().isEmpty())) {
            throw new TransferException.Rejected("files", "of several files each has a size");
        }
        try {
            var unused = sum(files);
        } catch (ArithmeticException e) {
            throw new TransferException.Rejected("files", "the files are too large together");
        }
        if (receivers < 1) {
            throw new TransferException.Rejected("receivers", "an offer has at least one receiver");
        }
        if (!patience.isPositive()) {
            throw new TransferException.Rejected("patience", "an offer waits for a positive time");
        }
    }

    /**
     * Offers one file to one receiver, from its first byte on, for 15 minutes.
     *
     * @param id the name in the link
     * @param file what is sent
     * @return the plainest offer
     */
    public static Offer of(TransferId id, FileMetadata file) {
        return new Offer(id, List.of(file), false, 1, false, DEFAULT_PATIENCE);
    }

    /**
     * Says that the sender can start at any byte.
     *
     * @return this offer, seekable
     */
    public Offer withSeekable() {
        return new Offer(id, files, true, receivers, digest, patience);
    }

    /**
     * Says how many may receive.
     *
     * @param count at least 1
     * @return this offer, for so many
     */
    public Offer withReceivers(int count) {
        return new Offer(id, files, seekable, count, digest, patience);
    }

    /**
     * Asks for the SHA-256 of the file, which costs about as much as relaying it.
     *
     * @return this offer, with a digest
     */
    public Offer withDigest() {
        return new Offer(id, files, seekable, receivers, true, patience);
    }

    /**
     * Says how long this offer waits.
     *
     * @param time a positive duration
     * @return this offer, of that patience
     */
    public Offer withPatience(Duration time) {
        return new Offer(id, files, seekable, receivers, digest, time);
    }

    /**
     * Returns the size of all files together.
     *
     * @return in bytes, or empty if there is but one file, whose size is not known before the end
     */
    public OptionalLong size() {
        return sum(files);
    }

    private static OptionalLong sum(List<FileMetadata> files) {
        long sum = 0;
        for (FileMetadata file : files) {
            if (file.size().isEmpty()) {
                return OptionalLong.empty();
            }
            sum = Math.addExact(sum, file.size().getAsLong());
        }
        return OptionalLong.of(sum);
    }

    /** Checks that the sender can bring that; throws {@code Rejected} if it cannot. */
    void requireReachable(Claim claim) {
        requireReachable(claim.offset());
        claim.part().ifPresent(this::requireWithin);
    }

    private void requireWithin(Claim.Part part) {
        long all = size().orElseThrow(() -> new TransferException.Rejected("part", "a part is of a known size"));
        if (part.to() > all) {
            throw new TransferException.Rejected("part", "the files end before that part does");
        }
        if (!seekable && (part.from() > 0 || part.to() < all)) {
            throw new TransferException.Rejected("part", "what this sender has is received as a whole");
        }
    }

    private void requireReachable(long offset) {
        if (offset > 0 && !seekable) {
            throw new TransferException.Rejected("offset", "this sender can only start at the first byte");
        }
        if (offset > size().orElse(Long.MAX_VALUE)) {
            throw new TransferException.Rejected("offset", "the file ends before that byte");
        }
    }
}
