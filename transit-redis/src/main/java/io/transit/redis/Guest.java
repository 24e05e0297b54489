package io.transit.redis;

import io.transit.core.InterruptReason;
import java.util.concurrent.CompletionStage;

/** A side of a transfer that is on another node, as its home sees it. Its methods may be called by any thread. */
interface Guest {
    Correspondent correspondent();

    /** It wrote. */
    void letter(Letter.FromGuest letter);

    /** It has let go of what it received up to here. */
    void credit(long epoch, long position);

    /** Tells it how the transfer ended, once all that it is to hear before has gone out. */
    default CompletionStage<?> over(Letter.Over letter) {
        return correspondent().tell(letter);
    }

    /** Somebody took or left a seat of its transfer. */
    default void stirred() {}

    /** Its node, or the store between, is gone. */
    void lost(InterruptReason reason);
}
