package io.transit.core;

import io.transit.core.InMemorySendingEnd.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A channel within this process: a queue of bytes, whose memory is leased with the first byte and let go once the attempt is
 * over and nobody touches it. Where the receiver names a target, the sender's thread writes to that, past the queue; the
 * receiver's only watches over it.
 */
final class InMemoryChannel implements TransferChannel, Path {
    private static final System.Logger LOG = System.getLogger(InMemoryChannel.class.getName());

    /** A receiver lets go of payload run by run, which is how progress is seen: the smaller, the slower it may be. */
    private static final int MAX_RUN = 64 * 1024;

    private final SendingEnd sendingEnd;
    private final ReceivingEnd receivingEnd = new Receiving();

    private final TransferLock lock;

    /** Signalled when there is something to receive: data, DONE, or the end. Whoever waits here is the receiver. */
    private final Condition readable;

    /** Signalled when there is room, or the end. Whoever waits here is the sender. */
    private final Condition writable;

    /** Signalled when the sender's thread is at the target no more: whoever waits for that is not at this channel. */
    private final Condition targetLeft;

    private final StallWatch watch;
    private final int window;
    private final BlockQueue queue;

    /** Sent and not let go by the receiver, in bytes. */
    private int inFlight;

    /** Of those, what the receiver holds in its hands. */
    private int lent;

    private long taken;

    /** Where the receiver wants its bytes written, while it waits. */
    private @Nullable WritableByteChannel target;

    /** Whether there is, or will be again, such a target, so that nothing more goes into the queue. */
    private boolean direct;

    private @Nullable Exception targetFailure;

    /** The sender copies to the queue's memory. */
    private boolean copying;

    /** The sender is at a target, or about to be. */
    private boolean writing;

    /** The sender waits for its source, and may have the queue's memory in its hands. */
    private boolean reading;

    /** Something has been sent, or was perhaps read to be sent. */
    private boolean touched;

    private boolean dropped;
    private Frame.@Nullable Done done;
    private boolean finalReceived;
    private TransferState.@Nullable Final end;

    /**
     * Makes a channel that shares its owner's lock, so that its owner sees and changes it in one step with its own state.
     *
     * @param targetLeft signalled when the sender's thread has left the target
     * @param window the most bytes in flight
     * @param pool of {@link BlockQueue#pool}
     */
    InMemoryChannel(TransferLock lock, Condition targetLeft, long stallNanos, int window, BufferPool pool) {
        this.lock = lock;
        this.targetLeft = targetLeft;
        this.readable = lock.newCondition();
        this.writable = lock.newCondition();
        this.watch = new StallWatch(stallNanos);
        this.window = window;
        this.sendingEnd = new InMemorySendingEnd(this, pool, window);
        this.queue = new BlockQueue(pool, window);
    }

    @Override
    public SendingEnd sendingEnd() {
        return sendingEnd;
    }

    @Override
    public ReceivingEnd receivingEnd() {
        return receivingEnd;
    }

    // ---- the sending end's, on the sender's thread

