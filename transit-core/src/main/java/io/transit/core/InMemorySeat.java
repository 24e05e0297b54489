package io.transit.core;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The hold on a transfer of a receiver that is elsewhere. */
final class InMemorySeat implements InMemoryRendezvous.Seat {
    private final InMemoryTransfer transfer;
    private final InMemoryReceiver receiver;

    InMemorySeat(InMemoryTransfer transfer, InMemoryReceiver receiver) {
        this.transfer = transfer;
        this.receiver = receiver;
    }

    @Override
    public Offer offer() {
        return transfer.offer();
    }

    @Override
    public void taken(long position) {
        transfer.reached(receiver, position);
    }

    @Override
    public boolean complete(long total, Optional<Sha256> digest) {
        return transfer.lock.locked(() -> {
            transfer.reached(receiver, total);
            var unused = receiver.over(new TransferState.Completed(total), new Frame.Done(total));
            return transfer.complete(receiver, digest);
        });
    }

    @Override
    public void interrupt(InterruptReason reason) {
        transfer.interrupt(receiver, reason);
    }

    @Override
    public void leave() {
        transfer.leave(receiver);
    }

    @Override
    public CompletionStage<TransferState.Final> whenOver() {
        return transfer.standing.whenOver();
    }
}
