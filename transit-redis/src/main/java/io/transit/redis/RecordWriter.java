package io.transit.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.transit.core.Frame;
import io.transit.core.FrameCodec;
import io.transit.core.InterruptReason;
import io.transit.core.TransferChannel;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt that frames go into, while they come out on another node: collects payload into records, and pushes
 * a few of them at a time. The answer to a push is credit; so is what the reader publishes. A small run of bytes does not
 * wait for more while nothing is on its way.
 */
final class RecordWriter implements TransferChannel.SendingEnd {
    /** More do not make it faster, and each holds a buffer. */
    private static final int MAX_PUSHES = 3;

    private final RemoteAttempt attempt;
    private final int window;
    private final long stallNanos;
    private final RecordBuffers buffers;
    private final RecordPeer peer;
    private final ReentrantLock lock = new ReentrantLock();

    /** Signalled when there is credit or a free buffer, and at the end: only the sender waits here. */
    private final Condition changed = lock.newCondition();

    private final RedisConnectionStateListener watch = new RedisConnectionStateListener() {
        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            cut();
        }
    };

    private final Deque<Frame> last = new ArrayDeque<>();
    private final CRC32C crc = new CRC32C();
    private @Nullable Payload link;
    private final OpenRecord current;
    private int pushes;

    /** Another thread is about to push. */
    private boolean stirred;

    private long sequence;
    private long sent;
    private long taken;
    private boolean done;
    private boolean refused;
    private boolean broken;
    private TransferState.@Nullable Final end;
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();

    /**
     * Accepts frames at once, and pushes them as soon as it is {@linkplain #open opened}.
     *
     * @param stall how long the reader may take nothing
     * @param peer hears of the reader
     */
    RecordWriter(RemoteAttempt attempt, int window, Duration stall, RecordPeer peer) {
        this.attempt = attempt;
        this.window = window;
        this.buffers = attempt.node().buffers;
        this.current = new OpenRecord(buffers);
        this.stallNanos = TimeUnit.NANOSECONDS.convert(stall);
        this.peer = peer;
        this.sent = attempt.offset();
        this.taken = attempt.offset();
    }

    /** Takes the connection over which the attempt has begun; it is given back in the end. */
    void open(Payload opened) {
        opened.connection().addListener(watch);
        locked(() -> {
            link = opened;
            stir();
        });
        if (!opened.connection().isOpen()) {
            cut();
        }
    }

    /** The connection is gone. A writer that waits for credit would not see it; one that needs it no more may still succeed. */
    private void cut() {
        boolean running = locked(() -> {
            boolean isAllPushed = done && !current.hasPayload() && last.isEmpty();
            boolean before = link != null && end == null && !isAllPushed;
            if (before) {
                broken = true;
                finish(new TransferState.Interrupted(taken, InterruptReason.STORE_LOST));
            }
            return before;
        });
        if (running) {
            peer.lost(InterruptReason.STORE_LOST);
        }
    }

    @Override
    public void send(ByteBuffer bytes) throws InterruptedException {
        while (bytes.hasRemaining()) {
            lock.lockInterruptibly();
            try {
                ByteBuffer room = awaitRoom(bytes.remaining());
                ByteBuffer part = bytes.slice(bytes.position(), room.remaining());
                bytes.position(bytes.position() + room.remaining());
                crc.update(part.duplicate());
                filled(room.put(part).flip());
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public int transferFrom(ReadableByteChannel source, int atMost) throws IOException, InterruptedException {
        ByteBuffer room;
        lock.lockInterruptibly();
        try {
            room = awaitRoom(atMost);
        } finally {
            lock.unlock();
        }
        try {
            return source.read(room);
        } finally {
            room.flip();
            crc.update(room.duplicate());
            locked(() -> filled(room));
        }
    }

    /** Under the lock: waits for credit, and for a buffer. */
    private ByteBuffer awaitRoom(int atMost) throws InterruptedException {
        awaitUnlessStalled(() -> sent - taken < window && (current.isNew() ? pushes < MAX_PUSHES : !current.isFull()));
        requireRunning();
        return current.room((int) Math.min(atMost, window - (sent - taken)));
    }

    /** Under the lock: sends what came into the room. */
    private void filled(ByteBuffer room) {
        int length = end == null ? room.remaining() : 0;
        current.filled(length);
        sent += length;
        pump();
    }

    @Override
    public void finish(Frame.Done stated) {
        locked(() -> {
            if (!done && end == null) {
                done = true;
                last.add(new Frame.Done(stated.totalBytes(), OptionalInt.of((int) crc.getValue()), stated.sha256()));
                pump();
            }
        });
    }

    @Override
    public void done(Frame.Done stated) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            finish(stated);
            awaitUnlessStalled(() -> end instanceof TransferState.Completed);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void interrupt(InterruptReason reason) {
        locked(() -> {
            if (end == null) {
                last.add(new Frame.Interrupt(reason));
                finish(new TransferState.Interrupted(taken, reason));
            }
        });
    }

    /** The reader's side has everything, and the transfer knows. */
    void completed() {
        locked(() -> finish(new TransferState.Completed(taken)));
    }

    /** The reader has let go of the file up to this position. */
    void credit(long position) {
        // First the transfer, then the sender: where one who comes back resumes is never further back than the window.
        peer.taken(position);
        locked(() -> {
            if (position > taken) {
                taken = position;
                changed.signal();
                stir();
            }
        });
    }

    /** Completed once everything has gone out, the last frame included, or nothing more can. */
    CompletionStage<@Nullable Void> drained() {
        return drained;
    }

    boolean isOf(long epoch) {
        return attempt.epoch() == epoch;
    }

    /** Under the lock, on any thread: pushes what is worth it now, but not on that of a connection (see {@link Payload}). */
    private void stir() {
        if (isWorthPushing() && !stirred) {
            stirred = true;
            Thread.startVirtualThread(() -> locked(() -> {
                stirred = false;
                pump();
            }));
        }
        letGo();
    }

    /** Under the lock. */
    private boolean isWorthPushing() {
        if (link == null || broken || refused || pushes >= MAX_PUSHES) {
            return false;
        }
        return !last.isEmpty() || (current.hasPayload() && (current.isFull() || pushes == 0 || sent - taken >= window));
    }

    /** Under the lock: pushes what is worth it now. */
    private void pump() {
        while (isWorthPushing()) {
            push(current.hasPayload() ? current.take(sequence) : encoded(sequence, last.remove()));
        }
        letGo();
    }

    private static ByteBuffer encoded(long number, Frame frame) {
        ByteBuffer record = ByteBuffer.allocate(FrameCodec.size(frame));
        FrameCodec.encode(number, frame, record);
        return record.flip();
    }

    private void push(ByteBuffer record) {
        pushes++;
        var unused = attempt.push(Objects.requireNonNull(link), sequence++, record)
                .whenComplete((answer, e) -> pushed(record, answer == null || e != null ? -3 : answer, e != null));
    }

    private void pushed(ByteBuffer record, long answer, boolean failed) {
        if (lock.isHeldByCurrentThread()) {
            // It failed at once; the peer is not to be called under the lock.
            Thread.startVirtualThread(() -> pushed(record, answer, failed));
            return;
        }
        if (answer >= 0) {
            peer.taken(answer);
        }
        boolean wasRunning = locked(() -> {
            boolean before = end == null;
            pushes--;
            if (failed) {
                broken = true;
            } else {
                // Not when it failed: it may still be on its way out.
                buffers.release(record);
            }
            if (answer >= 0) {
                taken = Math.max(taken, answer);
            } else {
                refused = true;
                last.clear();
            }
            if (answer < -2) {
                finish(new TransferState.Interrupted(taken, InterruptReason.STORE_LOST));
            }
            changed.signal();
            stir();
            return before;
        });
        if (!wasRunning) {
            // Its peer may be at another attempt by now.
            return;
        }
        switch ((int) Math.min(answer, 0)) {
            case 0 -> {}
            case -1 -> peer.left();
            case -2 -> peer.lost(InterruptReason.NODE_LOST);
            default -> peer.lost(InterruptReason.STORE_LOST);
        }
    }

    /** Under the lock: once the attempt is over and nothing is outstanding, nothing is held. */
    private void letGo() {
        if (end == null || pushes > 0) {
            return;
        }
        if (broken || refused || end instanceof TransferState.Completed || !current.hasPayload()) {
            current.drop();
        }
        if (refused) {
            // Why it ends may have been known only after that.
            last.clear();
        }
        Payload held = link;
        if (broken) {
            drained.complete(null);
        }
        if (held != null && (broken || (!current.hasPayload() && last.isEmpty()))) {
            link = null;
            held.connection().removeListener(watch);
            drained.complete(null);
            if (broken) {
                attempt.node().connections.discard(held);
            } else {
                attempt.node().connections.giveBack(held);
            }
        }
    }

    /** There will be no connection: nothing can be pushed. */
    void fail(InterruptReason reason) {
        locked(() -> {
            broken = true;
            finish(new TransferState.Interrupted(taken, reason));
            letGo();
        });
    }

    private void awaitUnlessStalled(BooleanSupplier goal) throws InterruptedException {
        long left = stallNanos;
        long seen = taken;
        while (!goal.getAsBoolean()) {
            requireRunning();
            if (taken != seen) {
                seen = taken;
                left = stallNanos;
            }
            if (left <= 0) {
                last.add(new Frame.Interrupt(InterruptReason.RECEIVER_STALLED));
                finish(new TransferState.Interrupted(taken, InterruptReason.RECEIVER_STALLED));
            } else {
                left = changed.awaitNanos(left);
            }
        }
    }

    private void requireRunning() {
        TransferState.Final how = end;
        if (how != null) {
            throw new TransferException.Ended(how);
        }
    }

    /** Under the lock. */
    private void finish(TransferState.Final how) {
        if (end == null) {
            end = how;
            changed.signal();
            stir();
        }
    }

    private void locked(Runnable action) {
        var unused = locked(() -> {
            action.run();
            return true;
        });
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
