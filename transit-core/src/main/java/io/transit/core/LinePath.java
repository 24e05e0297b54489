package io.transit.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A path whose other end is not in this process: what goes in comes out elsewhere, and how far it came is reported. */
final class LinePath implements Path, TransferChannel.SendingEnd, TransferChannel.ReceivingEnd {
    private final TransferChannel.SendingEnd line;
    private volatile boolean touched;

    LinePath(TransferChannel.SendingEnd line) {
        this.line = line;
    }

    @Override
    public TransferChannel.SendingEnd sendingEnd() {
        return this;
    }

    @Override
    public TransferChannel.ReceivingEnd receivingEnd() {
        return this;
    }

    @Override
    public void send(ByteBuffer bytes) throws InterruptedException {
        touched |= bytes.hasRemaining();
        line.send(bytes);
    }

    @Override
    public int transferFrom(ReadableByteChannel source, int atMost) throws IOException, InterruptedException {
        // What was read, and then not sent, is not here to be sent again.
        touched = true;
        return line.transferFrom(source, atMost);
    }

    @Override
    public void finish(Frame.Done done) {
        touched = true;
        line.finish(done);
    }

    @Override
    public void done(Frame.Done done) throws InterruptedException {
        touched = true;
        line.done(done);
    }

    @Override
    public void interrupt(InterruptReason reason) {
        line.interrupt(reason);
    }

    @Override
    public boolean isUntouched() {
        return !touched;
    }

    @Override
    public boolean isWriting() {
        return false;
    }

    @Override
    public void letGo() {
        // Nothing is held here.
    }

    @Override
    public void completed() {
        // Whoever reports it knows, and lets the line know.
    }

    @Override
    public Frame receive() {
        throw new IllegalStateException("it is received elsewhere");
    }

    @Override
    public Frame receive(WritableByteChannel target) {
        throw new IllegalStateException("it is received elsewhere");
    }

    @Override
    public long taken() {
        throw new IllegalStateException("it is taken elsewhere");
    }

    @Override
    public void complete() {
        throw new IllegalStateException("it is completed by its seat");
    }
}
