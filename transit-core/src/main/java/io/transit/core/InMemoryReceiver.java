package io.transit.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A receiver's hold on a transfer: goes from attempt to attempt, and verifies the end. What has no comment of its own is
 * guarded by the transfer's lock.
 */
final class InMemoryReceiver implements Receiver {
    private final InMemoryTransfer transfer;
    private final Claim claim;

    /** Of the owning thread, as hashing takes time. */
    private final @Nullable MessageDigest digest;

    private Optional<Sha256> sha256 = Optional.empty();

    /** An attempt that ended without ending the transfer: nothing comes from it any more. */
    private @Nullable Attempt drained;

    /** The attempt that the last frame came from, and the thread that asked for it: it may hold that frame's payload. */
    private @Nullable Attempt last;

    private @Nullable Thread owner;

    /** What this receiver was told, or said, last. */
    private TransferState.@Nullable Final end;

    /** Another has taken the seat: what this receiver is told of it. */
    private TransferState.@Nullable Interrupted displaced;

    private boolean completed;

    /** Where the transfer stood when this receiver's seat was free again. */
    private long leftAt;

    /** Completed when this receiver's part in the transfer is over, which may be before that is. */
    private final CompletableFuture<TransferState.Final> over = new CompletableFuture<>();

    /** What leads to where the bytes are received, if that is not here. */
    private final InMemoryRendezvous.@Nullable Line line;

    InMemoryReceiver(InMemoryTransfer transfer, Claim claim, InMemoryRendezvous.@Nullable Line line) {
        this.transfer = transfer;
        this.claim = claim;
        this.line = line;
        boolean wanted = line == null && (claim.digest() || transfer.offer().digest());
        this.digest = wanted && claim.offset() == 0 && claim.part().isEmpty() ? Sha256.newDigest() : null;
    }

    Optional<Claim.Part> part() {
        return claim.part();
    }

    /** Where in the file the bytes end that it wants; far away if that is not known. */
    long end() {
        return part().map(Claim.Part::to)
                .orElseGet(() -> transfer.offer().size().orElse(Long.MAX_VALUE));
    }

    @Override
    public Offer offer() {
        return transfer.offer();
    }

    @Override
    public long offset() {
        return claim.offset();
    }

    @Override
    public Frame receive() throws InterruptedException {
        return finished(take(attempt -> attempt.receivingEnd().receive()));
    }

    @Override
    public Frame transferTo(WritableByteChannel target) throws IOException, InterruptedException {
        var guard = TargetGuard.of(target, whenOver());
        try {
            while (true) {
                Frame frame = finished(take(attempt -> attempt.receivingEnd().receive(new Target(attempt, target))));
                if (!(frame instanceof Frame.Data(ByteBuffer payload))) {
                    return frame;
                }
                Targets.write(payload, target);
            }
        } catch (IOException e) {
            return cutShort().orElseThrow(() -> e);
        } finally {
            leaveTarget(guard);
        }
    }

    private Optional<Frame> cutShort() {
        return transfer.lock.locked(() -> end == null && cut() instanceof TransferState.Interrupted how
                ? Optional.of(over(how))
                : Optional.empty());
    }

    private TransferState cut() {
        TransferState.Interrupted lost = displaced;
        return lost == null ? transfer.standing.state() : lost;
    }

    /** Returns once the sender's thread is not at the target any more, to which it will not come back. */
    private void leaveTarget(TargetGuard guard) {
        if (transfer.lock.locked(this::isWriting)) {
            guard.close();
            transfer.lock.lockedRun(this::awaitWritten);
        }
        guard.leave();
    }

    private boolean isWriting() {
        return last != null && last.isWriting();
    }

    private void awaitWritten() {
        while (isWriting()) {
            transfer.changed.awaitUninterruptibly();
        }
    }

    private Frame finished(Frame frame) {
        if (digest != null && frame instanceof Frame.Data(var payload)) {
            digest.update(payload.duplicate());
        }
        return frame instanceof Frame.Done done ? verify(done) : frame;
    }

    /** How a frame is taken out of an attempt. */
    private interface Taking<E extends Exception> {
        Frame from(Attempt attempt) throws E, InterruptedException;
    }

    private <E extends Exception> Frame take(Taking<E> taking) throws E, InterruptedException {
        transfer.lock.lockInterruptibly();
        try {
            while (true) {
                requireNotOver();
                owner = Thread.currentThread();
                Attempt current = transfer.attemptOf(this);
                if (current == null || current == drained) {
                    if (cut() instanceof TransferState.Interrupted how) {
                        return over(how);
                    }
                    transfer.awaitNextAttempt(this);
                } else {
                    last = current;
                    Frame frame = taking.from(current);
                    requireNotOver();
                    if (!(frame instanceof Frame.Interrupt(var reason))) {
                        return seen(frame);
                    }
                    drained = current;
                    transfer.drained(current, reason);
                }
            }
        } finally {
            transfer.lock.unlock();
        }
    }

