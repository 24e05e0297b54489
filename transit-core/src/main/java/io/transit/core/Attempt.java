package io.transit.core;

import java.util.concurrent.ThreadLocalRandom;

/** One run of bytes from one sender's hand to one receiver's. Equal only to itself: there is never another of its epoch. */
final class Attempt {
    private final InMemorySender sender;
    private final InMemoryReceiver receiver;
    private final long offset;
    private final InMemoryChannel channel;
    private final long epoch = ThreadLocalRandom.current().nextLong();

    Attempt(InMemorySender sender, InMemoryReceiver receiver, long offset, InMemoryChannel channel) {
        this.sender = sender;
        this.receiver = receiver;
        this.offset = offset;
        this.channel = channel;
    }

    boolean isBetween(InMemorySender from, InMemoryReceiver to) {
        return sender == from && receiver == to;
    }

    InMemoryReceiver receiver() {
        return receiver;
    }

    TransferChannel.SendingEnd sendingEnd() {
        return channel.sendingEnd();
    }

    TransferChannel.ReceivingEnd receivingEnd() {
        return channel.receivingEnd();
    }

    /** Under the lock, by the thread that holds what came out last: it does so no more. */
    void letGo() {
        channel.letGo();
    }

    boolean isUntouched() {
        return channel.isUntouched();
    }

    void completed() {
        channel.completed();
    }

    Sender.Demand demand() {
        return new Sender.Demand(offset, epoch);
    }
}
