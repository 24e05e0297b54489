package io.transit.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private final long offeredAt = System.nanoTime();

    final TransferLock lock = new TransferLock();

    /** Signalled when a seat or the attempt changes, and at the end: both sides may wait for that. */
    final Condition changed = lock.newCondition();

    private final Alarm patience;
    private final Alarm grace;

    TransferState state;
    private @Nullable InMemorySender sender;
    private @Nullable InMemoryReceiver receiver;
    private @Nullable Attempt attempt;

    /** When the offer was first claimed; what a receipt counts from. */
    private long claimedAt;

    private long endedAt;
    private Optional<Sha256> sha256 = Optional.empty();
    private final CompletableFuture<TransferState.Final> over = new CompletableFuture<>();

    InMemoryTransfer(InMemoryRendezvous home, Offer offer, Token token) {
        this.home = home;
        this.offer = offer;
        this.tokenHash = token.hash();
        this.state = offer.beginning();
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
            requireOpen();
            if (receiver != null) {
                throw new TransferException.Taken("somebody else is receiving");
            }
            offer.requireReachable(claim.offset());
            if (claimedAt == 0) {
                claimedAt = System.nanoTime();
            }
            boolean digest = line == null && (offer.digest() || claim.digest());
            var claimed = new InMemoryReceiver(this, claim.offset(), digest, line);
            receiver = claimed;
            state = state.begin(claim.offset());
            if (sender == null) {
                state = state.pause(InterruptReason.SENDER_LEFT);
            }
            patience.cancel();
            changed.signalAll();
            home.tell(listener -> listener.claimed(offer, claim.offset()));
            return claimed;
        });
    }

    InMemorySender resume(Token token) {
        return lock.locked(() -> {
            requireOpen();
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
        changed.signalAll();
    }

    void leave(InMemoryReceiver from) {
        lock.lockedRun(() -> {
            if (isFinal() || receiver != from) {
                return;
            }
            from.over(new TransferState.Interrupted(taken(), InterruptReason.RECEIVER_LEFT));
            if (!offer.seekable()) {
                interrupt(from, InterruptReason.RECEIVER_LEFT);
                return;
            }
            receiver = null;
            if (attempt != null) {
                attempt.receivingEnd().interrupt(InterruptReason.RECEIVER_LEFT);
            }
            pause(InterruptReason.RECEIVER_LEFT);
            patience.set(offer.patience());
            changed.signalAll();
            if (home.isShutdown()) {
                cut(InterruptReason.SHUTDOWN);
            }
        });
    }

    private void pause(InterruptReason cause) {
        TransferState before = state;
        state = state.pause(cause);
        if (!state.equals(before) && state instanceof TransferState.Paused paused) {
            home.tell(listener -> listener.paused(offer, paused));
        }
    }

    // ---- the sender's side

    /** Returns what the sender is to serve, waiting for a receiver; the attempt it is in already, or a new one. */
    Optional<Attempt> awaitReceiver(InMemorySender from, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            requireSeat(from);
            long left = TimeUnit.NANOSECONDS.convert(atMost);
            while (!isReady() && left > 0) {
                left = changed.awaitNanos(left);
                requireSeat(from);
            }
            InMemoryReceiver to = receiver;
            if (to == null || !isReady()) {
                return Optional.empty();
            }
            Attempt current = attempt;
            return Optional.of(current != null && current.isBetween(from, to) ? current : begin(from, to));
        } finally {
            lock.unlock();
        }
    }

    /** Whether an attempt may begin: where it does is known once the thread of the last one has done with the target. */
    private boolean isReady() {
        Attempt before = attempt;
        return receiver != null && (before == null || before.receiver() != receiver || !before.isWriting());
    }

    private Attempt begin(InMemorySender from, InMemoryReceiver to) {
        if (attempt != null) {
            // What it left in flight is sent again by the next one.
            attempt.receivingEnd().interrupt(InterruptReason.SENDER_LEFT);
        }
        var demand = new Sender.Demand(taken(), ThreadLocalRandom.current().nextLong());
        var begun = new Attempt(from, to, demand, to.path(demand));
        attempt = begun;
        state = state.begin(demand.offset());
        changed.signalAll();
        return begun;
    }

    Path channel(Sender.Demand demand) {
        return home.channel(lock, changed, offer.size().orElse(Long.MAX_VALUE) - demand.offset());
    }

    /** Under the lock: throws why this sender cannot go on with this receiver, if it cannot. */
    void requireSeats(InMemorySender from, InMemoryReceiver to) {
        requireSeat(from);
        if (receiver != to) {
            throw new TransferException.Paused(InterruptReason.RECEIVER_LEFT);
        }
    }

    /** Ends the transfer, because of something the sender did or saw; returns its end. */
    TransferException refuse(InMemorySender from, InterruptReason reason) {
        return lock.locked(() -> {
            requireSeat(from);
            cut(reason);
            return ended();
        });
    }

    Optional<Receipt> receipt(InMemorySender from) {
        return lock.locked(() -> state instanceof TransferState.Completed(long bytes) && sender == from
                ? Optional.of(new Receipt(bytes, Duration.ofNanos(endedAt - claimedAt), sha256))
                : Optional.empty());
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

    /** Takes account of payload that the receiver has taken, under the lock. */
    void accept(Frame.Data payload) {
        state = state.accept(payload);
    }

    /** Takes account of an attempt's end that the receiver has seen, under the lock: a channel may end by itself. */
    void drained(Attempt over, InterruptReason reason) {
        if (over == attempt && over.receiver() == receiver && state instanceof TransferState.Streaming) {
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
        lock.lockedRun(() -> state = receiver == from ? state.reached(position) : state);
    }

    void complete(InMemoryReceiver from, Optional<Sha256> digest) {
        lock.lockedRun(() -> {
            if (state instanceof TransferState.Completed && receiver == from) {
                return;
            }
            requireOpen();
            Attempt current = attempt;
            if (current == null || receiver != from) {
                throw new IllegalStateException("nothing has been received");
            }
            if (from.hasSeenDone()) {
                current.completed();
            } else {
                current.receivingEnd().complete();
            }
            sha256 = digest;
            finish(new TransferState.Completed(taken()));
        });
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
        finish(new TransferState.Interrupted(taken(), reason));
    }

    private void finish(TransferState.Final how) {
        state = how;
        endedAt = System.nanoTime();
        patience.cancel();
        grace.cancel();
        changed.signalAll();
        home.ended(this, status(), Duration.ofNanos(endedAt - offeredAt));
        home.soon(() -> over.complete(how));
    }

    // ---- what can be seen

    CompletionStage<TransferState.Final> whenOver() {
        return over.minimalCompletionStage();
    }

    TransferStatus status() {
        return lock.locked(() -> new TransferStatus(
                offer.id(),
                state,
                offer.files(),
                sha256,
                isFinal() ? Optional.of(home.limits().statusKeep()) : patience.remaining()));
    }

    long taken() {
        return lock.locked(state::bytes);
    }

    private boolean isFinal() {
        return state instanceof TransferState.Final;
    }

    private TransferException.Ended ended() {
        if (state instanceof TransferState.Final end) {
            return new TransferException.Ended(end);
        }
        throw new AssertionError("not over: " + state);
    }

    private void requireOpen() {
        if (isFinal()) {
            throw ended();
        }
    }

    void requireSeat(InMemorySender from) {
        requireOpen();
        if (sender != from) {
            throw new TransferException.Taken("the sender's seat was left, or is another's");
        }
    }
}
