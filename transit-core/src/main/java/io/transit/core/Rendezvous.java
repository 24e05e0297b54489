package io.transit.core;

import java.time.Duration;
import java.util.Optional;

/**
 * The place where offers are made and claimed. All methods may be called by any number of threads at once.
 *
 * <table>
 * <caption>What blocks</caption>
 * <tr><th>method</th><th>waits for</th></tr>
 * <tr><td>{@link #offer}, {@link #offerRest}, {@link #resume}, {@link #find}, {@link #claim}, {@link #status}</td>
 *     <td>nobody; where a store lies between the nodes, one round trip to it</td></tr>
 * <tr><td>{@link #awaitOffer}</td><td>an offer, up to the given time</td></tr>
 * <tr><td>{@link #awaitChange}</td><td>a transfer to stand otherwise, up to the given time</td></tr>
 * <tr><td>{@link #shutdown}</td><td>running transfers, up to the given time</td></tr>
 * </table>
 */
public interface Rendezvous extends AutoCloseable {
    /**
     * Takes an id and offers a file under it. Of several that do so at once, exactly one succeeds (rule T5). The record of
     * an earlier transfer of the same id that has ended is replaced.
     *
     * @param offer what is offered
     * @return the sender's handle; to be closed
     * @throws TransferException.Taken if the id is offered already
     * @throws TransferException.Rejected if this rendezvous cannot serve such an offer
     * @throws TransferException.Unavailable if it is at capacity, is shutting down, or cannot reach its store
     */
    Sender offer(Offer offer);

    /**
     * Offers the rest of files whose transfer was interrupted, under its id and token, for a receiver that has the beginning:
     * for a sender that cannot {@linkplain #resume come back} into the open transfer, as it could not start at any byte.
     * Possible as long as {@linkplain TransferLimits#statusKeep the status is kept}, and as often as it is interrupted.
     *
     * @param rest what is offered, with {@linkplain Offer#withRest the byte} from which the sender goes on, which is none
     *     behind those that were taken
     * @param token what {@link Sender#token()} returned; it is the token of this one, too
     * @return the sender's handle; to be closed. The demand's offset may be behind that byte
     * @throws TransferException.NotFound if nothing is known of the id
     * @throws TransferException.Taken if that transfer is still open
     * @throws TransferException.Ended if it is complete
     * @throws TransferException.Rejected if the {@code token} is not that of the transfer, the {@code size} is another, or is
     *     not known, or the {@code rest} begins behind what was taken
     * @throws TransferException.Unavailable as {@link #offer}
     */
    Sender offerRest(Offer rest, Token token);

    /**
     * Brings a sender back into its open transfer. The handle that had the seat loses it: every later use of it fails with
     * {@link TransferException.Taken}.
     *
     * @param id the name in the link
     * @param token what {@link Sender#token()} returned
     * @return a new handle; its {@link Sender#awaitReceiver} says from which byte to go on
     * @throws TransferException.NotFound if nothing is known of the id
     * @throws TransferException.Ended if the transfer is over
     * @throws TransferException.Rejected if the {@code token} is not that of this transfer, or if bytes have flowed and the
     *     sender said that it is not {@code seekable}
     * @throws TransferException.Unavailable if the store cannot be reached
     */
    Sender resume(TransferId id, Token token);

    /**
     * Looks up an open offer, claimed or not. Never consumes anything.
     *
     * @param id the name in the link
     * @return what is offered, or empty if nothing is (any more)
     * @throws TransferException.Unavailable if the store cannot be reached
     */
    Optional<Offer> find(TransferId id);

    /**
     * Waits for an id to be offered, and returns at once if it is. Never consumes anything: of several who wait for an id
     * all are woken, and {@link #claim} decides between them. By then the offer may have been claimed, or be over.
     *
     * <p>An id of which nothing is known, and one whose transfer has ended, are waited for alike. Nothing of this is left
     * when it returns.
     *
     * @param id the name in the link
     * @param atMost how long to wait; zero or less only looks
     * @return what is offered, claimed or not; or empty if the time is over and nothing is
     * @throws TransferException.Unavailable if nothing is offered and this rendezvous is at its end, or comes to it while this
     *     waits; or if the store cannot be reached
     * @throws InterruptedException if this thread was interrupted while it waited
     */
    Optional<Offer> awaitOffer(TransferId id, Duration atMost) throws InterruptedException;

    /**
     * Takes the receiver's seat of an offer. Of several that do so at once, exactly one succeeds (rule T5), and one that
     * fails has changed nothing.
     *
     * <p>Who comes back for the rest, or for a part, may find the seat held by what it left behind, of which nobody knows yet that
     * it is gone. If that has taken no byte for {@link TransferLimits#takeOver()}, and the sender can seek, the seat is taken
     * from it.
     *
     * @param claim what is wanted
     * @return the receiver's handle; to be closed
     * @throws TransferException.NotFound if nothing is known of the id
     * @throws TransferException.Taken if somebody else is receiving
     * @throws TransferException.Ended if the transfer is over
     * @throws TransferException.Rejected if the sender cannot start at that offset, or bring that part alone
     * @throws TransferException.Unavailable if the store cannot be reached
     */
    Receiver claim(Claim claim);

    /**
     * Tells how a transfer stands, or how it ended.
     *
     * @param id the name in the link
     * @return a snapshot, or empty if nothing is known of the id (any more)
     * @throws TransferException.Unavailable if the store cannot be reached
     */
    Optional<TransferStatus> status(TransferId id);

    /**
     * Waits until a transfer stands otherwise than somebody knows it to: bytes that were taken are {@linkplain
     * TransferStatus#isLike no such change}, so that whoever wants to see these looks as often as it likes. Never consumes
     * anything, and any number may wait.
     *
     * @param known how the transfer stood
     * @param atMost how long to wait; zero or less only looks
     * @return how it stands by then, changed or not; or empty if nothing is known of the id any more
     * @throws TransferException.Unavailable if the store cannot be reached, or this node shuts down and cannot wait for it
     * @throws InterruptedException if this thread was interrupted while it waited
     */
    Optional<TransferStatus> awaitChange(TransferStatus known, Duration atMost) throws InterruptedException;

    /**
     * Ends this rendezvous. New offers are refused at once, and whoever waits for the other side is told; what is streaming
     * may go on for the given time, and is interrupted then. The reason is {@link InterruptReason#SHUTDOWN}. A listener that
     * does not take its time has been told of all of them when this returns.
     *
     * @param drain how long running transfers may go on; from zero
     * @throws InterruptedException if this thread was interrupted while it waited; everything has been interrupted then
     */
    void shutdown(Duration drain) throws InterruptedException;

    /** Ends this rendezvous and interrupts all of its transfers. Idempotent. */
    @Override
    void close();
}
