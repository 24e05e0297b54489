package io.transit.redis;

import io.transit.core.InterruptReason;

/** Who reads what a {@link RecordWriter} writes. Called by any thread, not under a lock of the writer. */
interface RecordPeer {
    /** It has let go of the file up to here. */
    void taken(long position);

    /** It reads this attempt no more; why, it has written. */
    void left();

    /** Its node, or the store between, is gone. */
    void lost(InterruptReason reason);
}
