package io.transit.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What may be told of a transfer to anyone who has its id: a snapshot.
 *
 * @param id the name in the link
 * @param state where it stands, with the bytes that the receiver has taken, and the reason if it was interrupted
 * @param files what is or was sent
 * @param sha256 the digest of the whole file, once it is complete and if one of the two sides asked
 * @param expiresIn how long the offer waits for a receiver from now on, or how long this status is kept; empty while
 *     bytes flow
 */
public record TransferStatus(
        TransferId id,
        TransferState state,
        List<FileMetadata> files,
        Optional<Sha256> sha256,
        Optional<Duration> expiresIn) {
    /** Copies the list. */
    public TransferStatus {
        files = List.copyOf(files);
    }

    /**
     * Tells whether a transfer stands where it stood: of the same files, and in the same state with the same cause, but for how
     * many bytes were taken.
     *
     * @param other how it stood
     * @return whether only bytes and time are between the two
     */
    public boolean isLike(TransferStatus other) {
        return state.getClass().equals(other.state.getClass())
                && cause(state).equals(cause(other.state))
                && files.equals(other.files);
    }

    private static Optional<InterruptReason> cause(TransferState state) {
        return state instanceof TransferState.Paused halted ? Optional.of(halted.cause()) : Optional.empty();
    }
}
