package io.transit.redis;

import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receipt;
import io.transit.core.Sender;
import io.transit.core.Sha256;
import io.transit.core.Token;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A sender that came back on another node than that where it offered: writes to its home, which sends on. */
final class RemoteSender implements Sender, Visit.Side, RecordPeer {
    /** Who stalls is found out at home. */
    private static final Duration NEVER = Duration.ofDays(3650);

    private final Node node;
    private final Visit visit;
    private final Token token;
    private final ReentrantLock lock = new ReentrantLock();

    /** Signalled when an attempt begins, and at the end: only the sender waits here. */
    private final Condition changed = lock.newCondition();

    private final CompletableFuture<RemoteSender> seat = new CompletableFuture<>();
    private final CompletableFuture<TransferState.Final> whenOver = new CompletableFuture<>();
    private @Nullable Offer offer;
    private @Nullable Demand demand;
    private @Nullable RecordWriter writer;

    /** The attempt that the owner knows of; another may have begun already. */
    private @Nullable Demand known;

    /** Its writer. */
    private @Nullable RecordWriter running;

    private CompletableFuture<Demand> whenAttemptOver = new CompletableFuture<>();

    /** Why the owner's attempt is over, until it has asked for the next one. */
    private Letter.@Nullable Paused paused;

    private long position;
    private volatile long taken;
    private boolean lostSeat;
    private TransferState.@Nullable Final over;
    private Optional<Receipt> receipt = Optional.empty();

    private RemoteSender(Node node, TransferId id, Token token) {
        this.node = node;
        this.token = token;
        this.visit = new Visit(node, id, this);
    }

    /**
     * Asks the home of the offer for the sender's seat.
     *
     * @return the sender, or empty if this node is the home
     */
    static Optional<Sender> resume(Node node, TransferId id, Token token) {
        var sender = new RemoteSender(node, id, token);
        return sender.enter() ? Optional.of(sender) : Optional.empty();
    }

    private boolean enter() {
        var request = new Letter.Resume(visit.name(), node.channel());
        var proof = Text.bytes(token.hash().hex());
        Optional<Offer> found = visit.enter(Script.RESUME, request, seat, proof);
        found.ifPresent(offered -> offer = offered);
        return found.isPresent();
    }

