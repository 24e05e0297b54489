package io.transit.http;

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
import java.util.Optional;

/**
 * {@code /receive/{id}}, dialect 1 of docs/protocol.md: shows the metadata, which consumes nothing; claims the file when the
 * client says so, and leaves the rest to its {@link WebSocketDownload}.
 */
final class WebSocketReceive {
    private static final String UNKNOWN = "File not found";

    private final Rendezvous rendezvous;
    private final HttpSettings settings;
    private final Misses misses;

    WebSocketReceive(Rendezvous rendezvous, HttpSettings settings, Misses misses) {
        this.rendezvous = rendezvous;
        this.settings = settings;
        this.misses = misses;
    }

    void serve(WebSocket socket, TransferId id) throws IOException, InterruptedException {
        if (!misses.mayAsk(socket.client().address(), id)) {
            socket.fail(CloseCode.REFUSED, Misses.TOO_MANY);
            return;
        }
        try {
            Offer offer = rendezvous.find(id).orElseThrow(() -> notOpen(id));
            socket.send(MetadataJson.write(offer));
            Optional<String> claim = awaitClaim(socket);
            if (claim.isPresent()) {
                require(socket, claim.get());
                socket.engage();
                try (Receiver receiver = rendezvous.claim(Claim.of(id))) {
                    new WebSocketDownload(socket, receiver).run();
                }
            }
        } catch (TransferException.NotFound e) {
            misses.add(socket.client().address());
            socket.closeWith(UNKNOWN, CloseCode.REFUSED);
        } catch (TransferException.Taken e) {
            socket.fail(CloseCode.REFUSED, Failures.text(e));
        } catch (TransferException e) {
            socket.fail(Failures.closeCode(e), Failures.text(e));
        }
    }

    private Optional<String> awaitClaim(WebSocket socket) throws IOException {
        var heartbeat = Heartbeat.start(socket);
        var deadline = Deadline.after(
                settings.waitReceiver(), () -> socket.fail(CloseCode.REFUSED, "The go-ahead did not come in time."));
        try {
            return socket.text();
        } finally {
            deadline.keep();
            heartbeat.stop();
        }
    }

    private static void require(WebSocket socket, String claim) throws WebSocketException {
        if (!claim.equals(WebSocketUpload.GO)) {
            throw socket.refuse(new WebSocketException(
                    CloseCode.REFUSED, "A receiver says \"" + WebSocketUpload.GO + "\" or nothing."));
        }
    }

    /** An offer that expired and one that never was look the same. */
    private TransferException notOpen(TransferId id) {
        Optional<TransferState> state = rendezvous.status(id).map(TransferStatus::state);
        return state.isPresent() && state.get() instanceof TransferState.Final end && !isExpired(end)
                ? new TransferException.Ended(end)
                : new TransferException.NotFound(id);
    }

    private static boolean isExpired(TransferState.Final end) {
        return end instanceof TransferState.Interrupted cut && cut.reason() == InterruptReason.EXPIRED;
    }
}
