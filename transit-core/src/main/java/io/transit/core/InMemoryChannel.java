package io.transit.core;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A channel within this process: a ring of bytes, whose memory is leased with the first byte and let go once the attempt is
 * over and nobody touches it.
 */
final class InMemoryChannel implements TransferChannel, Path {
    /** A receiver lets go of payload run by run, which is how progress is seen: the smaller, the slower it may be. */
    private static final int MAX_RUN = 64 * 1024;

    private final SendingEnd sendingEnd = new Sending();
    private final ReceivingEnd receivingEnd = new Receiving();

    private final ReentrantLock lock;

    /** Signalled when there is something to receive: data, DONE, or the end. Whoever waits here is the receiver. */
    private final Condition readable;

    /** Signalled when there is room, or the end. Whoever waits here is the sender. */
    private final Condition writable;

    private final long stallNanos;
    private final int window;
    private final RingBuffer ring;

    /** Sent and not let go by the receiver, in bytes. */
    private int inFlight;

    /** Of those, what the receiver holds in its hands. */
    private int lent;

    private long taken;
    private boolean copying;
    private boolean dropped;
    private Frame.@Nullable Done done;
    private boolean finalReceived;
    private TransferState.@Nullable Final end;

    InMemoryChannel(TransferLimits limits) {
        this(
                new ReentrantLock(),
                TimeUnit.NANOSECONDS.convert(limits.stall()),
                limits.window(),
                new BufferPool(limits.window()));
    }

    /**
     * Makes a channel that shares its owner's lock, so that its owner sees and changes it in one step with its own state.
     *
     * @param window the most bytes in flight
     */
    InMemoryChannel(ReentrantLock lock, long stallNanos, int window, BufferPool pool) {
        this.lock = lock;
        this.readable = lock.newCondition();
        this.writable = lock.newCondition();
        this.stallNanos = stallNanos;
        this.window = window;
        this.ring = new RingBuffer(window, pool);
    }

    @Override
    public SendingEnd sendingEnd() {
        return sendingEnd;
    }

    @Override
    public ReceivingEnd receivingEnd() {
        return receivingEnd;
    }

    private final class Sending implements SendingEnd {
        @Override
        public void send(ByteBuffer bytes) throws InterruptedException {
            while (bytes.hasRemaining()) {
                int room = awaitRoom();
                int copied = 0;
                try {
                    copied = ring.put(bytes, room);
                } finally {
                    publish(copied);
                }
            }
        }

        /** Returns how much may be copied; from now until {@link #publish} that can only become more. */
        private int awaitRoom() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                if (done != null && end == null) {
                    throw new IllegalStateException("DONE has been sent");
                }
                awaitUnlessStalled(writable, () -> inFlight < window, InterruptReason.RECEIVER_STALLED);
                requireRunning();
                copying = true;
                return window - inFlight;
            } finally {
                lock.unlock();
            }
        }

        private void publish(int copied) {
            lock.lock();
            try {
                copying = false;
                if (!dropped) {
                    inFlight += copied;
                }
                releaseMemory();
                // The receiver, if it waits for data.
                readable.signal();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void done(Frame.Done stated) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                if (done == null) {
                    requireRunning();
                    done = stated;
                    // The receiver, if it waits for the final frame.
                    readable.signal();
                }
                awaitUnlessStalled(
                        writable, () -> end instanceof TransferState.Completed, InterruptReason.RECEIVER_STALLED);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void interrupt(InterruptReason reason) {
            lock.lock();
            try {
                finish(reason);
            } finally {
                lock.unlock();
            }
        }
    }

    private final class Receiving implements ReceivingEnd {
        @Override
        public Frame receive() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                letGo();
                if (finalReceived) {
                    throw new TransferException.Ended(end == null ? new TransferState.Completed(taken) : end);
                }
                awaitUnlessStalled(
                        readable, () -> inFlight > 0 || done != null || end != null, InterruptReason.SENDER_STALLED);
                return inFlight > 0 ? lend() : finalFrame();
            } finally {
                lock.unlock();
            }
        }

        private Frame lend() {
            ByteBuffer payload = ring.borrow(Math.min(inFlight, MAX_RUN));
            lent = payload.remaining();
            taken += lent;
            return new Frame.Data(payload);
        }

        private Frame finalFrame() {
            finalReceived = true;
            Frame.Done stated = done;
            if (end instanceof TransferState.Interrupted cut) {
                return new Frame.Interrupt(cut.reason());
            }
            if (stated == null) {
                throw new AssertionError("neither data nor an end");
            }
            return stated;
        }

        @Override
        public long taken() {
            lock.lock();
            try {
                return taken;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void complete() {
            lock.lock();
            try {
                if (end instanceof TransferState.Interrupted cut) {
                    throw new TransferException.Ended(cut);
                }
                if (!finalReceived) {
                    throw new IllegalStateException("DONE has not been received");
                }
                letGo();
                finish(new TransferState.Completed(taken));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void interrupt(InterruptReason reason) {
            lock.lock();
            try {
                finish(reason);
                dropped = true;
                inFlight = lent;
                releaseMemory();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Under the lock: the receiver holds nothing any more of what came out last. */
    @Override
    public void letGo() {
        ring.free(lent);
        inFlight -= lent;
        lent = 0;
        releaseMemory();
        // The sender, if it waits for room.
        writable.signal();
    }

    @Override
    public boolean isUntouched() {
        return inFlight == 0 && taken == 0 && !copying && done == null;
    }

    /** Under the lock: the receiver has everything, whatever this attempt has brought of it. */
    @Override
    public void completed() {
        finish(new TransferState.Completed(taken));
    }

    /** Waits until the goal is reached; throws the end if that comes first, and makes it come when nothing moves. */
    private void awaitUnlessStalled(Condition condition, BooleanSupplier goal, InterruptReason stalled)
            throws InterruptedException {
        long left = stallNanos;
        long seen = taken;
        while (!goal.getAsBoolean()) {
            requireRunning();
            if (taken != seen) {
                seen = taken;
                left = stallNanos;
            }
            if (left <= 0) {
                finish(stalled);
            } else {
                left = condition.awaitNanos(left);
            }
        }
    }

    private void requireRunning() {
        TransferState.Final how = end;
        if (how != null) {
            throw new TransferException.Ended(how);
        }
    }

    private void finish(InterruptReason reason) {
        finish(new TransferState.Interrupted(taken, reason));
    }

    private void finish(TransferState.Final how) {
        if (end == null) {
            end = how;
            releaseMemory();
            // Both sides, if they wait for anything.
            readable.signal();
            writable.signal();
        }
    }

    private void releaseMemory() {
        if (end != null && inFlight == 0 && !copying) {
            ring.release();
        }
    }
}
