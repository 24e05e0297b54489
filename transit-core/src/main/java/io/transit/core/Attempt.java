package io.transit.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One run of bytes from one sender's hand to one receiver's. Equal only to itself: there is never another of its epoch. */
final class Attempt {
    private final InMemorySender sender;
    private final InMemoryReceiver receiver;
    private final Sender.Demand demand;
    private final Path path;
    private final CompletableFuture<Sender.Demand> over = new CompletableFuture<>();

    Attempt(InMemorySender sender, InMemoryReceiver receiver, Sender.Demand demand, Path path) {
        this.sender = sender;
        this.receiver = receiver;
        this.demand = demand;
        this.path = path;
    }

    boolean isBetween(InMemorySender from, InMemoryReceiver to) {
        return sender == from && receiver == to;
    }

    /** Where in the file the bytes end that this attempt is to bring, as far as that is known. */
    long end() {
        return receiver.end();
    }

    boolean isForPart() {
        return receiver.part().isPresent();
    }

    InMemoryReceiver receiver() {
        return receiver;
    }

    TransferChannel.SendingEnd sendingEnd() {
        return path.sendingEnd();
    }

    TransferChannel.ReceivingEnd receivingEnd() {
        return path.receivingEnd();
    }

    /** Under the lock, by the thread that holds what came out last: it does so no more. */
    void letGo() {
        path.letGo();
    }

    boolean isUntouched() {
        return path.isUntouched();
    }

    boolean isWriting() {
        return path.isWriting();
    }

    void completed() {
        path.completed();
    }

    Sender.Demand demand() {
        return demand;
    }

    /** Completed once it can bring no more. */
    CompletionStage<Sender.Demand> whenOver() {
        return over.minimalCompletionStage();
    }

    /** Outside of the lock: whoever waits for its end runs. */
    void tellOver() {
        over.complete(demand);
    }
}
