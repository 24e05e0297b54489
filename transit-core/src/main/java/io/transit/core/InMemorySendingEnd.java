package io.transit.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** Carries bytes into an {@link InMemoryChannel}, or past its queue to where the receiver wants them: outside of its lock. */
final class InMemorySendingEnd implements TransferChannel.SendingEnd {
    /**
     * Where the next bytes go.
     *
     * <p>Once this is agreed on, nobody else touches it until the channel is told what came of it.
     */
    sealed interface Place {
        /** Room in the queue. */
        record Room(ByteBuffer bytes) implements Place {}

        /** What the receiver has named. */
        record Target(WritableByteChannel channel) implements Place {}
    }

    private final InMemoryChannel channel;
    private final BufferPool pool;
    private final int window;

    /** What is read into for a file that needs less than a block; the pool does not keep it. */
    private @Nullable ByteBuffer small;

    /** Nobody has what was read and not sent: nothing may follow. Whoever gave up may still say why. */
    private boolean torn;

    InMemorySendingEnd(InMemoryChannel channel, BufferPool pool, int window) {
        this.channel = channel;
        this.pool = pool;
        this.window = window;
    }

    @Override
    public void send(ByteBuffer bytes) throws InterruptedException {
        endIfTorn();
        while (bytes.hasRemaining()) {
            switch (channel.awaitPlace(false)) {
                case Place.Room(ByteBuffer room) -> copy(bytes, room);
                case Place.Target(WritableByteChannel target) -> write(bytes, target);
            }
        }
    }

    private void copy(ByteBuffer bytes, ByteBuffer room) {
        int length = Math.min(bytes.remaining(), room.remaining());
        try {
            room.put(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        } finally {
            channel.copied(room.position());
        }
    }

    private void write(ByteBuffer bytes, WritableByteChannel target) {
        int before = bytes.position();
        try {
            if (target.write(bytes) <= 0) {
                throw new IOException("the target takes nothing, where it should wait");
            }
            channel.written(bytes.position() - before);
        } catch (IOException | RuntimeException e) {
            // It is the receiver's, who will say what follows.
            channel.failed(e);
        } catch (Error e) {
            channel.failed(new IOException("the target failed", e));
            throw e;
        }
    }

    @Override
    public int transferFrom(ReadableByteChannel source, int atMost) throws IOException, InterruptedException {
        endIfTorn();
        return switch (channel.awaitPlace(true)) {
            case Place.Room(ByteBuffer room) -> fill(source, room.limit(Math.min(room.limit(), atMost)));
            case Place.Target target -> pass(source, atMost);
        };
    }

    /** Reads into the queue. */
    private int fill(ReadableByteChannel source, ByteBuffer room) throws IOException {
        try {
            return source.read(room);
        } finally {
            channel.filled(room.position());
        }
    }

    /** Reads into memory of its own, and sends that. */
    private int pass(ReadableByteChannel source, int atMost) throws IOException, InterruptedException {
        ByteBuffer bytes = lease();
        try {
            int count = source.read(bytes.limit(Math.min(bytes.limit(), atMost)));
            sendAll(bytes.flip());
            return count;
        } finally {
            release(bytes);
        }
    }

    private ByteBuffer lease() {
        ByteBuffer kept = small;
        return kept == null ? pool.lease(window).clear() : kept.clear();
    }

    private void release(ByteBuffer leased) {
        if (pool.keeps(leased)) {
            pool.release(leased);
        } else {
            small = leased;
        }
    }

    private void sendAll(ByteBuffer bytes) throws InterruptedException {
        try {
            send(bytes);
        } finally {
            torn = bytes.hasRemaining();
        }
    }

    private void endIfTorn() {
        if (torn) {
            interrupt(InterruptReason.SENDER_LEFT);
        }
    }

    @Override
    public void finish(Frame.Done stated) {
        endIfTorn();
        channel.finish(stated);
    }

    @Override
    public void done(Frame.Done stated) throws InterruptedException {
        endIfTorn();
        channel.done(stated);
    }

    @Override
    public void interrupt(InterruptReason reason) {
        channel.interruptBySender(reason);
    }
}
