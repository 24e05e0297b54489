package io.transit.http;

import io.transit.core.InterruptReason;
import io.transit.core.Sender;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A file on its way from a WebSocket. The connection's thread reads, always, so that a client that leaves is noticed at
 * once; a second thread, the attendant, waits for the receiver, and says what becomes of the transfer.
 *
 * <p>The {@link Sender} is the attendant's until it has said that chunks may come, then the reader's until all have come, and
 * then the attendant's again. What the client sends too early stays where it is, most of it in the client.
 */
final class WebSocketUpload {
    /** What either client waits for, word for word. */
    static final String GO = "Go for file chunks";

    private final WebSocket socket;
    private final Sender sender;
    private final HttpSettings settings;

    /** Open until the receiver is there, or never will be: the reader waits for that. */
    private final CountDownLatch begun = new CountDownLatch(1);

    /** Open until everything was sent, or the transfer is over: the attendant waits for that. */
    private final CountDownLatch settled = new CountDownLatch(1);

    private volatile boolean allSent;
    private long position;

    WebSocketUpload(WebSocket socket, Sender sender, HttpSettings settings) {
        this.socket = socket;
        this.sender = sender;
        this.settings = settings;
    }

    /** Returns once the client has closed, or a close was written and no thread needs the sender any more. */
    void run() throws IOException, InterruptedException {
        if (isWhole()) {
            finish();
        }
        sender.whenOver().thenRun(settled::countDown);
        Thread attendant = socket.beside(this::attend);
        try {
            read();
        } finally {
            if (!allSent || begun.getCount() > 0) {
                sender.close();
            }
            attendant.join();
        }
    }

    // ---- the connection's thread

    private void read() throws IOException, InterruptedException {
        try {
            Optional<Incoming.Payload> next = socket.binary();
            while (next.isPresent()) {
                take(next.get());
                next = socket.binary();
            }
        } catch (TransferException e) {
            fail(e);
        } catch (Refusal e) {
            socket.fail(CloseCode.REFUSED, e.why());
            sender.interrupt(InterruptReason.CANCELLED);
        }
    }

    private void take(Incoming.Payload payload) throws InterruptedException {
        begun.await();
        ByteBuffer run = payload.run();
        if (allSent) {
            if (run.hasRemaining()) {
                sender.interrupt(InterruptReason.OVERRUN);
            }
            return;
        }
        boolean isEmptyMessage = payload.begins() && payload.ends() && !run.hasRemaining();
        position += run.remaining();
        settings.requireAllowed(position);
        sender.send(run);
        if (isEmptyMessage || (payload.ends() && isWhole())) {
            finish();
        }
    }

    private boolean isWhole() {
        return sender.offer().size().orElse(-1) == position;
    }

    private void finish() {
        allSent = true;
        settled.countDown();
    }

    // ---- the attendant

    private void attend() throws IOException, InterruptedException {
        try {
            awaitReceiver();
            socket.send(GO);
            begun.countDown();
            settled.await();
            if (!allSent) {
                throw new TransferException.Ended(end());
            }
            awaitDelivery();
            socket.close();
        } catch (TransferException e) {
            fail(e);
        } finally {
            begun.countDown();
        }
    }

    private void awaitReceiver() throws InterruptedException {
        // Nobody reads while something came too early: then the cut alone would wake nobody.
        var heartbeat = Heartbeat.start(socket, sender::close);
        try {
            Optional<Sender.Demand> demand = Optional.empty();
            while (demand.isEmpty()) {
                demand = sender.awaitReceiver(settings.waitReceiver());
            }
        } finally {
            heartbeat.stop();
        }
    }

    private void awaitDelivery() throws InterruptedException {
        var heartbeat = Heartbeat.start(socket);
        try {
            sender.done();
        } finally {
            heartbeat.stop();
        }
    }

    /** How the transfer ended, once it has. */
    private TransferState.Final end() {
        return sender.whenOver().toCompletableFuture().join();
    }

    // ---- either

    private void fail(TransferException why) {
        socket.fail(Failures.closeCode(why), words(why));
    }

    private static String words(TransferException why) {
        if (why instanceof TransferException.Ended ended && ended.reason().isPresent()) {
            return switch (ended.reason().get()) {
                case RECEIVER_LEFT -> "Transfer was interrupted by the receiver.";
                case EXPIRED -> "Receiver did not connect in time.";
                case SENDER_LEFT,
                        SENDER_STALLED,
                        RECEIVER_STALLED,
                        TRUNCATED,
                        OVERRUN,
                        NODE_LOST,
                        STORE_LOST,
                        SHUTDOWN,
                        CANCELLED -> Failures.text(why);
            };
        }
        return Failures.text(why);
    }
}
