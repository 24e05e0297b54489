package io.transit.core;

import java.time.Duration;

/**
 * Hears what happens in a rendezvous: logging and metrics hang here. Events are delivered one after another, in the order
 * in which they happened, on a thread of the rendezvous, which also keeps its time limits: an implementation must be quick.
 * What it throws goes to that thread's uncaught-exception handler, and changes nothing for the transfer.
 */
public interface TransferListener {
    /** Hears nothing. */
    TransferListener NONE = new TransferListener() {};

    /**
     * A sender waits.
     *
     * @param offer what it offers
     */
    default void offered(Offer offer) {}

    /**
     * A receiver has claimed.
     *
     * @param offer what it claimed
     * @param offset the first byte it wants
     */
    default void claimed(Offer offer, long offset) {}

    /**
     * One side left and may come back.
     *
     * @param offer what was offered
     * @param state where the transfer stands, and who left
     */
    default void paused(Offer offer, TransferState.Paused state) {}

    /**
     * The transfer is over. Called exactly once for each that was offered.
     *
     * @param status how it ended
     * @param elapsed from the offer to the end
     */
    default void ended(TransferStatus status, Duration elapsed) {}
}
