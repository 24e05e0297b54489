package io.transit.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The sender's side of a transfer: wait for a receiver, send, be done.
 *
 * <pre>{@code
 * try (Sender sender = rendezvous.offer(offer)) {
 *     Demand demand = sender.awaitReceiver(Duration.ofMinutes(15)).orElseThrow();
 *     // the bytes from demand.offset() on
 *     sender.send(bytes);
 *     Receipt receipt = sender.done();
 * }
 * }</pre>
 *
 * <p>A sender that can seek may have several receivers, one after the other: one that leaves is followed by one that wants the
 * rest, and each may want but a {@linkplain Claim#part part}. To the sender a receiver that has its part is one that has left.
 * With the last part that was missing the transfer is complete, wherever in the files that lies and whatever the sender is at:
 * then {@link #done} returns the receipt, and every other method throws {@link TransferException.Ended} of the state
 * {@link TransferState.Completed}, after which {@link #done} returns the receipt as well.
 *
 * <pre>{@code
 * while (true) {
 *     try {
 *         Demand demand = sender.awaitReceiver(Duration.ofMinutes(15)).orElseThrow();
 *         // send all bytes from demand.offset() on, however many are wanted
 *         return sender.done();
 *     } catch (TransferException.Paused next) {
 *         // who comes next says where to begin
 *     } catch (TransferException.Ended over) {
 *         if (over.state() instanceof TransferState.Completed) {
 *             return sender.done();
 *         }
 *         throw over;
 *     }
 * }
 * }</pre>
 *
 * <p>A sender is owned by one thread at a time; only {@link #interrupt}, {@link #detach}, {@link #close}, {@link #taken},
 * {@link #whenOver}, {@link #offer} and {@link #token} may be called from another, and whoever waits is then woken.
 *
 * <p>Once the transfer is over, every method that throws {@link TransferException.Ended} throws it, with the same end
 * (rule T2).
 */
public interface Sender extends AutoCloseable {
    /**
     * What the receiver wants, and the attempt that begins with it.
     *
     * @param offset the first byte to send, counted from the file's first
     * @param attempt a random number, the attempt's own: what was sent in another attempt is never delivered in this one
     */
    record Demand(long offset, long attempt) {}

    /**
     * Returns what was offered. Never blocks.
     *
     * @return the offer
     */
    Offer offer();

    /**
     * Returns what a sender must show to {@linkplain Rendezvous#resume come back}. Never blocks.
     *
     * @return a secret, the same for the whole life of the transfer
     */
    Token token();

    /**
     * Waits for a receiver, and begins an attempt. Called again after {@link TransferException.Paused}, it waits for the
     * next receiver. While a begun attempt is still running it returns the same demand again.
     *
     * @param atMost how long to wait; the offer's own patience goes on beside it
     * @return what to send, or empty if nobody came in that time
     * @throws TransferException.Ended if the transfer is over: with {@code EXPIRED} when the offer's patience is
     * @throws TransferException.Taken if another handle came with the token
     * @throws InterruptedException if this thread was interrupted while it waited; the offer stands
     */
    Optional<Demand> awaitReceiver(Duration atMost) throws InterruptedException;

    /**
     * Sends the bytes between position and limit, waiting while {@link TransferLimits#window()} bytes are in flight.
     *
     * <p>On return the buffer is drained and may be reused. What was sent is on its way, not yet at its end. Of bytes behind the
     * part that the receiver wants none is sent: then this waits until the receiver has completed or left, and fails.
     *
     * @param bytes the payload; an empty buffer is ignored
     * @throws TransferException.Paused if the receiver left, or has its part, and another may come; call {@link #awaitReceiver}
     *     next
     * @throws TransferException.Ended if the receiver left, stalled or its node was lost; or with {@code OVERRUN} if these
     *     are more bytes than were declared
     * @throws TransferException.Taken if another handle came with the token
     * @throws TransferException.Unavailable if there is no memory for the window; nothing was sent
     * @throws IllegalStateException if no attempt has begun
     * @throws InterruptedException if this thread was interrupted while it waited; how much was sent is the buffer's position
     */
    void send(ByteBuffer bytes) throws InterruptedException;

    /**
     * Reads once from a source, straight to where its bytes go, and sends what was read: a copy less than reading and
     * {@linkplain #send sending}. Waits first as {@link #send} does, and then for the source.
     *
     * @param source must block until it has something; it sees as much room as there is, and often not that of one call before
     * @return how many bytes were read and sent, or -1 at the end of the source
     * @throws IOException if the source failed
     * @throws TransferException.Paused as {@link #send}; what was read is lost with the attempt
     * @throws TransferException.Ended as {@link #send}
     * @throws TransferException.Taken if another handle came with the token
     * @throws TransferException.Unavailable if there is no memory to read into
     * @throws IllegalStateException if no attempt has begun
     * @throws InterruptedException if this thread was interrupted while it waited; if something had been read that could not
     *     be sent any more, the attempt is over
     */
    int transferFrom(ReadableByteChannel source) throws IOException, InterruptedException;

    /**
     * Says that all was sent, and waits until the receiver has taken everything. Once the transfer is complete this returns at
     * once, whatever was sent last.
     *
     * @return the proof that everything has been taken
     * @throws TransferException.Paused as {@link #send}: the receiver has its part, and others are still missing
     * @throws TransferException.Ended as {@link #send}; or with {@code TRUNCATED} if these were fewer bytes than declared
     * @throws TransferException.Taken if another handle came with the token
     * @throws IllegalStateException if no attempt has begun
     * @throws InterruptedException if this thread was interrupted while it waited; the call may be repeated
     */
    Receipt done() throws InterruptedException;

    /**
     * Says that all was sent, and what its digest is. Where a digest is computed on the way and is another, the transfer
     * ends with {@code TRUNCATED} (rule T8); where none is, this one is passed on to the receiver.
     *
     * @param stated the SHA-256 of the whole file
     * @return the proof that the receiver has taken everything
     * @throws TransferException.Paused as {@link #send}
     * @throws TransferException.Ended as {@link #done()}
     * @throws TransferException.Taken if another handle came with the token
     * @throws IllegalStateException if no attempt has begun
     * @throws InterruptedException if this thread was interrupted while it waited; the call may be repeated
     */
    Receipt done(Sha256 stated) throws InterruptedException;

    /**
     * Returns how far the receiver is. Never blocks.
     *
     * @return the position in the file up to which the receiver has taken it
     */
    long taken();

    /**
     * Tells when the transfer is over, whoever ended it: so that one who is busy elsewhere, reading from a socket perhaps,
     * can be called off. Never blocks. What depends on it runs on a thread of the rendezvous, and must be quick.
     *
     * @return completed with how the transfer ended, unless this handle had lost its seat before: then it may hear of nothing
     *     any more; never completed exceptionally
     */
    CompletionStage<TransferState.Final> whenOver();

    /**
     * Tells when the attempt that {@link #awaitReceiver} returned last can bring no more: its receiver has left or has its part,
     * the seat was left or lost, or the transfer is over. So one who has nothing to send for a while need not try. Never blocks.
     * What depends on it runs on a thread of the rendezvous, and must be quick; {@link #send} of nothing then throws why.
     *
     * @return completed with what was wanted of that attempt, never exceptionally
     * @throws IllegalStateException if no attempt has begun
     */
    CompletionStage<Demand> whenAttemptOver();

    /**
     * Ends the transfer, and tells the receiver why. Does nothing if it is over already. Never blocks.
     *
     * @param reason what the receiver is told
     */
    void interrupt(InterruptReason reason);

    /**
     * Leaves the seat to whoever comes back with the {@linkplain #token() token} within the time of grace; the receiver's
     * stream stays open so long. After that, or at once if bytes have flowed and the sender cannot seek, this is
     * {@code interrupt(SENDER_LEFT)}. Does nothing if the transfer is over or the seat is another's. Never blocks.
     */
    void detach();

    /**
     * Leaves: {@code interrupt(SENDER_LEFT)}, unless the transfer is over, or this handle has {@linkplain #detach left} its
     * seat or lost it to another. Idempotent, never blocks.
     */
    @Override
    void close();
}
