package io.transit.core.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** Keeps what it is given; may fail or block after so many bytes. A write that blocks ends when this is closed. */
final class TestTarget implements WritableByteChannel {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private int run = Integer.MAX_VALUE;
    private int failAfter = Integer.MAX_VALUE;
    private int blockAfter = Integer.MAX_VALUE;
    private boolean blocked;
    private boolean open = true;

    /** Takes at most so many bytes at a time. */
    TestTarget withRuns(int bytes) {
        run = bytes;
        return this;
    }

    TestTarget failingAfter(int bytes) {
        failAfter = bytes;
        return this;
    }

    TestTarget blockingAfter(int bytes) {
        blockAfter = bytes;
        return this;
    }

    @Override
    public synchronized int write(ByteBuffer bytes) throws IOException {
        if (taken.size() >= failAfter) {
            throw new IOException("full");
        }
        awaitRoom();
        if (!open) {
            throw new AsynchronousCloseException();
        }
        int length = Math.min(Math.min(run, bytes.remaining()), limit() - taken.size());
        byte[] part = new byte[length];
        bytes.get(part);
        taken.writeBytes(part);
        return length;
    }

    private int limit() {
        return Math.min(failAfter, blockAfter);
    }

    private synchronized void awaitRoom() throws IOException {
        try {
            while (open && taken.size() >= blockAfter) {
                blocked = true;
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            blocked = false;
        }
    }

    synchronized boolean isBlocked() {
        return blocked;
    }

    synchronized void unblock() {
        blockAfter = Integer.MAX_VALUE;
        notifyAll();
    }

    synchronized byte[] taken() {
        return taken.toByteArray();
    }

    String text() {
        return new String(taken(), StandardCharsets.UTF_8);
    }

    @Override
    public synchronized boolean isOpen() {
        return open;
    }

    @Override
    public synchronized void close() {
        open = false;
        notifyAll();
    }
}
