package io.transit.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.transit.core.Rendezvous;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How a transfer stands, event after event (WHATWG HTML, section 9.2) until it is over. A change of its state is told when
 * it happens; while bytes flow, how many were taken is looked at a few times a second. Its client may leave at any time.
 */
final class EventStream implements PeerWatch.Actions {
    /** The least time between two events. */
    private static final Duration PACE = Duration.ofMillis(250);

    /** How long there may be nothing to tell before a comment shows that this is still there. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final HeaderName BUFFERING = HeaderNames.create("X-Accel-Buffering");

    private final Exchange exchange;
    private final Rendezvous rendezvous;
    private final Thread teller = Thread.currentThread();
    private final CountDownLatch gone = new CountDownLatch(1);

    EventStream(Exchange exchange, Rendezvous rendezvous) {
        this.exchange = exchange;
        this.rendezvous = rendezvous;
    }

    /** Tells how a transfer stands, and then whatever becomes of it. Throws, as the connection ends with that. */
    void tell(TransferStatus first) {
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderNames.CONTENT_TYPE, "text/event-stream");
        // nginx would keep events to itself until it has some kilobytes of them.
        headers.set(BUFFERING, "no");
        try {
            ResponseBody body = exchange.begin(Status.OK_200, headers, OptionalLong.empty());
            if (!exchange.isHead()) {
                // This is no file: what was told is true however the connection ends.
                exchange.connection().resetOnClose(false);
                follow(first, body);
            }
        } catch (IOException | InterruptedException | TransferException e) {
            throw exchange.cut(e);
        }
        throw exchange.end();
    }

    private void follow(TransferStatus first, ResponseBody body) throws IOException, InterruptedException {
        PeerWatch.Watch watch = exchange.connection().watch(this);
        try {
            Optional<TransferStatus> now = Optional.of(first);
            while (now.isPresent()) {
                TransferStatus status = now.get();
                write(body, "data: " + Json.status(status, RestOnly.of(rendezvous, status)) + "\n\n");
                now = status.state() instanceof TransferState.Final ? Optional.empty() : next(status, body);
            }
            write(body, "event: end\ndata:\n\n");
            body.finish();
        } finally {
            watch.end();
        }
    }

    /** Waits until there is something else to tell; empty when nothing is known any more. */
    private Optional<TransferStatus> next(TransferStatus told, ResponseBody body)
            throws IOException, InterruptedException {
        Duration patience = told.state() instanceof TransferState.Streaming ? Duration.ZERO : SILENCE.minus(PACE);
        long said = System.nanoTime();
        while (true) {
            if (gone.await(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the client has left");
            }
            Optional<TransferStatus> now = rendezvous.awaitChange(told, patience);
            if (now.isEmpty()
                    || !now.get().state().equals(told.state())
                    || !now.get().isLike(told)) {
                return now;
            }
            if (System.nanoTime() - said >= SILENCE.toNanos()) {
                write(body, ":\n\n");
                said = System.nanoTime();
            }
        }
    }

    private void write(ResponseBody body, String text) throws IOException {
        Deadline taken = exchange.connection().mustBeTaken();
        try {
            body.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } finally {
            taken.keep();
        }
    }

    @Override
    public void gone() {
        gone.countDown();
        teller.interrupt();
    }

    /** It acknowledges nothing of what it is told. */
    @Override
    public void silent() {
        gone();
    }
}
