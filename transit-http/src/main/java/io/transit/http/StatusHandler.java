package io.transit.http;

import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.transit.core.Rendezvous;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferStatus;
import java.io.IOException;
import java.util.List;

/** {@code GET /api/transfers/{id}} and what is below it: how a transfer stands, for programs. Never consumes anything. */
final class StatusHandler {
    private static final List<String> QR = List.of("qr");

    private final Rendezvous rendezvous;
    private final HttpSettings settings;
    private final Answers answers;
    private final Misses misses;

    StatusHandler(Rendezvous rendezvous, HttpSettings settings, Answers answers, Misses misses) {
        this.rendezvous = rendezvous;
        this.settings = settings;
        this.answers = answers;
        this.misses = misses;
    }

    /**
     * Answers.
     *
     * @param aspect the segments of the path behind the id
     */
    void handle(Exchange exchange, TransferId id, List<String> aspect) {
        if (!aspect.equals(QR)) {
            // The code of an id says nothing of whether there is a transfer.
            exchange.seek(misses, id);
        }
        switch (String.join("/", aspect)) {
            case "" -> object(exchange, known(id));
            case "bytes" ->
                exchange.answer(
                        Status.OK_200,
                        Long.toString(Interruption.goesOnFrom(known(id).state())));
            case "events" -> events(exchange, id);
            case "qr" -> QrHandler.handle(exchange, id);
            default ->
                throw new Refusal(
                        Status.NOT_FOUND_404,
                        "of a transfer there is /api/transfers/{id}, and /bytes, /events and /qr");
        }
    }

    private TransferStatus known(TransferId id) {
        return rendezvous.status(id).orElseThrow(() -> new Refusal(Status.NOT_FOUND_404, Failures.UNKNOWN));
    }

    private void object(Exchange exchange, TransferStatus status) {
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderValues.CONTENT_TYPE_JSON);
        exchange.answer(Status.OK_200, headers, Json.status(status, RestOnly.of(rendezvous, status)));
    }

    private void events(Exchange exchange, TransferId id) {
        TransferStatus first;
        try {
            WaitingReceiver.await(exchange, rendezvous, id, settings.waitSenderMax());
            first = known(id);
        } catch (TransferException e) {
            answers.error(exchange, Failures.toReceiver(e), Failures.textToReceiver(e));
            return;
        } catch (IOException | InterruptedException e) {
            throw exchange.cut(e);
        }
        new EventStream(exchange, rendezvous).tell(first);
    }
}
