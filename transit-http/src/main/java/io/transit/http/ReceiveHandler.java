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
import io.transit.core.TransferStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** {@code GET /{id}}: finds out what of the offer is wanted and from where on, claims that, and has it delivered. */
final class ReceiveHandler {
    private static final String NOT_BEGUN =
            "nobody has the beginning of this file: start anew, or say with If-Range which file you have";

    /** How long to wait until it is known that a receiver has left, or is done with its part. */
    private static final Duration SEAT_PATIENCE = Duration.ofSeconds(2);

    private final Rendezvous rendezvous;
    private final HttpSettings settings;
    private final Answers answers;
    private final ChecksumStore checksums = new ChecksumStore();
    private final BegunFiles begun = new BegunFiles();

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

    private void answer(Exchange exchange, TransferException failure) {
        answers.error(exchange, Failures.toReceiver(failure), Failures.textToReceiver(failure));
    }

    /** Answers with what a {@code GET} would begin with, and consumes nothing. */
    private void describe(Exchange exchange, TransferId id) throws IOException {
        Representation file = Selection.of(exchange).of(find(id));
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
        Selection selection = Selection.of(exchange);
        Optional<ByteRange> range = ByteRange.of(exchange);
        if (selection.isAll() && range.isEmpty()) {
            Claim claim = Claim.of(id);
            try (Receiver receiver = rendezvous.claim(ReprDigest.isWanted(exchange) ? claim.withDigest() : claim)) {
                run(exchange, receiver, Portion.of(selection.of(receiver.offer()), 0, checksums));
            }
        } else {
            // Never on to the claim without a look: what cannot be had must not be spent on that.
            Offer offer = find(id);
            Representation wanted = selection.of(offer);
            long firstByte = range.map(it -> it.firstByte(wanted)).orElse(0L);
            if (firstByte > 0 && !range.get().isOfFile() && !isBegun(offer, wanted)) {
                throw new Refusal(Status.CONFLICT_409, NOT_BEGUN);
            }
            deliver(exchange, id, selection, Portion.of(wanted, firstByte, checksums));
        }
    }

    /**
     * Whether somebody may have the beginning: of this offer, or of the same file as it was offered before. Who comes back at
     * once may do so before it is seen here that it has left, and with how much.
     */
    private boolean isBegun(Offer offer, Representation file) throws InterruptedException {
        if (begun.contains(file) || offer.rest().isPresent()) {
            return true;
        }
        return switch (file.content()) {
            case Representation.AsItIs all -> isTaken(offer.id(), 0, Long.MAX_VALUE);
            case Representation.Piece(long from, long to) -> isTaken(offer.id(), from, to);
            // What was taken may have been a file of it.
            case Representation.Packed archive -> false;
        };
    }

    private boolean isTaken(TransferId id, long from, long to) throws InterruptedException {
        Optional<TransferStatus> seen = rendezvous.status(id);
        if (seen.isPresent() && seen.get().state() instanceof TransferState.Streaming(long taken) && taken <= from) {
            seen = rendezvous.awaitChange(seen.get(), SEAT_PATIENCE);
        }
        long taken = seen.map(it -> it.state().bytes()).orElse(0L);
        return from < taken && taken <= to;
    }

    private void deliver(Exchange exchange, TransferId id, Selection selection, Portion portion)
            throws IOException, InterruptedException {
        Claim claim = portion.claim(id);
        boolean digest = portion.hasDigest() && ReprDigest.isWanted(exchange);
        try (Receiver receiver = claim(digest ? claim.withDigest() : claim)) {
            Representation found = selection.of(receiver.offer());
            if (!found.isLike(portion.whole())) {
                throw new Refusal(Status.CONFLICT_409, "another file was offered in this very moment; try again");
            }
            run(exchange, receiver, portion);
        }
    }

    /** Who asks for one file after the other may be faster than what makes its seat free again. */
    private Receiver claim(Claim claim) throws InterruptedException {
        long deadline = System.nanoTime() + SEAT_PATIENCE.toNanos();
        while (true) {
            Optional<TransferStatus> seen = rendezvous.status(claim.id());
            try {
                return rendezvous.claim(claim);
            } catch (TransferException.Taken e) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (claim.part().isEmpty() || seen.isEmpty() || !left.isPositive()) {
                    throw e;
                }
                var unused = rendezvous.awaitChange(seen.get(), left);
            }
        }
    }

    private void run(Exchange exchange, Receiver receiver, Portion portion) throws IOException, InterruptedException {
        begun.add(portion.whole());
        InterruptReason why = new Delivery(exchange, receiver, portion).run();
        answers.error(exchange, Failures.toReceiver(why), Failures.text(why));
    }
}
