package io.transit.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * {@code GET /{id}}: claims the file and streams it. Nothing is answered before the sender's first byte or its DONE, so that
 * every failure until then has a status. After that a failure cuts the answer short; and the answer is finished only once
 * DONE has been verified, so that none that looks whole is not.
 */
final class ReceiveHandler {
    private static final String WHOLE = "bytes=0-";

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
        Offer offer = rendezvous.find(id).orElseThrow(() -> notOpen(id));
        exchange.begin(Status.OK_200, FileHeaders.of(offer), offer.size());
        throw exchange.end();
    }

    private TransferException notOpen(TransferId id) {
        return rendezvous.status(id).isPresent()
                        && rendezvous.status(id).get().state() instanceof TransferState.Final end
                ? new TransferException.Ended(end)
                : new TransferException.NotFound(id);
    }

    /** Answering a part with the whole would spend the link on a client that cannot use it. */
    private void requireWhole(Exchange exchange, TransferId id) {
        boolean part = exchange.header(HeaderNames.RANGE)
                .filter(range -> !range.equals(WHOLE))
                .isPresent();
        if (part && rendezvous.find(id).isPresent()) {
            throw new Refusal(Status.CONFLICT_409, "this file can only be had from its first byte");
        } else if (part) {
            // Never on to the claim: it might be offered in this very moment.
            throw notOpen(id);
        }
    }

    private void deliver(Exchange exchange, TransferId id) throws IOException, InterruptedException {
        requireWhole(exchange, id);
        boolean digest = ReprDigest.isWanted(exchange);
        try (Receiver receiver = rendezvous.claim(digest ? Claim.of(id).withDigest() : Claim.of(id))) {
            Connection connection = exchange.connection();
            PeerWatch.Watch watch = connection.watch(new BusyReceiver(connection, receiver::close));
            try {
                deliver(exchange, receiver, watch);
            } finally {
                watch.end();
            }
        }
    }

    private void deliver(Exchange exchange, Receiver receiver, PeerWatch.Watch watch)
            throws IOException, InterruptedException {
        var answer = new FileAnswer(exchange.connection(), () -> begin(exchange, receiver.offer()));
        switch (receiver.transferTo(answer)) {
            case Frame.Data data -> throw new AssertionError(data);
            case Frame.Interrupt(var reason) when answer.hasBegun() -> throw new IOException(Failures.text(reason));
            case Frame.Interrupt(var reason) ->
                answers.error(exchange, Failures.toReceiver(reason), Failures.text(reason));
            case Frame.Done done -> {
                answer.verified();
                // From now on the client may go, as it does when it has all.
                watch.end();
                answer.finish(trailers(exchange, done));
                complete(receiver);
                throw exchange.end();
            }
        }
    }

    /** A digest that the client asked for, and can take, comes behind the last chunk; so then there are chunks. */
    private static ResponseBody begin(Exchange exchange, Offer offer) throws IOException {
        ServerResponseHeaders headers = FileHeaders.of(offer);
        boolean wanted = ReprDigest.isWanted(exchange);
        boolean trailer = ReprDigest.canFollow(exchange)
                && (wanted || (offer.digest() && offer.size().isEmpty()));
        if (trailer) {
            headers.set(HeaderNames.TRAILER, ReprDigest.NAME.defaultCase());
        }
        return exchange.begin(Status.OK_200, headers, trailer ? OptionalLong.empty() : offer.size());
    }

    private static Header[] trailers(Exchange exchange, Frame.Done done) {
        return ReprDigest.canFollow(exchange)
                ? done.sha256().map(ReprDigest::of).stream().toArray(Header[]::new)
                : new Header[0];
    }

    /** The client has the whole file; that its sender was told otherwise in the meantime does not change that. */
    private static void complete(Receiver receiver) {
        try {
            receiver.complete();
        } catch (TransferException.Ended e) {
            // What the transfer's record says.
        }
    }
}
