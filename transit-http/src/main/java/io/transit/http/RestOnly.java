package io.transit.http;

import io.transit.core.Offer;
import io.transit.core.Rendezvous;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.util.OptionalLong;

/** Of some transfers only the rest can be had: of those whose sender goes on where it was interrupted. */
final class RestOnly {
    private RestOnly() {}

    /** The first byte that a receiver can have who comes now; empty if that is the file's first, as ever. */
    static OptionalLong of(Rendezvous rendezvous, TransferStatus status) {
        if (!(status.state() instanceof TransferState.Paused)) {
            return OptionalLong.empty();
        }
        long first = rendezvous
                .find(status.id())
                .map(Offer::rest)
                .orElse(OptionalLong.empty())
                .orElse(0);
        return first > 0 ? OptionalLong.of(first) : OptionalLong.empty();
    }
}
