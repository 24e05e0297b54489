package io.transit.core;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** What is kept of a transfer after its end: its status, for a while. */
final class EndedTransfer {
    private final TransferStatus status;
    private final Alarm removal;

    EndedTransfer(TransferStatus status, ScheduledExecutorService timer, Consumer<EndedTransfer> remove) {
        this.status = status;
        this.removal = new Alarm(timer, alarm -> remove.accept(this));
        removal.set(status.expiresIn().orElseThrow());
    }

    TransferStatus status() {
        return new TransferStatus(status.id(), status.state(), status.files(), status.sha256(), removal.remaining());
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
