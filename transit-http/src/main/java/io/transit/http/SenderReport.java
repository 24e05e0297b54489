package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.Receipt;
import io.transit.core.Token;
import java.io.IOException;
import java.time.Duration;

/** How a sender hears what becomes of its transfer. Each call may wait for the client to take what is written. */
interface SenderReport {
    /** How often {@link #waiting} wants to be called. */
    Duration heartbeat();

    /** Whether nothing is written before all is over, so that interim answers may be. */
    boolean isQuiet();

    /**
     * The offer is made.
     *
     * @param token what its sender may go on with
     */
    void offered(RequestBody body, Token token) throws IOException;

    /** Nobody has come yet. */
    void waiting() throws IOException;

    /** The receiver is there. */
    void receiverCame() throws IOException;

    /** The receiver has taken so many bytes. */
    void progress(long taken) throws IOException;

    /** The receiver has taken everything. */
    void delivered(Receipt receipt) throws IOException;

    /** It is over, and the receiver does not have the file. */
    void failed(Status status, String why) throws IOException;
}
