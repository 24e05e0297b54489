package io.transit.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A sender's hold on a transfer: counts what it sends, and leaves all decisions to the transfer. */
final class InMemorySender implements Sender {
    private final InMemoryTransfer transfer;
    private final Token token;
    private @Nullable Attempt attempt;

    /** Where in the file the next byte to be sent stands. */
    private long position;

    InMemorySender(InMemoryTransfer transfer, Token token) {
        this.transfer = transfer;
        this.token = token;
    }

    @Override
    public Offer offer() {
        return transfer.offer();
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public Optional<Demand> awaitReceiver(Duration atMost) throws InterruptedException {
        Optional<Attempt> begun = awaitAttempt(atMost);
        if (begun.isPresent() && begun.get() != attempt) {
            attempt = begun.get();
            position = begun.get().demand().offset();
            finishPart(begun.get());
        }
        return begun.map(Attempt::demand);
    }

    private Optional<Attempt> awaitAttempt(Duration atMost) throws InterruptedException {
        transfer.lock.lockInterruptibly();
        try {
            transfer.requireSeat(this);
            Optional<Attempt> begun = transfer.attemptOf(this);
            long left = TimeUnit.NANOSECONDS.convert(atMost);
            while (begun.isEmpty() && left > 0) {
                left = transfer.changed.awaitNanos(left);
                transfer.requireSeat(this);
                begun = transfer.attemptOf(this);
            }
            return begun;
        } finally {
            transfer.lock.unlock();
        }
    }

    @Override
    public void send(ByteBuffer bytes) throws InterruptedException {
        Attempt running = requireRunning();
        if (bytes.remaining() > transfer.offer().size().orElse(Long.MAX_VALUE) - position) {
            throw transfer.refuse(this, InterruptReason.OVERRUN);
        }
        int before = bytes.position();
        int surplus = (int) Math.max(0, bytes.remaining() - (running.end() - position));
        bytes.limit(bytes.limit() - surplus);
        try {
            running.sendingEnd().send(bytes);
        } catch (TransferException.Ended e) {
            throw whyEnded(running, e);
        } finally {
            position += bytes.position() - before;
            bytes.limit(bytes.limit() + surplus);
        }
        finishPart(running);
        if (surplus > 0) {
            throw whatFollows(running);
        }
    }

    /** A receiver of a part has its end as soon as it has its bytes, whatever else its sender has to say. */
    private void finishPart(Attempt running) {
        if (running.isForPart() && position == running.end()) {
            running.sendingEnd().finish(new Frame.Done(position));
        }
    }

    /** No more is wanted of this attempt: waits for its receiver to complete or to leave, and returns what that means. */
    private TransferException whatFollows(Attempt running) throws InterruptedException {
        try {
            running.sendingEnd().done(new Frame.Done(position));
        } catch (TransferException.Ended e) {
            return whyEnded(running, e);
        }
        return whyOver(running);
    }

    @Override
    public int transferFrom(ReadableByteChannel source) throws IOException, InterruptedException {
        Attempt running = requireRunning();
        long left = transfer.offer().size().orElse(Long.MAX_VALUE) - position;
        if (left == 0) {
            return requireEnd(source);
        }
        long wanted = running.end() - position;
        if (wanted == 0) {
            throw whatFollows(running);
        }
        try {
            int count = running.sendingEnd().transferFrom(source, (int) Math.min(wanted, Integer.MAX_VALUE));
            position += Math.max(count, 0);
            finishPart(running);
            return count;
        } catch (TransferException.Ended e) {
            throw whyEnded(running, e);
        }
    }

    /** Whether there is more than was declared shows only when it is read. */
    private int requireEnd(ReadableByteChannel source) throws IOException {
        int count = source.read(ByteBuffer.allocate(1));
        if (count > 0) {
            throw transfer.refuse(this, InterruptReason.OVERRUN);
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
        Attempt running;
        try {
            running = requireRunning();
        } catch (TransferException.Ended e) {
            // An earlier call, which was interrupted, may have been all that it needed.
            return transfer.receipt(this).orElseThrow(() -> e);
        }
        if (position < transfer.offer().size().orElse(0)) {
            throw transfer.refuse(this, InterruptReason.TRUNCATED);
        }
        try {
            running.sendingEnd().done(new Frame.Done(position, OptionalInt.empty(), stated));
        } catch (TransferException.Ended e) {
            throw whyEnded(running, e);
        }
        return transfer.receipt(this).orElseThrow(() -> whyOver(running));
    }

    private Attempt requireRunning() {
        Attempt current = attempt;
        return transfer.lock.locked(() -> {
            transfer.requireSeat(this);
            Attempt begun = requireBegun(current);
            transfer.requireSeats(this, begun.receiver());
            return begun;
        });
    }

    private static Attempt requireBegun(@Nullable Attempt attempt) {
        if (attempt == null) {
            throw new IllegalStateException("no attempt has begun: call awaitReceiver");
        }
        return attempt;
    }

    /** Translates the end of an attempt into what it means for the transfer. */
    private TransferException whyEnded(Attempt over, TransferException.Ended e) {
        return transfer.lock.locked(() -> {
            try {
                transfer.requireSeats(this, over.receiver());
                // Only the attempt has noticed so far: a side has stalled.
                return transfer.refuse(this, e.reason().orElseThrow());
            } catch (TransferException why) {
                return why;
            }
        });
    }

    /** What it means that the receiver of an attempt has all that it claimed. */
    private TransferException whyOver(Attempt over) {
        return transfer.lock.locked(() -> {
            try {
                transfer.requireSeats(this, over.receiver());
            } catch (TransferException why) {
                return why;
            }
            throw new AssertionError("the receiver has completed, and has its seat still");
        });
    }

    @Override
    public long taken() {
        return transfer.taken();
    }

    @Override
    public CompletionStage<TransferState.Final> whenOver() {
        return transfer.standing.whenOver();
    }

    @Override
    public CompletionStage<Demand> whenAttemptOver() {
        return requireBegun(attempt).whenOver();
    }

    @Override
    public void interrupt(InterruptReason reason) {
        transfer.interrupt(this, reason);
    }

    @Override
    public void detach() {
        transfer.detach(this);
    }

    @Override
    public void close() {
        interrupt(InterruptReason.SENDER_LEFT);
    }
}
