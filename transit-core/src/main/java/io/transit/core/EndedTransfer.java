package io.transit.core;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** What is kept of a transfer after its end, for a while: its status, and what its sender goes on with. */
final class EndedTransfer {
    private final TransferStatus status;
    private final Sha256 tokenHash;
    private final Alarm removal;

    EndedTransfer(
            TransferStatus status, Sha256 tokenHash, ScheduledExecutorService timer, Consumer<EndedTransfer> remove) {
        this.status = status;
        this.tokenHash = tokenHash;
        this.removal = new Alarm(timer, alarm -> remove.accept(this));
        removal.set(status.expiresIn().orElseThrow());
    }

    TransferStatus status() {
        return new TransferStatus(status.id(), status.state(), status.files(), status.sha256(), removal.remaining());
    }

    Sha256 tokenHash() {
        return tokenHash;
    }

    /** Forgets to remove itself, because nobody will be there to do it. */
    void keep() {
        removal.cancel();
    }

    TransferException.Ended exception() {
        if (status.state() instanceof TransferState.Final end) {
            return new TransferException.Ended(end);
        }
        throw new AssertionError("kept, and not over: " + status);
    }
}
