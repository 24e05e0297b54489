package io.transit.http;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code /send} and {@code /send/{id}}, dialect 2 of docs/protocol.md: takes the first message, offers the files or brings
 * their sender back, and leaves the rest to its {@link ResumableUpload}.
 */
final class ResumableSend {
    /** Of any message but the first. */
    private static final int MAX_TEXT = 64 * 1024;

    private final Rendezvous rendezvous;
    private final HttpSettings settings;
    private final ChecksumsOfTransfers checksums = new ChecksumsOfTransfers();

    ResumableSend(Rendezvous rendezvous, HttpSettings settings) {
        this.rendezvous = rendezvous;
        this.settings = settings;
    }

    /**
     * Serves a sender.
     *
     * @param id that the client chose, or empty if it leaves that to us
     * @param links what a link begins with, before the id
     */
    void serve(WebSocket socket, Optional<TransferId> id, String links) throws IOException, InterruptedException {
        Optional<String> first = awaitFirst(socket);
        if (first.isEmpty()) {
            return;
        }
        try {
            switch (ClientMessages.read(first.get(), settings.maxManifestFiles())) {
                case ClientMessage.Offer offer -> offer(socket, offer, id.orElseGet(TransferId::random), links);
                case ClientMessage.Resume resume -> resume(socket, resume, id.orElse(resume.id()), links);
                case ClientMessage.Start start -> throw notFirst();
                case ClientMessage.Done done -> throw notFirst();
                case ClientMessage.Cancel cancel -> throw notFirst();
            }
        } catch (WebSocketException e) {
            throw socket.refuse(e);
        } catch (Refusal e) {
            socket.fail(CloseCode.REFUSED, "TOO_LARGE", e.why());
        } catch (TransferException e) {
            Outcome.tell(socket, e);
        }
    }

    private Optional<String> awaitFirst(WebSocket socket) throws IOException {
        socket.limitText(settings.maxManifest());
        var deadline = Deadline.after(
                settings.metadataDeadline(),
                () -> socket.fail(CloseCode.REFUSED, "TOO_LATE", "The first message did not come in time."));
        try {
            return socket.text();
        } finally {
            deadline.keep();
            socket.limitText(MAX_TEXT);
        }
    }

    private static WebSocketException notFirst() {
        return new WebSocketException(CloseCode.REFUSED, "the first message is an offer or a resume");
    }

    private void offer(WebSocket socket, ClientMessage.Offer wanted, TransferId id, String links)
            throws IOException, InterruptedException {
        Offer offer = offer(id, wanted).withPatience(settings.waitReceiver());
        settings.requireAllowed(offer.size().orElse(0));
        socket.engage();
        serve(socket, rendezvous.offer(offer), links, Optional.of(offer.patience()));
    }

    private static Offer offer(TransferId id, ClientMessage.Offer wanted) throws WebSocketException {
        try {
            var plain = new Offer(id, wanted.files(), false, 1, false, Offer.DEFAULT_PATIENCE);
            Offer offer = wanted.seekable() ? plain.withSeekable() : plain;
            // Whatever somebody has of it from before is the beginning of this.
            return wanted.again() && wanted.seekable() && offer.size().isPresent() ? offer.withRest(0) : offer;
        } catch (TransferException.Rejected e) {
            throw new WebSocketException(CloseCode.REFUSED, e.field() + ": " + e.getMessage());
        }
    }

    private void resume(WebSocket socket, ClientMessage.Resume wanted, TransferId id, String links)
            throws IOException, InterruptedException {
        if (!id.equals(wanted.id())) {
            throw new WebSocketException(CloseCode.REFUSED, "the id is not that of the address");
        }
        List<FileMetadata> offered = rendezvous.find(id).map(Offer::files).orElse(wanted.files());
        if (!offered.equals(wanted.files())) {
            throw new WebSocketException(CloseCode.REFUSED, "OTHER_FILES", "these are not the files that were offered");
        }
        socket.engage();
        Sender sender;
        try {
            sender = rendezvous.resume(id, wanted.token());
        } catch (TransferException.Ended e) {
            Outcome.tell(socket, e, status(id));
            return;
        }
        serve(socket, sender, links, status(id).flatMap(TransferStatus::expiresIn));
    }

    private Optional<TransferStatus> status(TransferId id) {
        try {
            return rendezvous.status(id);
        } catch (TransferException.Unavailable e) {
            return Optional.empty();
        }
    }

    private void serve(WebSocket socket, Sender sender, String links, Optional<Duration> expiresIn)
            throws IOException, InterruptedException {
        try (sender) {
            TransferId id = sender.offer().id();
            String ready = ServerMessage.ready(id, links + id, sender.token(), expiresIn);
            new ResumableUpload(socket, sender, settings, checksums.of(sender)).run(ready);
        }
    }
}
