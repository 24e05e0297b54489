package io.transit.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletionStage;

/**
 * The receiver's side of a transfer: take frame after frame, and complete.
 *
 * <pre>{@code
 * try (Receiver receiver = rendezvous.claim(Claim.of(id))) {
 *     for (;;) {
 *         switch (receiver.receive()) {
 *             case Frame.Data(ByteBuffer payload) -> write(payload);
 *             case Frame.Done done -> { receiver.complete(); return; }
 *             case Frame.Interrupt(InterruptReason reason) -> throw new IOException("cut short: " + reason);
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A receiver is owned by one thread at a time; only {@link #interrupt}, {@link #close}, {@link #whenOver},
 * {@link #offer} and {@link #offset} may be called from another, and whoever waits is then woken.
 */
public interface Receiver extends AutoCloseable {
    /**
     * Returns what was claimed. Never blocks.
     *
     * @return the offer
     */
    Offer offer();

    /**
     * Returns where this receiver began. Never blocks.
     *
     * @return the position of its first byte in the file
     */
    long offset();

    /**
     * Takes the next frame, waiting until there is one. The frames of one receiver are {@code Data* (Done | Interrupt)}
     * (rule T1). A sender that comes back in time is not seen here: its bytes just go on.
     *
     * @return payload; or {@link Frame.Done} when the whole file has come, which was checked against the total that the
     *     sender stated, or all of the part that was claimed; or {@link Frame.Interrupt} when it never will, with
     *     {@code RECEIVER_STALLED} if another has taken this receiver's seat
     * @throws TransferException.Ended if the final frame was returned before, or this receiver was closed
     * @throws InterruptedException if this thread was interrupted while it waited; nothing is lost
     */
    Frame receive() throws InterruptedException;

    /**
     * Takes all frames that are still to come, and writes their payload to a target. Where the sender is in the same process
     * it is the sender's thread that writes, with no queue between, while this one waits for the end. Bytes come to the
     * target in their order, from one thread at a time, and none after this has returned or failed.
     *
     * @param target must block until it takes something, and may take a part. If the transfer is cut short and it does not take
     *     what is in flight within seconds it is closed, which has to end what is being written, as it does for the
     *     channels of the JDK
     * @return the final frame, as {@link #receive} would: when it is {@link Frame.Done} the target has taken everything
     * @throws IOException if the target failed; what it has taken is not known, and this receiver is to be closed
     * @throws TransferException.Ended if the final frame was returned before, or this receiver was closed
     * @throws InterruptedException if this thread was interrupted while it waited; nothing is lost, unless the sender was
     *     writing to the target, which then was closed
     */
    default Frame transferTo(WritableByteChannel target) throws IOException, InterruptedException {
        var guard = TargetGuard.of(target, whenOver());
        try {
            Frame frame = receive();
            while (frame instanceof Frame.Data(ByteBuffer payload)) {
                Targets.write(payload, target);
                frame = receive();
            }
            return frame;
        } catch (IOException e) {
            return Targets.failed(e, whenOver());
        } finally {
            guard.leave();
        }
    }

    /**
     * Says that everything was taken to where it belongs, after {@link Frame.Done}: the sender is told so, or, if this was a
     * part and others are missing, awaits the next receiver. Idempotent, never blocks.
     *
     * @throws TransferException.Ended if the transfer was interrupted, or another has taken this receiver's seat
     * @throws IllegalStateException if {@link Frame.Done} has not been received
     */
    void complete();

    /**
     * Tells when the transfer is over for this receiver, whoever ended it: for one of a part when that is completed, for one
     * that leaves then, and for one whose seat another takes then. So that one who is busy elsewhere, reading from a socket
     * perhaps, can be called off. Never blocks. What depends on it runs on a thread of the rendezvous, and must be quick.
     *
     * @return completed with how the transfer ended for this receiver; never completed exceptionally
     */
    CompletionStage<TransferState.Final> whenOver();

    /**
     * Ends the transfer, and tells the sender why. Does nothing if it is over already. Never blocks.
     *
     * @param reason what the sender is told
     */
    void interrupt(InterruptReason reason);

    /**
     * Leaves. Unless {@link #complete} came before, the sender is told {@code RECEIVER_LEFT}; the seat of a sender that can
     * seek is free again, any other transfer is over. Idempotent, never blocks.
     */
    @Override
    void close();
}
