package io.transit.http;

import io.transit.core.InterruptReason;
import io.transit.core.Receipt;
import io.transit.core.Sender;
import io.transit.core.Sender.Demand;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Files on their way from a client that speaks dialect 2: attempt after attempt, until all was delivered. The connection's
 * thread reads, always, and drops what no attempt wants; a second thread, the attendant, waits for receivers, and says what
 * becomes of the transfer.
 *
 * <p>The {@link Sender} is the attendant's, but for the time from the fence of an attempt to the last byte of that: then it is
 * the turn of whoever holds the lock.
 */
final class ResumableUpload {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WebSocket socket;
    private final Sender sender;
    private final HttpSettings settings;
    private final RelayedChecksums checksums;

    private final ReentrantLock lock = new ReentrantLock();

    /** Signalled when the attempt ends, or all of it was sent: the attendant waits for that. */
    private final Condition changed = lock.newCondition();

    /** What the client was asked for last, until it is known to be over. */
    private @Nullable Demand asked;

    /** Whether the fence of that has come, and not its end. */
    private boolean flowing;

    /** Of the next byte to come, once it flows. */
    private long position;

    private volatile boolean allSent;
    private volatile boolean gone;
    private volatile boolean left;
    private volatile boolean cancelled;

    ResumableUpload(WebSocket socket, Sender sender, HttpSettings settings, RelayedChecksums checksums) {
        this.socket = socket;
        this.sender = sender;
        this.settings = settings;
        this.checksums = checksums;
    }

    /**
     * Returns once the client has closed, or is gone, and no thread needs the sender any more.
     *
     * @param ready the first message
     */
    void run(String ready) throws IOException, InterruptedException {
        Thread attendant = socket.beside(() -> attend(ready));
        var heartbeat = Heartbeat.start(socket, this::lost);
        try {
            read();
            left = isFarewell();
        } catch (WebSocketException e) {
            // What it meant by the rest cannot be known.
            sender.close();
            throw e;
        } catch (Refusal e) {
            socket.fail(CloseCode.REFUSED, "TOO_LARGE", e.why());
            sender.interrupt(InterruptReason.CANCELLED);
        } finally {
            lost();
            heartbeat.stop();
            attendant.join();
        }
    }

    // ---- the end of the connection

    /** Whether the client closed as a page does that is left: it will not come back, while one that is cut off may. */
    private boolean isFarewell() {
        int code = socket.farewell()
                .map(Incoming.Close::code)
                .orElse(OptionalInt.empty())
                .orElse(0);
        return code == CloseCode.NORMAL.number() || code == CloseCode.GOING_AWAY.number();
    }

    /** Nobody is there any more. What was sent entirely needs nobody, unless its receiver leaves. */
    private void lost() {
        gone = true;
        if (allSent) {
            return;
        }
        if (left) {
            sender.close();
        } else {
            sender.detach();
        }
        signal();
    }

    // ---- the connection's thread

    private void read() throws IOException, InterruptedException {
        Optional<Message> next = socket.message();
        while (next.isPresent()) {
            switch (next.get()) {
                case Message.Run(ByteBuffer bytes) -> take(bytes);
                case Message.Words(String text) -> hear(text);
            }
            next = socket.message();
        }
    }

    private void hear(String text) throws IOException {
        try {
            switch (ClientMessages.read(text, settings.maxManifestFiles())) {
                case ClientMessage.Start(String attempt, long offset) -> begin(attempt, offset);
                case ClientMessage.Done(long totalBytes) -> end(totalBytes);
                case ClientMessage.Cancel cancel -> {
                    cancelled = true;
                    sender.interrupt(InterruptReason.CANCELLED);
                }
                case ClientMessage.Offer again -> throw bad("an offer is the first message");
                case ClientMessage.Resume again -> throw bad("a resume is the first message");
            }
        } catch (WebSocketException e) {
            throw socket.refuse(e);
        }
    }

    private static WebSocketException bad(String why) {
        return new WebSocketException(CloseCode.REFUSED, why);
    }

