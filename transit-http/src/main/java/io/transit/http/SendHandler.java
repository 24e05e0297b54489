package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.BufferPool;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receipt;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * {@code PUT} and {@code POST}: holds the sender until its receiver is there, and then sends the request's body. A sender
 * that chose its id hears the outcome when all is over; one that leaves the choice to the server is told what happens while
 * it happens, the link first.
 */
final class SendHandler {
    private static final int BUFFER_BYTES = 256 * 1024;

    /** A form's is held while its sender waits. */
    private static final int FORM_BUFFER_BYTES = 16 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Rendezvous rendezvous;
    private final HttpSettings settings;
    private final Answers answers;
    private final BufferPool buffers = new BufferPool(BUFFER_BYTES);
    private final BufferPool formBuffers = new BufferPool(FORM_BUFFER_BYTES);

    SendHandler(Rendezvous rendezvous, HttpSettings settings, Answers answers) {
        this.rendezvous = rendezvous;
        this.settings = settings;
        this.answers = answers;
    }

    void handle(Exchange exchange) {
        SendTarget target = SendTarget.of(exchange);
        settings.requireAllowed(target.size().orElse(0));
        try (RequestBody body = exchange.body(target.isForm() ? formBuffers : buffers)) {
            Upload upload = target.isForm()
                    ? Upload.ofForm(exchange, body, target, settings.metadataDeadline())
                    : Upload.of(body, target);
            offer(exchange, target, upload);
        } catch (BodyException e) {
            // Not even a file began.
            answers.error(exchange, Status.BAD_REQUEST_400, e.why());
        } catch (IOException e) {
            throw exchange.cut(e);
        }
    }

    private void offer(Exchange exchange, SendTarget target, Upload upload) throws IOException {
        TransferId id = target.id().orElseGet(TransferId::random);
        Offer plain = Offer.of(id, upload.file()).withPatience(settings.waitReceiver());
        Offer all = ReprDigest.isWanted(exchange) ? plain.withDigest() : plain;
        Offer offer = target.rest().map(rest -> all.withRest(rest.firstByte())).orElse(all);
        SenderReport report = target.id().isPresent() && !exchange.hasParameter("progress")
                ? new FinalAnswer(exchange, answers, settings.waitReceiver())
                : new LiveText(exchange, offer, settings.heartbeat());
        try (Sender sender = open(target, offer)) {
            serve(exchange, sender, upload, report);
        } catch (TransferException e) {
            // There was no offer; whether the connection stays is what this answer says of it.
            answers.error(exchange, Failures.toSender(e), Failures.text(e));
            return;
        }
        // Its client may take its time to end the connection, for which no buffer is needed.
        upload.body().close();
        throw exchange.end();
    }

    private Sender open(SendTarget target, Offer offer) {
        return target.rest().isPresent()
                ? rendezvous.offerRest(offer, target.rest().get().token())
                : rendezvous.offer(offer);
    }

    private void serve(Exchange exchange, Sender sender, Upload upload, SenderReport report) throws IOException {
        try {
            report.offered(upload.body(), sender.token());
            Sender.Demand demand = awaitReceiver(exchange, upload.body(), sender, report);
            report.receiverCame();
            upload.body().allow();
            // The receiver may have more than the sender knew.
            upload.body().skip(demand.offset() - sender.offer().rest().orElse(0));
            report.delivered(send(exchange, upload, sender, report));
        } catch (TransferException e) {
            report.failed(Failures.toSender(e), Failures.text(e));
        } catch (BodyException e) {
            report.failed(Status.BAD_REQUEST_400, e.why());
        } catch (Refusal e) {
            report.failed(e.status(), e.why());
        } catch (InterruptedException e) {
            sender.interrupt(InterruptReason.SHUTDOWN);
            report.failed(Failures.toSender(InterruptReason.SHUTDOWN), Failures.text(InterruptReason.SHUTDOWN));
        }
    }

    private static Sender.Demand awaitReceiver(Exchange exchange, RequestBody body, Sender sender, SenderReport report)
            throws IOException, InterruptedException {
        PeerWatch.Watch watch =
                exchange.connection().watch(new WaitingSender(sender, exchange, body, report.isQuiet()));
        exchange.forgetRequest();
        try {
            Optional<Sender.Demand> demand = sender.awaitReceiver(report.heartbeat());
            while (demand.isEmpty()) {
                report.waiting();
                demand = sender.awaitReceiver(report.heartbeat());
            }
            return demand.get();
        } finally {
            watch.end();
        }
    }

    /** Sends the body to the receiver that has come, and returns once that has all of it. */
    private Receipt send(Exchange exchange, Upload upload, Sender sender, SenderReport report)
            throws IOException, InterruptedException {
        // One who waits for the next byte of the body does not see the receiver leave.
        sender.whenOver().thenAccept(end -> {
            if (end instanceof TransferState.Interrupted) {
                exchange.connection().callOff();
            }
        });
        try {
            if (upload.isPlain()) {
                sendPlain(upload.body(), sender, report);
            } else {
                sendRuns(upload, sender, report);
            }
        } catch (BodyException.Truncated e) {
            // If that is because the transfer is over, its end is the reason.
            sender.send(NOTHING);
            throw e;
        } catch (BodyException.Malformed e) {
            // Nobody cancelled it: the file ends here, and is not whole.
            sender.interrupt(InterruptReason.TRUNCATED);
            throw e;
        } catch (Refusal e) {
            sender.interrupt(InterruptReason.CANCELLED);
            throw e;
        }
        return sender.done();
    }

    private static void sendPlain(RequestBody body, Sender sender, SenderReport report)
            throws IOException, InterruptedException {
        while (sender.transferFrom(body) >= 0) {
            report.progress(sender.taken());
        }
    }

    private void sendRuns(Upload upload, Sender sender, SenderReport report) throws IOException, InterruptedException {
        long size = 0;
        for (Optional<ByteBuffer> run = upload.next(); run.isPresent(); run = upload.next()) {
            size += run.get().remaining();
            settings.requireAllowed(size);
            sender.send(run.get());
            report.progress(sender.taken());
        }
    }
}