    /** What the sender's thread writes to: the owner's target, as long as the attempt goes on. */
    private final class Target implements WritableByteChannel {
        private final Attempt attempt;
        private final WritableByteChannel target;

        Target(Attempt attempt, WritableByteChannel target) {
            this.attempt = attempt;
            this.target = target;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            ByteBuffer taken = bytes.duplicate();
            try {
                return target.write(bytes);
            } finally {
                taken.limit(bytes.position());
                if (digest != null) {
                    digest.update(taken.duplicate());
                }
                transfer.lock.lockedRun(() -> accept(taken));
            }
        }

        private void accept(ByteBuffer taken) {
            if (end == null && transfer.attemptOf(InMemoryReceiver.this) == attempt) {
                transfer.standing.accept(new Frame.Data(taken));
            }
        }

        @Override
        public boolean isOpen() {
            return target.isOpen();
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }

    /** Takes account of payload or DONE, under the lock. */
    private Frame seen(Frame frame) {
        if (frame instanceof Frame.Data data) {
            transfer.standing.accept(data);
            return data;
        }
        return transfer.standing.state().accept(frame) instanceof TransferState.Completed whole
                ? over(whole, frame)
                : refuse(InterruptReason.TRUNCATED);
    }

    /** Ends the transfer because of what this receiver found, unless it is over. */
    private Frame refuse(InterruptReason found) {
        return transfer.lock.locked(() -> {
            transfer.interrupt(this, found);
            return over(
                    cut() instanceof TransferState.Interrupted how
                            ? how
                            : new TransferState.Interrupted(transfer.taken(), found));
        });
    }

    private Frame verify(Frame.Done done) {
        sha256 = digest == null ? done.sha256() : Optional.of(Sha256.of(digest));
        if (done.sha256().isPresent() && !done.sha256().equals(sha256)) {
            return refuse(InterruptReason.TRUNCATED);
        }
        return new Frame.Done(done.totalBytes(), done.crc32c(), sha256);
    }

    private void requireNotOver() {
        TransferState.Final how = end;
        if (how != null) {
            throw new TransferException.Ended(how);
        }
    }

    /** Notes that this receiver has seen its last frame. */
    Frame over(TransferState.Interrupted how) {
        end = how;
        return new Frame.Interrupt(how.reason());
    }

    /** Notes that this receiver has seen DONE. */
    Frame over(TransferState.Completed how, Frame done) {
        end = how;
        return done;
    }

    /** Under the lock: makes what a new attempt runs through. */
    Path path(Sender.Demand demand) {
        return line == null ? transfer.channel(demand, end()) : new LinePath(line.open(demand));
    }

    boolean hasSeenDone() {
        return end instanceof TransferState.Completed;
    }

    /** Under the lock: it has everything, and its transfer knows. */
    void completed() {
        completed = true;
        if (part().isPresent()) {
            tell(new TransferState.Completed(end()));
        }
    }

    /** Under the lock: its seat is free. */
    void leftAt(long position) {
        leftAt = position;
    }

    /** Under the lock: where the transfer stood when its seat was free. */
    long leftAt() {
        return leftAt;
    }

    /** Under the lock: it has left its seat. */
    void left(TransferState.Interrupted how) {
        end = how;
        tell(how);
    }

    boolean hasCompleted() {
        return completed;
    }

    /** Under the lock: another has its seat. */
    void displaced(TransferState.Interrupted how) {
        displaced = how;
        tell(how);
        if (line != null) {
            line.displaced(how);
        }
    }

    /** Under the lock: tells those who wait for the end, unless they know. */
    void tell(TransferState.Final how) {
        transfer.soon(() -> over.complete(how));
    }

    void requireNotDisplaced() {
        TransferState.Interrupted how = displaced;
        if (how != null) {
            throw new TransferException.Ended(how);
        }
    }

    @Override
    public void complete() {
        var unused = transfer.complete(this, sha256);
    }

    @Override
    public CompletionStage<TransferState.Final> whenOver() {
        return over.minimalCompletionStage();
    }

    @Override
    public void interrupt(InterruptReason reason) {
        transfer.interrupt(this, reason);
    }

    @Override
    public void close() {
        var unused = transfer.lock.locked(() -> {
            transfer.leave(this);
            letGo(transfer.attemptOf(this));
            letGo(last);
            return this;
        });
    }

    /** Nothing more is taken; what is in the hands of the owner, the owner gives back. */
    private void letGo(@Nullable Attempt attempt) {
        if (attempt != null) {
            attempt.receivingEnd().interrupt(InterruptReason.RECEIVER_LEFT);
            if (Thread.currentThread().equals(owner)) {
                attempt.letGo();
            }
        }
    }
}
