package io.transit.http;

import io.helidon.common.buffers.DataReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * TLS over a channel. The first to read shakes hands. An end that the peer did not announce, with close_notify, counts like one
 * that it did: whatever is carried says by itself whether it is whole.
 *
 * <p>Buffers are small until much comes, as there may be as many of these as connections. They are on the heap, where ciphers are
 * fastest.
 */
final class EncryptedWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Enough for most heads. */
    private static final int LEAST_RECEIVED = 1024;

    private static final int MOST_RECEIVED = 128 * 1024;

    /** By so much what is received grows when it was filled. */
    private static final int GROWTH = 8;

    /** How many records go out at once; what a slow peer takes is seen to move after so many. */
    private static final int RECORDS_AT_ONCE = 4;

    private final SocketChannel channel;
    private final DataReader ahead;
    private final SSLEngine engine;
    private final ReentrantLock writing = new ReentrantLock();

    /** What came, and is not decrypted yet; between position and limit. */
    private ByteBuffer received = ByteBuffer.allocate(LEAST_RECEIVED).limit(0);

    /** What was decrypted, and did not fit where it was wanted. */
    private ByteBuffer decrypted = NOTHING;

    private ByteBuffer encrypted = NOTHING;
    private boolean wasFilled;
    private boolean established;
    private boolean ended;

    /**
     * Begins.
     *
     * @param ahead what the server has read already, to see what comes
     * @param engine of a server, that has not begun
     */
    EncryptedWire(SocketChannel channel, DataReader ahead, SSLEngine engine) {
        this.channel = channel;
        this.ahead = ahead;
        this.engine = engine;
    }

    @Override
    public boolean isEncrypted() {
        return true;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        shakeHands();
        int before = target.position();
        while (target.position() == before && target.hasRemaining()) {
            if (decrypted.hasRemaining()) {
                take(target);
            } else if (ended || (!decrypt(target) && !receive())) {
                ended = true;
                return -1;
            }
        }
        return target.position() - before;
    }

    private void take(ByteBuffer target) {
        int count = Math.min(decrypted.remaining(), target.remaining());
        target.put(decrypted.slice(decrypted.position(), count));
        decrypted.position(decrypted.position() + count);
        if (!decrypted.hasRemaining()) {
            decrypted = NOTHING;
        }
    }

    /** Decrypts the records that are there, as many as there is room for; returns whether there was any. */
    private boolean decrypt(ByteBuffer target) throws IOException {
        int room = engine.getSession().getApplicationBufferSize();
        if (target.remaining() < room) {
            ByteBuffer whole = ByteBuffer.allocate(room);
            boolean any = decryptInto(whole);
            decrypted = whole.flip();
            return any;
        }
        return decryptInto(target);
    }

    private boolean decryptInto(ByteBuffer target) throws IOException {
        boolean any = false;
        while (true) {
            SSLEngineResult result = engine.unwrap(received, target);
            switch (result.getStatus()) {
                case OK -> any = true;
                case CLOSED -> {
                    ended = true;
                    return true;
                }
                case BUFFER_UNDERFLOW, BUFFER_OVERFLOW -> {
                    return any;
                }
            }
            follow(result.getHandshakeStatus());
        }
    }

    /** Does what TLS wants beside: new keys, tickets. */
    private void follow(HandshakeStatus status) throws IOException {
        switch (status) {
            case NOT_HANDSHAKING, FINISHED, NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {}
            case NEED_WRAP -> {
                // Who does not wait for the peer leaves that to the next who writes.
                if (channel.isBlocking()) {
                    write(NOTHING);
                }
            }
            case NEED_TASK -> {
                requireNotAnew();
                runTasks();
            }
        }
    }

    /**
     * Refuses a client of TLS 1.2 that begins anew: that costs us more than the client. From then on the engine waits for what is
     * not done, and encrypts nothing: who writes is told too, or would try for ever.
     */
    private void requireNotAnew() throws SSLException {
        if (!"TLSv1.3".equals(engine.getSession().getProtocol())) {
            throw new SSLException("a client wants to negotiate anew");
        }
    }

    /** Receives something, waiting for it; returns whether there was anything before the end. */
    private boolean receive() throws IOException {
        return fill() > 0;
    }

    private int fill() throws IOException {
        if (ahead.available() > 0) {
            byte[] bytes = ahead.readBytes(ahead.available());
            received = ByteBuffer.allocate(received.remaining() + Math.max(bytes.length, LEAST_RECEIVED))
                    .put(received)
                    .put(bytes)
                    .flip();
            return bytes.length;
        }
        boolean isFull = received.remaining() == received.capacity() || wasFilled;
        int capacity = isFull ? Math.min(received.capacity() * GROWTH, MOST_RECEIVED) : 0;
        if (capacity > received.capacity()) {
            received = ByteBuffer.allocate(capacity).put(received);
        } else {
            received.compact();
        }
        try {
            int count = channel.read(received);
            wasFilled = !received.hasRemaining();
            return count;
        } finally {
            received.flip();
        }
    }

    @Override
    public int write(ByteBuffer... sources) throws IOException {
        long length = 0;
        for (ByteBuffer source : sources) {
            length += source.remaining();
        }
        writing.lock();
        try {
            return encrypt(length, sources);
        } finally {
            writing.unlock();
        }
    }

    private int encrypt(long length, ByteBuffer... sources) throws IOException {
        int record = engine.getSession().getPacketBufferSize();
        int capacity = length > record / 2 ? RECORDS_AT_ONCE * record : record;
        ByteBuffer out = encrypted.capacity() >= capacity ? encrypted.clear() : ByteBuffer.allocate(capacity);
        // One that is long will be followed by more.
        encrypted = capacity > record ? out : NOTHING;
        int taken = 0;
        do {
            SSLEngineResult result = engine.wrap(sources, out);
            if (result.getStatus() == SSLEngineResult.Status.CLOSED && length > 0) {
                throw new IOException("this side has been closed");
            }
            if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                requireNotAnew();
            }
            taken += result.bytesConsumed();
        } while (taken < length && out.remaining() >= record);
        writeAll(out.flip());
        return taken;
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public int drop() throws IOException {
        decrypted = NOTHING;
        int count = established && !ended ? fill() : -1;
        ByteBuffer dropped = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        while (count > 0 && !ended && decryptInto(dropped.clear())) {
            // What it is does not matter.
        }
        return ended ? -1 : count;
    }

    @Override
    public void endOutput() throws IOException {
        if (established && writing.tryLock()) {
            try {
                engine.closeOutbound();
                encrypt(0, NOTHING);
            } finally {
                writing.unlock();
            }
        }
        channel.shutdownOutput();
    }

    // ---- the handshake

    private void shakeHands() throws IOException {
        if (established) {
            return;
        }
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            status = proceed(status);
        }
        established = true;
    }

    private HandshakeStatus proceed(HandshakeStatus status) throws IOException {
        return switch (status) {
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> hear();
            case NEED_WRAP -> say();
            case NEED_TASK -> {
                runTasks();
                yield engine.getHandshakeStatus();
            }
            case FINISHED, NOT_HANDSHAKING -> status;
        };
    }

    private HandshakeStatus hear() throws IOException {
        SSLEngineResult result = engine.unwrap(received, NOTHING.duplicate());
        switch (result.getStatus()) {
            case OK, BUFFER_OVERFLOW -> {}
            case BUFFER_UNDERFLOW -> {
                if (!receive()) {
                    throw new EOFException("the client left during the handshake");
                }
                return engine.getHandshakeStatus();
            }
            case CLOSED -> throw new SSLException("the client broke off the handshake");
        }
        return result.getHandshakeStatus();
    }

    private HandshakeStatus say() throws IOException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(NOTHING.duplicate(), out);
        writeAll(out.flip());
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new SSLException("the handshake failed");
        }
        return result.getHandshakeStatus();
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
