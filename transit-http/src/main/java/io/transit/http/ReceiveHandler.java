package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.Claim;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import java.io.IOException;
import java.util.Optional;

/** {@code GET /{id}}: finds out what of the offer is wanted and from where on, claims that, and has it delivered. */
final class ReceiveHandler {
    private final Rendezvous rendezvous;
    private final HttpSettings settings;
    private final Answers answers;

    ReceiveHandler(Rendezvous rendezvous, HttpSettings settings, Answers answers) {
        this.rendezvous = rendezvous;
        this.settings = settings;
        this.answers = answers;
    }

    void handle(Exchange exchange, TransferId id) {
        try {
            WaitingReceiver.await(exchange, rendezvous, id, settings.waitSenderMax());
            if (exchange.isHead()) {
                describe(exchange, id);
            } else {
                deliver(exchange, id);
            }
        } catch (TransferException e) {
            answer(exchange, e);
        } catch (IOException | InterruptedException e) {
            throw exchange.cut(e);
        }
    }

    /** Answers why there is nothing to be had, and takes nothing. */
    void refuse(Exchange exchange, TransferId id) {
        answer(exchange, notOpen(id));
    }

    private void answer(Exchange exchange, TransferException failure) {
        answers.error(exchange, Failures.toReceiver(failure), Failures.textToReceiver(failure));
    }

    /** Answers with what a {@code GET} would begin with, and consumes nothing. */
    private void describe(Exchange exchange, TransferId id) throws IOException {
        Representation file = Representation.of(find(id));
        exchange.begin(Status.OK_200, FileHeaders.of(file), file.size());
        throw exchange.end();
    }

    private Offer find(TransferId id) {
        return rendezvous.find(id).orElseThrow(() -> notOpen(id));
    }

    private TransferException notOpen(TransferId id) {
        return rendezvous.status(id).isPresent()
                        && rendezvous.status(id).get().state() instanceof TransferState.Final end
                ? new TransferException.Ended(end)
                : new TransferException.NotFound(id);
    }

    private void deliver(Exchange exchange, TransferId id) throws IOException, InterruptedException {
        Optional<ByteRange> range = ByteRange.of(exchange);
        if (range.isPresent()) {
            // Never on to the claim without a look: what cannot be had in part must not be spent on that.
            Representation file = Representation.of(find(id));
            deliver(exchange, id, file, range.get().firstByte(file));
        } else {
            try (Receiver receiver = claim(exchange, id, 0)) {
                run(exchange, new Delivery(exchange, receiver, Representation.of(receiver.offer()), 0));
            }
        }
    }

    private void deliver(Exchange exchange, TransferId id, Representation file, long firstByte)
            throws IOException, InterruptedException {
        try (Receiver receiver = claim(exchange, id, firstByte)) {
            if (!Representation.of(receiver.offer()).equals(file)) {
                throw new Refusal(Status.CONFLICT_409, "another file was offered in this very moment; try again");
            }
            run(exchange, new Delivery(exchange, receiver, file, firstByte));
        }
    }

    private Receiver claim(Exchange exchange, TransferId id, long firstByte) {
        Claim claim = Claim.of(id).from(firstByte);
        return rendezvous.claim(ReprDigest.isWanted(exchange) ? claim.withDigest() : claim);
    }

    private void run(Exchange exchange, Delivery delivery) throws IOException, InterruptedException {
        InterruptReason why = delivery.run();
        answers.error(exchange, Failures.toReceiver(why), Failures.text(why));
    }
}
