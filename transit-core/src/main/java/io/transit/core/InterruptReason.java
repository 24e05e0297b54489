package io.transit.core;

/**
 * Why a transfer, or one attempt of it, ended before the whole file had arrived. Both sides are told the same reason.
 *
 * <p>The {@linkplain #code() code} is what travels between nodes; it never changes its meaning.
 */
public enum InterruptReason {
    /** The sender went away before it had said that all was sent. */
    SENDER_LEFT(1),
    /** The receiver went away before it had taken everything. */
    RECEIVER_LEFT(2),
    /** The sender was there, but no byte came from it for the stall time. */
    SENDER_STALLED(3),
    /** The receiver was there, but took no byte for the stall time. */
    RECEIVER_STALLED(4),
    /** Fewer bytes came than were declared, or what came was malformed, or its checksum was another. */
    TRUNCATED(5),
    /** More bytes came than were declared. */
    OVERRUN(6),
    /** Nobody claimed the offer in time. */
    EXPIRED(7),
    /** The node that served the other side is gone. */
    NODE_LOST(8),
    /** The store that connects the nodes is gone, or has lost its data. */
    STORE_LOST(9),
    /** The node that served the transfer is shutting down. */
    SHUTDOWN(10),
    /** One of the two sides said that it does not want the transfer any more. */
    CANCELLED(11);

    private final int code;

    InterruptReason(int code) {
        this.code = code;
    }

    /**
     * Returns the number of this reason in an INTERRUPT record.
     *
     * @return from 1 to 255
     */
    public int code() {
        return code;
    }
}
