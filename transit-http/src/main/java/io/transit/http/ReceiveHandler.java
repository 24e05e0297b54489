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
import java.nio.ByteBuffer;
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
        Frame first = receiver.receive();
        if (first instanceof Frame.Interrupt(var reason)) {
            answers.error(exchange, Failures.toReceiver(reason), Failures.text(reason));
        } else {
            // One who waits for the client to take the next byte does not see the sender leave.
            receiver.whenOver().thenAccept(end -> {
                if (end instanceof TransferState.Interrupted) {
                    exchange.connection().callOff();
                }
            });
            ResponseBody body = begin(exchange, receiver.offer());
            Frame.Done done = stream(body, receiver, first);
            // From now on the client may go, as it does when it has all.
            watch.end();
            finish(exchange.connection(), body, trailers(exchange, done));
            complete(receiver);
            throw exchange.end();
        }
    }

    /** Returns once the end has been verified; the answer is not finished yet. */
    private static Frame.Done stream(ResponseBody body, Receiver receiver, Frame first)
            throws IOException, InterruptedException {
        Frame frame = first;
        while (frame instanceof Frame.Data(ByteBuffer payload)) {
            body.write(payload);
            frame = receiver.receive();
        }
        return switch (frame) {
            case Frame.Data data -> throw new AssertionError(data);
            case Frame.Done done -> done;
            case Frame.Interrupt(var reason) -> throw new IOException(Failures.text(reason));
        };
    }

    /**
     * Returns when the client has the whole file, as far as it lets that be known: what was written to one that is gone, or
     * goes before it has read that, was not delivered, though writing it was no failure.
     */
    private static void finish(Connection connection, ResponseBody body, Header... trailers) throws IOException {
        // One that gets nothing but a head has all of it by now, and may go.
        boolean isAllWritten = body instanceof ResponseBody.None;
        if (!isAllWritten && connection.isEndedByPeer()) {
            throw new IOException("the receiver left before the last byte");
        }
        body.finish(trailers);
        if (!connection.close()) {
            throw new IOException("the receiver left before it had read all");
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
