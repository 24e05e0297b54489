package io.transit.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;

/**
 * One attempt: a bounded, one-way run of frames, {@code Data* (Done | Interrupt)}, between two ends. A {@link Rendezvous}
 * makes a new one for each attempt; {@link Sender} and {@link Receiver} are what lasts across them.
 *
 * <p>Each end is owned by one thread at a time; its {@code interrupt} may be called from any. Once the attempt is over,
 * every operation at either end fails with the same {@link TransferException.Ended} (rule T2).
 */
public interface TransferChannel {
    /**
     * Makes a channel within this process.
     *
     * @param limits of which the window and the stall time matter here
     * @return an empty channel; it holds no thread, and its memory is let go at its end
     */
    static TransferChannel inMemory(TransferLimits limits) {
        var lock = new TransferLock();
        long stallNanos = TimeUnit.NANOSECONDS.convert(limits.stall());
        BufferPool pool = BlockQueue.pool(limits.window());
        return new InMemoryChannel(lock, lock.newCondition(), stallNanos, limits.window(), pool);
    }

    /**
     * Returns the end that frames go into. Never blocks.
     *
     * @return always the same
     */
    SendingEnd sendingEnd();

    /**
     * Returns the end that frames come out of. Never blocks.
     *
     * @return always the same
     */
    ReceivingEnd receivingEnd();

    /** Where frames go in. */
    interface SendingEnd {
        /**
         * Sends the bytes between position and limit, waiting while the window is full (rules T3 and T12).
         *
         * @param bytes the payload, drained on return; an empty buffer is ignored
         * @throws TransferException.Ended if the attempt is over, or nothing was taken for the stall time
         * @throws InterruptedException if this thread was interrupted while it waited
         */
        void send(ByteBuffer bytes) throws InterruptedException;

        /**
         * Reads once from a source, straight to where its bytes go, waiting for room first and then for the source.
         *
         * @param source must block until it has something
         * @param atMost how many bytes to read at most; at least one
         * @return how many were read and sent, or -1 at the end of the source
         * @throws IOException if the source failed
         * @throws TransferException.Ended if the attempt is over, or nothing was taken for the stall time; what was read is
         *     lost
         * @throws InterruptedException if this thread was interrupted while it waited; if something was read that could not be
         *     sent any more, the attempt is over
         */
        int transferFrom(ReadableByteChannel source, int atMost) throws IOException, InterruptedException;

        /**
         * Sends DONE, and does not wait for what comes of it: {@link #done} does, with the same. Does nothing if the attempt
         * is over, or DONE was sent before. Never blocks.
         *
         * @param done what is stated of the file
         */
        void finish(Frame.Done done);

        /**
         * Sends DONE, unless it was {@linkplain #finish sent before}, and waits until the other end has {@linkplain ReceivingEnd#complete completed}.
         *
         * @param done what is stated of the file
         * @throws TransferException.Ended if the attempt was interrupted, or nothing happened for the stall time
         * @throws InterruptedException if this thread was interrupted while it waited; the call may be repeated
         */
        void done(Frame.Done done) throws InterruptedException;

        /**
         * Ends the attempt. What is in flight is still delivered, then the reason (rule T7). Does nothing if the attempt is
         * over.
         *
         * @param reason what the other end is told
         */
        void interrupt(InterruptReason reason);
    }

    /** Where frames come out. */
    interface ReceivingEnd {
        /**
         * Takes the next frame, waiting until there is one. Payload is valid until the next call at this end.
         *
         * @return payload, or the final frame
         * @throws TransferException.Ended if the final frame was returned before
         * @throws InterruptedException if this thread was interrupted while it waited
         */
        Frame receive() throws InterruptedException;

        /**
         * Takes the next frame as {@link #receive()} does; but whatever is sent while this waits is written to the target, by
         * the thread that sends it. So payload that is returned was sent before, and belongs into the target before anything
         * that follows; the final frame is returned when there is nothing left to be written.
         *
         * @param target must block until it takes something; the thread that sends may still be in it after this has failed,
         *     or has returned {@link Frame.Interrupt}
         * @return payload, or the final frame
         * @throws IOException if the target failed; the attempt cannot go on, and is to be interrupted
         * @throws TransferException.Ended if the final frame was returned before
         * @throws InterruptedException if this thread was interrupted while it waited
         */
        Frame receive(WritableByteChannel target) throws IOException, InterruptedException;

        /**
         * Returns how much came out. Never blocks.
         *
         * @return bytes of this attempt
         */
        long taken();

        /**
         * Says that everything was taken, after DONE. Idempotent.
         *
         * @throws TransferException.Ended if the attempt was interrupted
         * @throws IllegalStateException if DONE has not come out
         */
        void complete();

        /**
         * Ends the attempt. What is in flight is dropped, and whoever is blocked at the other end is woken (rule T6). Does
         * nothing if the attempt is over.
         *
         * @param reason what the other end is told
         */
        void interrupt(InterruptReason reason);
    }
}
