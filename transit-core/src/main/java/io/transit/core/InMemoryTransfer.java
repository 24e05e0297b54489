package io.transit.core;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One offer and what becomes of it: who has which seat, which attempt is running, and how it ends. All of that changes under
 * one lock, which the running attempt's channel shares, so that "the sender left" and "the receiver completed" cannot both
 * win.
 */
final class InMemoryTransfer {
    private final InMemoryRendezvous home;
    private final Offer offer;
    final Sha256 tokenHash;
    final Standing standing;
    private final Deliveries deliveries;

    final TransferLock lock = new TransferLock();

    /** Signalled when a seat or the attempt changes, and at the end: both sides may wait for that. */
    final Condition changed = lock.newCondition();

    private final Alarm patience;
    private final Alarm grace;

    private @Nullable InMemorySender sender;
    private @Nullable InMemoryReceiver receiver;
    private @Nullable Attempt attempt;

    InMemoryTransfer(InMemoryRendezvous home, Offer offer, Token token) {
        this.home = home;
        this.offer = offer;
        this.standing = new Standing(offer.beginning());
        this.deliveries = new Deliveries(offer);
        this.tokenHash = token.hash();
        this.sender = new InMemorySender(this, token);
        this.patience = new Alarm(
                home.timer(), alarm -> cutIf(() -> receiver == null && alarm.isDue(), InterruptReason.EXPIRED));
        this.grace = new Alarm(
                home.timer(), alarm -> cutIf(() -> sender == null && alarm.isDue(), InterruptReason.SENDER_LEFT));
    }

    Offer offer() {
        return offer;
    }

    /** Begins to wait, once this transfer has its place in the rendezvous. */
    Sender open() {
        return lock.locked(() -> {
            patience.set(offer.patience());
            home.tell(listener -> listener.offered(offer));
            return Objects.requireNonNull(sender);
        });
    }

    // ---- seats

    InMemoryReceiver claim(Claim claim, InMemoryRendezvous.@Nullable Line line) {
        return lock.locked(() -> {
            standing.requireOpen();
            InMemoryReceiver before = receiver;
            if (before != null && !mayTakeOver(claim)) {
                throw new TransferException.Taken("somebody else is receiving");
            }
            offer.requireReachable(claim);
            if (before != null) {
                displace(before);
            }
            var claimed = new InMemoryReceiver(this, claim, line);
            receiver = claimed;
            standing.claimed(claim.offset());
            if (sender == null) {
                var unused = standing.pause(InterruptReason.SENDER_LEFT);
            }
            patience.cancel();
            changed.signalAll();
            home.tell(listener -> listener.claimed(offer, claim.offset()));
            return claimed;
        });
    }

    /** Whether the receiver that has the seat may be gone without anybody knowing, while one comes back for the rest. */
    private boolean mayTakeOver(Claim claim) {
        return offer.seekable()
                && (claim.offset() > 0 || claim.part().isPresent())
                && standing.isIdle(home.limits().takeOver())
                && !home.isShutdown();
    }

    private void displace(InMemoryReceiver before) {
        cutOff();
        before.displaced(new TransferState.Interrupted(taken(), InterruptReason.RECEIVER_STALLED));
    }

    InMemorySender resume(Token token) {
        return lock.locked(() -> {
            standing.requireOpen();
            if (!token.matches(tokenHash)) {
                throw new TransferException.Rejected("token", "this is not the token of this transfer");
            }
            if (!canGoOn()) {
                throw new TransferException.Rejected("seekable", "bytes have flowed, and this sender cannot seek");
            }
            vacate();
            grace.cancel();
            var resumed = new InMemorySender(this, token);
            sender = resumed;
            changed.signalAll();
            return resumed;
        });
    }

    void detach(InMemorySender from) {
        lock.lockedRun(() -> {
            if (isFinal() || sender != from) {
                return;
            }
            if (!canGoOn()) {
                cut(InterruptReason.SENDER_LEFT);
                return;
            }
            vacate();
            grace.set(
                    receiver == null
                            ? home.limits().graceWaiting()
                            : home.limits().graceStreaming());
        });
    }

    /** Whether another attempt could bring what this one does not. */
    private boolean canGoOn() {
        return offer.seekable() || attempt == null || attempt.isUntouched();
    }

