package io.transit.http;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code /send/{id}}, dialect 1 of docs/protocol.md: takes the metadata, offers the file, and leaves the rest to its
 * {@link WebSocketUpload}.
 */
final class WebSocketSend {
    private final Rendezvous rendezvous;
    private final HttpSettings settings;

    WebSocketSend(Rendezvous rendezvous, HttpSettings settings) {
        this.rendezvous = rendezvous;
        this.settings = settings;
    }

    void serve(WebSocket socket, TransferId id) throws IOException, InterruptedException {
        Optional<String> json = awaitMetadata(socket);
        if (json.isEmpty()) {
            return;
        }
        try {
            FileMetadata file = MetadataJson.read(json.get());
            settings.requireAllowed(file.size().orElse(0));
            offer(socket, Offer.of(id, file).withPatience(settings.waitReceiver()));
        } catch (WebSocketException e) {
            throw socket.refuse(e);
        } catch (Refusal e) {
            socket.fail(CloseCode.REFUSED, e.why());
        } catch (TransferException.Taken e) {
            socket.fail(CloseCode.REFUSED, "Transfer ID is already used.");
        } catch (TransferException e) {
            socket.fail(Failures.closeCode(e), Failures.text(e));
        }
    }

    private Optional<String> awaitMetadata(WebSocket socket) throws IOException {
        var deadline = Deadline.after(
                settings.metadataDeadline(),
                () -> socket.fail(CloseCode.REFUSED, "File metadata did not come in time."));
        try {
            return socket.text();
        } finally {
            deadline.keep();
        }
    }

    private void offer(WebSocket socket, Offer offer) throws IOException, InterruptedException {
        socket.engage();
        try (Sender sender = rendezvous.offer(offer)) {
            new WebSocketUpload(socket, sender, settings).run();
        }
    }
}
