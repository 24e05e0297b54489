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
 * @param rest the first byte that the sender brings, of files whose beginning receivers have from before: it goes on from
 *     there once, and lets go of what a receiver has of it already. Empty if it brings all
 */
public record Offer(
        TransferId id,
        List<FileMetadata> files,
        boolean seekable,
        int receivers,
        boolean digest,
        Duration patience,
        OptionalLong rest) {
    /** How long an offer waits unless it says otherwise. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(15);

    /**
     * Checks and copies.
     *
     * @throws TransferException.Rejected if there is no file, one of several is of unknown size, the sum of their sizes is
     *     more than a {@code long} holds, there is not at least one receiver, the patience is not positive, or
     *     there is a rest of no known size, or from none of its bytes on
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
        if (rest.isPresent()
                && (rest.getAsLong() < 0 || rest.getAsLong() > sum(files).orElse(-1))) {
            throw new TransferException.Rejected(
                    "rest", "only files of known size have a rest, from one of their bytes on");
        }
    }

    /**
     * Makes an offer of all that the files are.
     *
     * @param id the name in the link
     * @param files what is sent
     * @param seekable whether the sender can start at any byte
     * @param receivers how many may claim
     * @param digest whether the SHA-256 of the file shall be computed on the way
     * @param patience how long the offer waits for a receiver
     * @throws TransferException.Rejected as above
     */
    public Offer(
            TransferId id,
            List<FileMetadata> files,
            boolean seekable,
            int receivers,
            boolean digest,
            Duration patience) {
        this(id, files, seekable, receivers, digest, patience, OptionalLong.empty());
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
        return new Offer(id, files, true, receivers, digest, patience, rest);
    }

    /**
     * Says how many may receive.
     *
     * @param count at least 1
     * @return this offer, for so many
     */
    public Offer withReceivers(int count) {
        return new Offer(id, files, seekable, count, digest, patience, rest);
    }

    /**
     * Asks for the SHA-256 of the file, which costs about as much as relaying it.
     *
     * @return this offer, with a digest
     */
    public Offer withDigest() {
        return new Offer(id, files, seekable, receivers, true, patience, rest);
    }

    /**
     * Says how long this offer waits.
     *
     * @param time a positive duration
     * @return this offer, of that patience
     */
    public Offer withPatience(Duration time) {
        return new Offer(id, files, seekable, receivers, digest, time, rest);
    }

    /**
     * Says that the sender goes on where it was interrupted, and brings no byte before that.
     *
     * @param firstByte the first that it brings, from 0
     * @return the offer of the rest, for {@link Rendezvous#offerRest}
     * @throws TransferException.Rejected if the size is not known, or that is none of its bytes
     */
    public Offer withRest(long firstByte) {
        return new Offer(id, files, seekable, receivers, digest, patience, OptionalLong.of(firstByte));
    }

    /**
     * Checks that this is the rest of what was interrupted; for those who implement {@link Rendezvous#offerRest}.
     *
     * @param before how the transfer of this id stands
     * @param token what the sender has shown
     * @param hash of the token of that transfer
     * @throws TransferException.Taken if it has not ended
     * @throws TransferException.Ended if it is complete
     * @throws TransferException.Rejected if the {@code token} is another, the {@code size} is, or the {@code rest} begins
     *     behind what was taken
     */
    public void requireRestOf(TransferStatus before, Token token, Sha256 hash) {
        if (!(before.state() instanceof TransferState.Final end)) {
            throw new TransferException.Taken("this transfer has not ended yet; try again in a moment");
        }
        if (!token.matches(hash)) {
            throw new TransferException.Rejected("token", "this is not the token of this transfer");
        }
        switch (end) {
            case TransferState.Completed whole -> throw new TransferException.Ended(whole);
            case TransferState.Interrupted cut -> requireRestOf(before.files(), cut);
        }
    }

    private void requireRestOf(List<FileMetadata> before, TransferState.Interrupted cut) {
        if (size().isEmpty() || !size().equals(sum(before))) {
            throw new TransferException.Rejected(
                    "size", "only a file of the same known size goes on; what was interrupted had another");
        }
        if (rest.orElse(0) > cut.bytes()) {
            throw new TransferException.Rejected(
                    "rest", "the receiver has only " + cut.bytes() + " bytes; go on from there");
        }
    }

    /**
     * Returns how its transfer stands before anybody has claimed it.
     *
     * @return waiting; or paused where the rest begins
     */
    public TransferState beginning() {
        return rest.isPresent()
                ? new TransferState.Paused(rest.getAsLong(), InterruptReason.RECEIVER_LEFT)
                : new TransferState.Offered();
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
        if (offset < rest.orElse(0)) {
            throw new TransferException.Rejected(
                    "offset",
                    "the sender goes on from byte " + rest.getAsLong() + ", for a receiver that has what is before");
        }
        if (offset > 0 && !seekable && rest.isEmpty()) {
            throw new TransferException.Rejected("offset", "this sender can only start at the first byte");
        }
        if (offset > size().orElse(Long.MAX_VALUE)) {
            throw new TransferException.Rejected("offset", "the file ends before that byte");
        }
    }
}
