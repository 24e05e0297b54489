package io.transit.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where a transfer stands, since when, and how it ended. Guarded by the transfer's lock, but for {@link #whenOver}. */
final class Standing {
    private final long offeredAt = System.nanoTime();
    private TransferState state = new TransferState.Offered();

    /** When the offer was first claimed; what a receipt counts from. */
    private long claimedAt;

    /** When the receiver came, or has last taken something. */
    private long movedAt;

    private long endedAt;
    private Optional<Sha256> sha256 = Optional.empty();
    private final CompletableFuture<TransferState.Final> over = new CompletableFuture<>();

    TransferState state() {
        return state;
    }

    Optional<Sha256> sha256() {
        return sha256;
    }

    boolean isFinal() {
        return state instanceof TransferState.Final;
    }

    void claimed(long offset) {
        movedAt = System.nanoTime();
        if (state instanceof TransferState.Offered) {
            claimedAt = movedAt;
        }
        begin(offset);
    }

    void begin(long offset) {
        state = state.begin(offset);
    }

    void accept(Frame.Data payload) {
        movedAt = System.nanoTime();
        state = state.accept(payload);
    }

    void reached(long position) {
        if (position > state.bytes()) {
            movedAt = System.nanoTime();
        }
        state = state.reached(position);
    }

    /** Whether the receiver has taken nothing for so long. */
    boolean isIdle(Duration time) {
        return System.nanoTime() - movedAt >= time.toNanos();
    }

    /** Returns whether that is news. */
    boolean pause(InterruptReason cause) {
        TransferState before = state;
        state = state.pause(cause);
        return !state.equals(before);
    }

    void end(TransferState.Final how, Optional<Sha256> digest) {
        state = how;
        sha256 = digest;
        endedAt = System.nanoTime();
    }

    /** Tells those who wait for the end; not under the lock. */
    void tell(TransferState.Final how) {
        over.complete(how);
    }

    /** From the offer to the end. */
    Duration elapsed() {
        return Duration.ofNanos(endedAt - offeredAt);
    }

    Optional<Receipt> receipt() {
        return state instanceof TransferState.Completed(long bytes)
                ? Optional.of(new Receipt(bytes, Duration.ofNanos(endedAt - claimedAt), sha256))
                : Optional.empty();
    }

    TransferException.Ended ended() {
        if (state instanceof TransferState.Final end) {
            return new TransferException.Ended(end);
        }
        throw new AssertionError("not over: " + state);
    }

    void requireOpen() {
        if (isFinal()) {
            throw ended();
        }
    }

    CompletionStage<TransferState.Final> whenOver() {
        return over.minimalCompletionStage();
    }
}