    private void vacate() {
        sender = null;
        if (attempt != null) {
            attempt.sendingEnd().interrupt(InterruptReason.SENDER_LEFT);
        }
        pause(InterruptReason.SENDER_LEFT);
        attemptOver();
        changed.signalAll();
    }

    void leave(InMemoryReceiver from) {
        lock.lockedRun(() -> {
            if (isFinal() || receiver != from) {
                return;
            }
            from.left(new TransferState.Interrupted(taken(), InterruptReason.RECEIVER_LEFT));
            if (!offer.seekable()) {
                interrupt(from, InterruptReason.RECEIVER_LEFT);
                return;
            }
            cutOff();
        });
    }

    /** Frees the receiver's seat, and drops what is in flight to it. */
    private void cutOff() {
        if (attempt != null) {
            attempt.receivingEnd().interrupt(InterruptReason.RECEIVER_LEFT);
        }
        release();
    }

    /** Frees the receiver's seat for whoever comes next. */
    private void release() {
        Objects.requireNonNull(receiver).leftAt(taken());
        receiver = null;
        pause(InterruptReason.RECEIVER_LEFT);
        attemptOver();
        patience.set(offer.patience());
        changed.signalAll();
        if (home.isShutdown()) {
            cut(InterruptReason.SHUTDOWN);
        }
    }

    private void attemptOver() {
        if (attempt != null) {
            home.soon(attempt::tellOver);
        }
    }

    private void pause(InterruptReason cause) {
        if (standing.pause(cause) && standing.state() instanceof TransferState.Paused paused) {
            home.tell(listener -> listener.paused(offer, paused));
        }
    }

    // ---- the sender's side

    /** Under the lock: the attempt that this sender is in already, or a new one; empty as long as none may begin. */
    Optional<Attempt> attemptOf(InMemorySender from) {
        InMemoryReceiver to = receiver;
        if (to == null || !isReady(to)) {
            return Optional.empty();
        }
        Attempt current = attempt;
        return Optional.of(current != null && current.isBetween(from, to) ? current : begin(from, to));
    }

    /** Whether an attempt may begin: where it does is known once the thread of the last one has done with the target. */
    private boolean isReady(InMemoryReceiver to) {
        Attempt before = attempt;
        return before == null || before.receiver() != to || !before.isWriting();
    }

    private Attempt begin(InMemorySender from, InMemoryReceiver to) {
        if (attempt != null) {
            // What it left in flight is sent again by the next one.
            attempt.receivingEnd().interrupt(InterruptReason.SENDER_LEFT);
        }
        var demand = new Sender.Demand(taken(), ThreadLocalRandom.current().nextLong());
        var begun = new Attempt(from, to, demand, to.path(demand));
        attempt = begun;
        standing.begin(demand.offset());
        changed.signalAll();
        return begun;
    }

    Path channel(Sender.Demand demand, long end) {
        return home.channel(lock, changed, end - demand.offset());
    }

    /** Under the lock: throws why this sender cannot go on with this receiver, if it cannot. */
    void requireSeats(InMemorySender from, InMemoryReceiver to) {
        requireSeat(from);
        if (receiver != to) {
            throw new TransferException.Paused(InterruptReason.RECEIVER_LEFT, to.leftAt(), to.hasCompleted());
        }
    }

    /** Ends the transfer, because of something the sender did or saw; returns its end. */
    TransferException refuse(InMemorySender from, InterruptReason reason) {
        return lock.locked(() -> {
            requireSeat(from);
            cut(reason);
            return standing.ended();
        });
    }

    Optional<Receipt> receipt(InMemorySender from) {
        return lock.locked(() -> sender == from ? standing.receipt() : Optional.empty());
    }

    void interrupt(InMemorySender from, InterruptReason reason) {
        cutIf(() -> sender == from, reason);
    }

    // ---- the receiver's side; where it says so, under the lock

    /** Under the lock. */
    @Nullable
    Attempt attemptOf(InMemoryReceiver to) {
        Attempt current = attempt;
        return current != null && current.receiver() == to ? current : null;
    }