    @Override
    public Offer offer() {
        return Objects.requireNonNull(offer);
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public Optional<Demand> awaitReceiver(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            requireSeat();
            long left = TimeUnit.NANOSECONDS.convert(atMost);
            while (demand == null && left > 0) {
                left = changed.awaitNanos(left);
                requireSeat();
            }
            Demand current = demand;
            if (current != null && running != writer) {
                running = writer;
                known = current;
                whenAttemptOver = new CompletableFuture<>();
                paused = null;
                position = current.offset();
            }
            return Optional.ofNullable(current);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void send(ByteBuffer bytes) throws InterruptedException {
        RecordWriter into = requireRunning();
        if (bytes.remaining() > offer().size().orElse(Long.MAX_VALUE) - position) {
            throw refuse(InterruptReason.OVERRUN);
        }
        int before = bytes.position();
        try {
            into.send(bytes);
        } catch (TransferException.Ended e) {
            throw whyEnded(e);
        } finally {
            position += bytes.position() - before;
        }
    }

    @Override
    public int transferFrom(ReadableByteChannel source) throws IOException, InterruptedException {
        RecordWriter into = requireRunning();
        long left = offer().size().orElse(Long.MAX_VALUE) - position;
        if (left == 0) {
            return requireEnd(source);
        }
        try {
            int count = into.transferFrom(source, (int) Math.min(left, Integer.MAX_VALUE));
            position += Math.max(count, 0);
            return count;
        } catch (TransferException.Ended e) {
            throw whyEnded(e);
        }
    }

    /** Whether there is more than was declared shows only when it is read. */
    private int requireEnd(ReadableByteChannel source) throws IOException {
        int count = source.read(ByteBuffer.allocate(1));
        if (count > 0) {
            throw refuse(InterruptReason.OVERRUN);
        }
        return count;
    }

    @Override
    public Receipt done() throws InterruptedException {
        return done(Optional.empty());
    }

    @Override
    public Receipt done(Sha256 stated) throws InterruptedException {
        return done(Optional.of(stated));
    }

    private Receipt done(Optional<Sha256> stated) throws InterruptedException {
        Optional<Receipt> earlier = locked(() -> receipt);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        RecordWriter into = requireRunning();
        if (position < offer().size().orElse(0)) {
            throw refuse(InterruptReason.TRUNCATED);
        }
        try {
            into.done(new Frame.Done(position, OptionalInt.empty(), stated));
        } catch (TransferException.Ended e) {
            throw whyEnded(e);
        }
        return locked(() -> receipt).orElseThrow();
    }

    private void requireSeat() {
        TransferState.Final how = over;
        if (how != null) {
            throw new TransferException.Ended(how);
        }
        if (lostSeat) {
            throw new TransferException.Taken("the sender's seat was left, or is another's");
        }
    }

    private RecordWriter requireRunning() {
        return locked(() -> {
            requireSeat();
            RecordWriter current = running;
            if (current == null) {
                throw notBegun();
            }
            Letter.Paused why = paused;
            if (why != null) {
                throw why.exception();
            }
            return current;
        });
    }

    /** Translates the end of an attempt into what it means for the transfer. */
    private TransferException whyEnded(TransferException.Ended e) {
        return locked(() -> {
            try {
                requireSeat();
            } catch (TransferException why) {
                return why;
            }
            Letter.Paused why = paused;
            return why != null ? why.exception() : refuse(e.reason().orElseThrow());
        });
    }

    private TransferException refuse(InterruptReason reason) {
        interrupt(reason);
        return locked(() -> new TransferException.Ended(Objects.requireNonNull(over)));
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    public CompletionStage<TransferState.Final> whenOver() {
        return whenOver.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Demand> whenAttemptOver() {
        return locked(() -> {
            if (known == null) {
                throw notBegun();
            }
            return whenAttemptOver.minimalCompletionStage();
        });
    }

    private static IllegalStateException notBegun() {
        return new IllegalStateException("no attempt has begun: call awaitReceiver");
    }

    // ---- leaving

    @Override
    public void interrupt(InterruptReason reason) {
        lockedRun(() -> {
            if (over == null && !lostSeat) {
                visit.tell(new Letter.Interrupt(visit.name(), reason));
                over = new TransferState.Interrupted(taken, reason);
                endAttempt(reason);
            }
        });
    }

    @Override
    public void shutdown() {
        interrupt(InterruptReason.SHUTDOWN);
        lost(InterruptReason.SHUTDOWN);
    }

    @Override
    public void detach() {
        lockedRun(() -> {
            if (over == null && !lostSeat) {
                visit.tell(new Letter.Leave(visit.name()));
                lostSeat = true;
                visit.quiet();
                endAttempt(InterruptReason.SENDER_LEFT);
            }
        });
    }

    @Override
    public void close() {
        interrupt(InterruptReason.SENDER_LEFT);
    }

    private void endAttempt(InterruptReason reason) {
        demand = null;
        if (writer != null) {
            writer.interrupt(reason);
        }
        attemptOver();
    }

    /** Under the lock: says so to whoever waits for it, outside of the lock. */
    private void attemptOver() {
        changed.signalAll();
        Demand last = known;
        if (last != null) {
            whenAttemptOver.completeAsync(() -> last, Thread::startVirtualThread);
        }
    }

    // ---- what comes from elsewhere

    @Override
    public void letter(Letter letter) {
        lockedRun(() -> {
            switch (letter) {
                case Letter.Seated yes -> seat.complete(this);
                case Letter.Refused no -> seat.completeExceptionally(no.exception(visit.keys()));
                case Letter.Go(long epoch, long from) -> begin(new Demand(from, epoch));
                case Letter.Paused(InterruptReason reason, OptionalLong bytes, boolean completed) -> {
                    taken = bytes.orElse(taken);
                    if (paused == null) {
                        paused = new Letter.Paused(reason, OptionalLong.of(taken), completed);
                    }
                    endAttempt(reason);
                }
                case Letter.Superseded gone -> {
                    // It had the seat, even if that comes before the word of it.
                    seat.complete(this);
                    lostSeat = true;
                    endAttempt(InterruptReason.SENDER_LEFT);
                    visit.leave();
                }
                case Letter.Over(TransferState.Final how, Duration elapsed, Optional<Sha256> sum) ->
                    over(how, elapsed, sum);
                case Letter.FromGuest misled -> {}
            }
        });
    }

    private void begin(Demand begun) {
        seat.complete(this);
        if (over != null || lostSeat) {
            return;
        }
        var attempt = new RemoteAttempt(node, visit.keys(), visit.name(), begun.attempt(), begun.offset());
        var opened = new RecordWriter(attempt, node.settings.window(), NEVER, this);
        visit.attempt(begun.attempt());
        demand = begun;
        writer = opened;
        taken = begun.offset();
        node.connections.borrow(visit.keys().queue(begun.attempt())).whenComplete((link, e) -> {
            if (e == null) {
                opened.open(link);
            } else {
                opened.fail(InterruptReason.STORE_LOST);
                lost(InterruptReason.STORE_LOST);
            }
        });
        changed.signalAll();
    }

    private void over(TransferState.Final how, Duration elapsed, Optional<Sha256> digest) {
        if (whenOver.isDone()) {
            return;
        }
        seat.completeExceptionally(new TransferException.Ended(how));
        if (over == null) {
            over = how;
        }
        switch (how) {
            case TransferState.Completed(long bytes) -> {
                taken = bytes;
                receipt = lostSeat ? Optional.empty() : Optional.of(new Receipt(bytes, elapsed, digest));
                if (writer != null) {
                    writer.completed();
                }
                attemptOver();
            }
            case TransferState.Interrupted cut -> endAttempt(cut.reason());
        }
        whenOver.completeAsync(() -> how, Thread::startVirtualThread);
        visit.leave();
    }

    @Override
    public void lost(InterruptReason reason) {
        lockedRun(() -> over(new TransferState.Interrupted(taken, reason), Duration.ZERO, Optional.empty()));
    }

    @Override
    public void credit(long epoch, long upTo) {
        RecordWriter current = locked(() -> writer != null && writer.isOf(epoch) ? writer : null);
        if (current != null) {
            current.credit(upTo);
        }
    }

    @Override
    public void taken(long upTo) {
        lockedRun(() -> taken = Math.max(taken, upTo));
    }

    @Override
    public void left() {
        // The letter that says so is on its way.
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private void lockedRun(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
