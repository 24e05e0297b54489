package io.transit.redis;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Sha256;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A receiver whose sender is on another node: takes records out of the queue of one attempt after the other. */
final class RemoteReceiver implements Receiver, Visit.Side {
    private final Node node;
    private final Visit visit;
    private final Claim claim;
    private final ReentrantLock lock = new ReentrantLock();

    /** Signalled when something came that a receiver waits for: an answer, records, an attempt, the end. */
    private final Condition changed = lock.newCondition();

    private final CompletableFuture<RemoteReceiver> seat = new CompletableFuture<>();
    private final CompletableFuture<TransferState.Final> whenOver = new CompletableFuture<>();
    private @Nullable Offer offer;
    private @Nullable MessageDigest digest;
    private Optional<Sha256> sha256 = Optional.empty();
    private @Nullable Intake intake;
    private @Nullable RecordReader reader;

    /** Where in the file the next byte stands that the owner gets. */
    private long position;

    private long credited;

    /** What came out last, of which the owner has as much as it has read. */
    private ByteBuffer held = ByteBuffer.allocate(0);

    /** How the transfer ended, as the home says. */
    private TransferState.@Nullable Final over;

    /** The store or the home is gone: what has not come will not come. */
    private boolean cutOff;

    /** What this receiver was told, or said, last. */
    private TransferState.@Nullable Final end;

    private boolean completed;

    private RemoteReceiver(Node node, Claim claim) {
        this.node = node;
        this.claim = claim;
        this.position = claim.offset();
        this.credited = claim.offset();
        this.visit = new Visit(node, claim.id(), this);
    }

    /**
     * Claims a seat at the home of the offer.
     *
     * @return the receiver, or empty if this node is the home
     */
    static Optional<Receiver> claim(Node node, Claim claim) {
        var receiver = new RemoteReceiver(node, claim);
        return receiver.enter() ? Optional.of(receiver) : Optional.empty();
    }

    private boolean enter() {
        var request = new Letter.Claim(visit.name(), node.channel(), claim.offset(), claim.part());
        Optional<Offer> found = visit.enter(Script.CLAIM, request, seat);
        found.ifPresent(offered -> {
            offer = offered;
            boolean isWhole = claim.offset() == 0 && claim.part().isEmpty();
            digest = isWhole && (offered.digest() || claim.digest()) ? Sha256.newDigest() : null;
        });
        return found.isPresent();
    }

    @Override
    public Offer offer() {
        return Objects.requireNonNull(offer);
    }

    @Override
    public long offset() {
        return claim.offset();
    }

    // ---- frames

    @Override
    public Frame receive() throws InterruptedException {
        Frame frame = take();
        if (digest != null && frame instanceof Frame.Data(ByteBuffer payload)) {
            // Not under the lock, for which the thread of the connection may wait.
            digest.update(payload.duplicate());
        }
        return frame;
    }

    private Frame take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            requireNotOver(end);
            held.position(held.limit());
            giveCredit(false);
            Frame frame = awaitFrame();
            if (frame instanceof Frame.Data(ByteBuffer payload)) {
                position += payload.remaining();
                held = payload;
            }
            return frame;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: what came out last is let go of; that is said once it is worth it, or before anything is waited for. */
    private void giveCredit(boolean all) {
        Intake running = intake;
        if (running == null) {
            return;
        }
        // Of an attempt that repeats what is here already, what has come of it so far.
        long upTo = Math.min(position, running.reached());
        if (upTo > credited && (all || upTo - credited >= node.settings.record())) {
            credited = upTo;
            visit.credit(running.epoch(), upTo);
        }
    }

