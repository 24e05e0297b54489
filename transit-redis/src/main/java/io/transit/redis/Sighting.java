package io.transit.redis;

import io.transit.core.Offer;
import io.transit.core.Sha256;
import io.transit.core.Token;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of an id in Redis.
 *
 * @param known what is or was offered
 * @param status where its transfer stands
 * @param node where it is open; empty if it is over
 * @param tokenHash of the sender's token
 */
record Sighting(Offer known, TransferStatus status, String node, Sha256 tokenHash) {
    static Optional<Sighting> of(TransferId id, List<Object> answer) {
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Offer known = OfferCodec.decode(id, (ByteBuffer) answer.get(1));
        TransferState state = Text.state(Text.of(answer.get(2)));
        long left = (Long) answer.get(3);
        var expiresIn = left < 0 ? Optional.<Duration>empty() : Optional.of(Duration.ofMillis(left));
        var digest = Text.digest(Text.of(answer.get(4)));
        var status = new TransferStatus(id, state, known.files(), digest, expiresIn);
        // A node of an earlier version says it only later, and nobody has this one.
        Sha256 token = Text.digest(Text.of(answer.get(6)))
                .orElseGet(() -> Token.random().hash());
        return Optional.of(new Sighting(known, status, Text.of(answer.get(5)), token));
    }

    /** What is offered, if it still is. */
    Optional<Offer> offer() {
        return status.state() instanceof TransferState.Final ? Optional.empty() : Optional.of(known);
    }
}