    /** Takes account of an attempt's end that the receiver has seen, under the lock: a channel may end by itself. */
    void drained(Attempt over, InterruptReason reason) {
        if (over == attempt && over.receiver() == receiver && standing.state() instanceof TransferState.Streaming) {
            cut(reason);
        }
    }

    /** Waits, under the lock, until another attempt begins, the receiver has left its seat, or the transfer ends. */
    void awaitNextAttempt(InMemoryReceiver to) throws InterruptedException {
        Attempt before = attempt;
        long left = TimeUnit.NANOSECONDS.convert(home.limits().stall());
        while (attempt == before && receiver == to && !isFinal()) {
            if (sender == null) {
                // Bounded all the same: by the grace of the sender that left.
                changed.await();
            } else if (left > 0) {
                left = changed.awaitNanos(left);
            } else {
                boolean isFull = before != null && before.isWriting();
                cut(isFull ? InterruptReason.RECEIVER_STALLED : InterruptReason.SENDER_STALLED);
            }
        }
    }

    /** Takes account of how far a receiver is that is elsewhere. */
    void reached(InMemoryReceiver from, long position) {
        lock.lockedRun(() -> {
            if (receiver == from) {
                standing.reached(position);
            }
        });
    }

    /** The receiver has everything that it claimed. Returns whether that was all there is, so that the transfer is over. */
    boolean complete(InMemoryReceiver from, Optional<Sha256> digest) {
        return lock.locked(() -> {
            if (from.hasCompleted()) {
                return isFinal();
            }
            from.requireNotDisplaced();
            standing.requireOpen();
            Attempt current = attempt;
            if (current == null || receiver != from) {
                throw new IllegalStateException("nothing has been received");
            }
            if (from.hasSeenDone()) {
                current.completed();
            } else {
                current.receivingEnd().complete();
            }
            from.completed();
            from.part().ifPresentOrElse(this::delivered, () -> finish(new TransferState.Completed(taken()), digest));
            return isFinal();
        });
    }

    private void delivered(Claim.Part part) {
        deliveries.add(part);
        if (deliveries.isEverything() || !offer.seekable()) {
            finish(new TransferState.Completed(offer.size().orElseThrow()), Optional.empty());
        } else {
            release();
        }
    }

    void interrupt(InMemoryReceiver from, InterruptReason reason) {
        lock.lockedRun(() -> {
            if (!isFinal() && receiver == from) {
                if (attempt != null) {
                    attempt.receivingEnd().interrupt(reason);
                }
                cut(reason);
            }
        });
    }

    // ---- the end

    /** Ends the transfer, whatever it is doing; or only if nobody receives. */
    void shutdown(boolean evenStreaming) {
        cutIf(() -> evenStreaming || receiver == null, InterruptReason.SHUTDOWN);
    }

    private void cutIf(BooleanSupplier condition, InterruptReason reason) {
        lock.lockedRun(() -> {
            if (!isFinal() && condition.getAsBoolean()) {
                cut(reason);
            }
        });
    }

    /** What is in flight is still delivered. */
    private void cut(InterruptReason reason) {
        if (attempt != null) {
            attempt.sendingEnd().interrupt(reason);
        }
        finish(new TransferState.Interrupted(taken(), reason), Optional.empty());
    }

    private void finish(TransferState.Final how, Optional<Sha256> digest) {
        standing.end(how, digest);
        patience.cancel();
        grace.cancel();
        changed.signalAll();
        home.ended(this, status(), standing.elapsed());
        home.soon(() -> standing.tell(how));
        attemptOver();
        if (receiver != null) {
            receiver.tell(how);
        }
    }

    // ---- what can be seen

    /** Runs what must not run under the lock. */
    void soon(Runnable action) {
        home.soon(action);
    }

    TransferStatus status() {
        return lock.locked(() -> new TransferStatus(
                offer.id(),
                standing.state(),
                offer.files(),
                standing.sha256(),
                isFinal() ? Optional.of(home.limits().statusKeep()) : patience.remaining()));
    }

    long taken() {
        return lock.locked(() -> standing.state().bytes());
    }

    private boolean isFinal() {
        return standing.isFinal();
    }

    void requireSeat(InMemorySender from) {
        standing.requireOpen();
        if (sender != from) {
            throw new TransferException.Taken("the sender's seat was left, or is another's");
        }
    }
}