    private Frame awaitFrame() throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(node.limits.stall());
        while (true) {
            requireNotOver(end);
            Intake running = intake;
            if (running != null && !running.isOver() && reader != null && running.wantsMore()) {
                var unused = reader.ask();
            }
            Optional<Frame> here = running == null ? Optional.empty() : next(running);
            if (here.isPresent()) {
                return here.get();
            }
            boolean drained = running == null || running.isOver();
            TransferState.Final how = over;
            if (how != null && (drained || cutOff || left <= 0)) {
                return last(how);
            }
            boolean senderAway = running != null && drained;
            if (left <= 0 && !senderAway) {
                return refuse(InterruptReason.SENDER_STALLED);
            }
            if (!drained && reader != null && reader.ask()) {
                // The answer may be there at once.
                continue;
            }
            giveCredit(true);
            if (how != null) {
                // Its last frame is on the way, or will never be.
                left = Math.min(left, node.settings.timeout().toNanos());
            }
            long rest = changed.awaitNanos(senderAway ? node.settings.lease().toNanos() : left);
            // One that comes back has all its time to begin.
            left = senderAway ? TimeUnit.NANOSECONDS.convert(node.limits.stall()) : rest;
        }
    }

    /** What has come already and is for the receiver; an end that is no fault of the attempt is the home's to tell. */
    private Optional<Frame> next(Intake running) {
        Frame frame = running.isOver() ? null : running.poll();
        if (frame instanceof Frame.Done done) {
            return Optional.of(verify(done));
        }
        if (frame instanceof Frame.Interrupt(var found) && running.isFaulty()) {
            return Optional.of(refuse(found));
        }
        return frame instanceof Frame.Data ? Optional.of(frame) : Optional.empty();
    }

    private Frame verify(Frame.Done done) {
        if (done.totalBytes() != position) {
            return refuse(InterruptReason.TRUNCATED);
        }
        sha256 = digest == null ? done.sha256() : Optional.of(Sha256.of(digest));
        if (done.sha256().isPresent() && !done.sha256().equals(sha256)) {
            return refuse(InterruptReason.TRUNCATED);
        }
        end = new TransferState.Completed(position);
        stopReading();
        return new Frame.Done(done.totalBytes(), done.crc32c(), sha256);
    }

    /** Ends the transfer because of what was found here, unless it is over. */
    private Frame refuse(InterruptReason found) {
        giveCredit(true);
        visit.tell(new Letter.Interrupt(visit.name(), found));
        visit.quit();
        return last(
                over instanceof TransferState.Interrupted how ? how : new TransferState.Interrupted(position, found));
    }

    private Frame last(TransferState.Final how) {
        end = how;
        stopReading();
        leaveIfOver();
        return new Frame.Interrupt(
                how instanceof TransferState.Interrupted cut ? cut.reason() : InterruptReason.TRUNCATED);
    }

    // ---- the end

    @Override
    public void complete() {
        lock.lock();
        try {
            if (over instanceof TransferState.Interrupted cut) {
                throw new TransferException.Ended(cut);
            }
            if (end instanceof TransferState.Interrupted cut) {
                throw new TransferException.Ended(cut);
            }
            if (end == null) {
                throw new IllegalStateException("DONE has not been received");
            }
            if (!completed) {
                completed = true;
                visit.tell(new Letter.Complete(visit.name(), position, sha256));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<TransferState.Final> whenOver() {
        return whenOver.minimalCompletionStage();
    }

    @Override
    public void interrupt(InterruptReason reason) {
        end(reason, () -> new Letter.Interrupt(visit.name(), reason));
    }

    @Override
    public void close() {
        // How far it came decides whether anybody may want the rest.
        end(InterruptReason.RECEIVER_LEFT, () -> new Letter.Leave(visit.name(), position - held.remaining()));
    }

    private void end(InterruptReason reason, Supplier<Letter.FromGuest> letter) {
        lock.lock();
        try {
            if (completed || end instanceof TransferState.Interrupted) {
                return;
            }
            if (over != null) {
                end = over;
                return;
            }
            var how = new TransferState.Interrupted(position, reason);
            end = how;
            tell(how);
            visit.tell(letter.get());
            stopReading();
            visit.quit();
            visit.quiet();
            changed.signalAll();
        } finally {
            lock.unlock();
            leaveIfOver();
        }
    }

    private void stopReading() {
        RecordReader open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }

    /** Once the home has said how it ended, and this side has seen its last frame, nothing more is to be said. */
    private void leaveIfOver() {
        lock.lock();
        try {
            if (over != null && end != null) {
                stopReading();
                visit.leave();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void requireNotOver(TransferState.@Nullable Final how) {
        if (how != null) {
            throw new TransferException.Ended(how);
        }
    }

    // ---- what comes from elsewhere

    @Override
    public void letter(Letter letter) {
        lock.lock();
        try {
            switch (letter) {
                case Letter.Seated yes -> seat.complete(this);
                case Letter.Refused no -> seat.completeExceptionally(no.exception(visit.keys()));
                case Letter.Go(long epoch, long from) -> begin(epoch, from);
                case Letter.Over(TransferState.Final how, var elapsed, var sum) -> over(how);
                case Letter.Paused paused -> {}
                case Letter.Superseded superseded -> {}
                case Letter.FromGuest misled -> {}
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void begin(long epoch, long from) {
        seat.complete(this);
        if (end != null) {
            return;
        }
        stopReading();
        var begun = new Intake(node.buffers, epoch, from, position);
        credited = from;
        intake = begun;
        visit.attempt(epoch);
        var reading = new RecordReader(
                node,
                visit.keys().queue(epoch),
                lock,
                begun,
                changed::signalAll,
                () -> lost(InterruptReason.STORE_LOST));
        reader = reading;
        var unused = reading.ask();
    }

    private void over(TransferState.Final how) {
        if (over == null) {
            over = how;
            visit.quiet();
            seat.completeExceptionally(new TransferException.Ended(how));
            tell(how);
            leaveIfOver();
        }
    }

    private void tell(TransferState.Final how) {
        whenOver.completeAsync(() -> how, Thread::startVirtualThread);
    }

    @Override
    public void lost(InterruptReason reason) {
        lock.lock();
        try {
            cutOff = true;
            over(completed ? new TransferState.Completed(position) : new TransferState.Interrupted(position, reason));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void shutdown() {
        lock.lock();
        try {
            if (over == null && !completed) {
                visit.tell(new Letter.Interrupt(visit.name(), InterruptReason.SHUTDOWN));
            }
            lost(InterruptReason.SHUTDOWN);
            stopReading();
            visit.leave();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void credit(long epoch, long taken) {
        // It reads, and needs none.
    }
}