    private void begin(String attempt, long offset) throws WebSocketException {
        lock.lock();
        try {
            Demand current = asked;
            if (current == null || !attempt.equals(ServerMessage.attempt(current))) {
                // It was over before the client heard of that.
                return;
            }
            if (offset != current.offset() || flowing || allSent) {
                throw bad("an attempt starts once, at the offset that was asked for");
            }
            flowing = true;
            position = offset;
            checksums.begin(offset);
            socket.expectPayload(true);
        } finally {
            lock.unlock();
        }
    }

    private void take(ByteBuffer bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (flowing) {
                settings.requireAllowed(position + bytes.remaining());
                send(bytes);
            } else if (allSent && bytes.hasRemaining()) {
                sender.interrupt(InterruptReason.OVERRUN);
            }
        } finally {
            lock.unlock();
        }
    }

    private void send(ByteBuffer bytes) throws InterruptedException {
        ByteBuffer sent = bytes.duplicate();
        try {
            sender.send(bytes);
        } catch (TransferException e) {
            // The attendant hears the same, and says so.
            halt();
        } finally {
            sent.limit(bytes.position());
            position += sent.remaining();
            checksums.relayed(sent);
        }
    }

    private void end(long totalBytes) {
        lock.lock();
        try {
            if (flowing) {
                if (totalBytes != position) {
                    sender.interrupt(InterruptReason.TRUNCATED);
                }
                allSent = true;
                halt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What still comes belongs to no attempt. */
    private void halt() {
        flowing = false;
        socket.expectPayload(false);
        changed.signalAll();
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- the attendant

    private void attend(String ready) throws IOException, InterruptedException {
        try {
            socket.say(ready);
            Optional<Receipt> receipt = Optional.empty();
            while (receipt.isEmpty()) {
                receipt = attempt(awaitReceiver());
            }
            Outcome.delivered(socket, receipt.get());
        } catch (TransferException.Taken e) {
            socket.dismiss(CloseCode.REFUSED, "the sender came back over another connection");
        } catch (TransferException e) {
            end(e);
        } catch (IOException e) {
            lost();
            throw e;
        }
    }

    private Demand awaitReceiver() throws InterruptedException {
        Optional<Demand> demand = Optional.empty();
        while (demand.isEmpty()) {
            demand = sender.awaitReceiver(settings.waitReceiver());
        }
        return demand.get();
    }

    /** Returns the proof that all was delivered, or empty if another attempt has to follow. */
    private Optional<Receipt> attempt(Demand demand) throws IOException, InterruptedException {
        ask(demand);
        socket.say(ServerMessage.go(demand, checksums.before(demand.offset())));
        var progress = Progress.start(socket, sender, demand.offset());
        try {
            awaitAllSent();
            return Optional.of(sender.done());
        } catch (TransferException.Paused e) {
            ask(null);
            if (gone) {
                lost();
            }
            socket.say(ServerMessage.paused(e));
            return Optional.empty();
        } finally {
            progress.stop();
        }
    }

    private void ask(@Nullable Demand demand) {
        lock.lock();
        try {
            asked = demand;
            allSent = false;
            halt();
        } finally {
            lock.unlock();
        }
    }

    private void awaitAllSent() throws InterruptedException {
        // Not on a thread of the rendezvous: whoever has the lock may have to wait for a receiver that is slow.
        sender.whenAttemptOver().thenRunAsync(this::signal, Thread::startVirtualThread);
        lock.lockInterruptibly();
        try {
            while (!allSent) {
                // Says why it cannot go on, if it cannot.
                sender.send(NOTHING);
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(TransferException why) throws InterruptedException {
        if (why instanceof TransferException.Ended ended && ended.state() instanceof TransferState.Completed) {
            // The receiver came to have the last of it while the client was not sending.
            deliveredMeanwhile(ended);
        } else if (cancelled) {
            socket.close();
        } else {
            Outcome.tell(socket, why);
        }
    }

    private void deliveredMeanwhile(TransferException.Ended ended) throws InterruptedException {
        try {
            Outcome.delivered(socket, sender.done());
        } catch (TransferException e) {
            Outcome.tell(socket, ended);
        }
    }
}
