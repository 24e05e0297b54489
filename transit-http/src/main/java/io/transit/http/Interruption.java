package io.transit.http;

import io.transit.core.InterruptReason;
import io.transit.core.TransferState;

/** What an interruption leaves of a file at its receiver, and so to its sender to do. */
final class Interruption {
    /** What systems and proxies on the way may have held of it: more than any system does without being told to. */
    private static final long ON_THE_WAY = 16 << 20;

    private Interruption() {}

    /**
     * Whether the receiver still gets all that was written to it: its answer then ends in order, short of what its head
     * announced, so that nothing on its way is lost. Where the receiver is the one that left, or may never take
     * any more, its connection is cut instead.
     */
    static boolean endsInOrder(InterruptReason reason) {
        return switch (reason) {
            case SENDER_LEFT, SENDER_STALLED, TRUNCATED, SHUTDOWN -> true;
            case RECEIVER_LEFT, RECEIVER_STALLED, OVERRUN, EXPIRED, NODE_LOST, STORE_LOST, CANCELLED -> false;
        };
    }

    /** The byte from which a sender would go on, so that its receiver has everything before that. */
    static long goesOnFrom(TransferState state) {
        return state instanceof TransferState.Interrupted(long bytes, InterruptReason reason) && !endsInOrder(reason)
                ? Math.max(0, bytes - ON_THE_WAY)
                : state.bytes();
    }
}