    /**
     * Waits until bytes may go into the queue, or past it. What came of it is said next.
     *
     * @param toRead whether they have still to be read: if that is not into the queue, they do not go anywhere yet
     */
    Place awaitPlace(boolean toRead) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Place place = place();
            boolean isRoom = place instanceof Place.Room;
            reading = toRead && isRoom;
            copying = !toRead && isRoom;
            writing = !toRead && !isRoom;
            touched = true;
            watch.moved();
            return place;
        } finally {
            lock.unlock();
        }
    }

    private Place place() throws InterruptedException {
        if (done != null && end == null) {
            throw new IllegalStateException("DONE has been sent");
        }
        awaitUnlessStalled(
                writable,
                () -> direct ? inFlight == 0 && isTargetReady() : inFlight < window,
                InterruptReason.RECEIVER_STALLED);
        requireRunning();
        WritableByteChannel past = target;
        return direct && past != null ? new Place.Target(past) : new Place.Room(queue.room(window - inFlight));
    }

    private boolean isTargetReady() {
        return target != null && targetFailure == null;
    }

    /** So much was copied into the queue: it counts as in flight even if the attempt has ended in the meantime. */
    void copied(int length) {
        lock.lockedRun(() -> {
            copying = false;
            queued(dropped ? 0 : length);
        });
    }

    /** So much was read into the queue, unless the attempt has ended in the meantime. */
    void filled(int length) {
        lock.lockedRun(() -> {
            reading = false;
            queued(end == null ? length : 0);
        });
    }

    private void queued(int length) {
        queue.filled(length);
        inFlight += length;
        watch.moved();
        releaseMemory();
        // The receiver, if it waits for data.
        readable.signal();
    }

    /** So much was written to the target. */
    void written(int length) {
        lock.lockedRun(() -> {
            taken += length;
            watch.moved();
            writing = false;
            targetLeft.signalAll();
        });
    }

    /** The target can take nothing more. */
    void failed(Exception why) {
        lock.lockedRun(() -> {
            targetFailure = why;
            writing = false;
            logIfOver();
            targetLeft.signalAll();
            // The receiver, whose target it is.
            readable.signal();
        });
    }

    /** The end is what matters then, but a mistake in the target is to be known all the same. */
    private void logIfOver() {
        if (end != null) {
            if (targetFailure instanceof RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "the target of a transfer that was over failed", e);
            }
            targetFailure = null;
        }
    }

    @Override
    public boolean isWriting() {
        return writing;
    }

    void finish(Frame.Done stated) {
        lock.lockedRun(() -> {
            if (done == null && end == null) {
                done = stated;
                // The receiver, if it waits for the final frame.
                readable.signal();
            }
        });
    }

    void done(Frame.Done stated) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            finish(stated);
            awaitUnlessStalled(
                    writable, () -> end instanceof TransferState.Completed, InterruptReason.RECEIVER_STALLED);
        } finally {
            lock.unlock();
        }
    }

    void interruptBySender(InterruptReason reason) {
        lock.lockedRun(() -> finish(reason));
    }

    // ---- the receiving end

    private final class Receiving implements ReceivingEnd {
        @Override
        public Frame receive() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                direct = false;
                requireNoFailure();
                awaitFrame();
                return inFlight > 0 ? lend() : finalFrame();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Frame receive(WritableByteChannel past) throws IOException, InterruptedException {
            lock.lockInterruptibly();
            try {
                direct = true;
                target = past;
                awaitFrame();
                requireTarget();
                return inFlight > 0 ? lend() : finalFrame();
            } finally {
                target = null;
                lock.unlock();
            }
        }

        private void awaitFrame() throws InterruptedException {
            letGo();
            if (finalReceived) {
                throw new TransferException.Ended(end == null ? new TransferState.Completed(taken) : end);
            }
            awaitUnlessStalled(
                    readable,
                    () -> inFlight > 0 || done != null || end != null || targetFailure != null,
                    InterruptReason.SENDER_STALLED);
        }

        private void requireNoFailure() {
            if (targetFailure != null && end == null) {
                throw new IllegalStateException("the target has failed: this receiver is to be closed", targetFailure);
            }
        }

        private void requireTarget() throws IOException {
            logIfOver();
            if (targetFailure instanceof RuntimeException e) {
                throw e;
            }
            if (targetFailure instanceof IOException e) {
                throw e;
            }
        }

        private Frame lend() {
            ByteBuffer payload = queue.borrow(Math.min(inFlight, MAX_RUN));
            lent = payload.remaining();
            taken += lent;
            watch.moved();
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
            return lock.locked(() -> taken);
        }

        @Override
        public void complete() {
            lock.lockedRun(() -> {
                if (end instanceof TransferState.Interrupted cut) {
                    throw new TransferException.Ended(cut);
                }
                if (!finalReceived) {
                    throw new IllegalStateException("DONE has not been received");
                }
                letGo();
                finish(new TransferState.Completed(taken));
            });
        }

        @Override
        public void interrupt(InterruptReason reason) {
            lock.lockedRun(() -> {
                finish(reason);
                dropped = true;
                inFlight = lent;
                releaseMemory();
            });
        }
    }

    /** Under the lock: the receiver holds nothing any more of what came out last. */
    @Override
    public void letGo() {
        queue.free(lent);
        inFlight -= lent;
        lent = 0;
        releaseMemory();
        // The sender, if it waits for room.
        writable.signal();
    }

    @Override
    public boolean isUntouched() {
        return !touched && done == null;
    }

    /** Under the lock: the receiver has everything, whatever this attempt has brought of it. */
    @Override
    public void completed() {
        finish(new TransferState.Completed(taken));
    }

    /** Waits until the goal is reached; throws the end if that comes first, and makes it come when nothing moves. */
    private void awaitUnlessStalled(Condition condition, BooleanSupplier goal, InterruptReason stalled)
            throws InterruptedException {
        if (!watch.await(condition, () -> end != null || goal.getAsBoolean())) {
            // Who is at the target waits for it.
            finish(writing ? InterruptReason.RECEIVER_STALLED : stalled);
        }
        if (!goal.getAsBoolean()) {
            requireRunning();
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
        if (end != null && inFlight == 0 && !copying && !reading) {
            queue.release();
        }
    }
}
