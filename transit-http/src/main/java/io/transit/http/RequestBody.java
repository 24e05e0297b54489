package io.transit.http;

import io.transit.core.BufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A request's body as it arrives. One that {@linkplain #isPlain is nothing but payload} can be {@linkplain #read read} to
 * wherever it is wanted. Any other comes {@linkplain #next run by run}; it holds one leased buffer from the first run to
 * {@link #close}, and behind its end it may have read what follows, so that its connection has to end with it.
 */
final class RequestBody implements AutoCloseable, ReadableByteChannel {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    private static final ByteBuffer CONTINUE =
            ByteBuffer.wrap("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    private final Connection connection;
    private final BodyFraming framing;
    private final BufferPool pool;
    private final ChunkedDecoder decoder = new ChunkedDecoder();
    private ByteBuffer wire = NONE;

    /** Of a body of known length. */
    private long left;

    private boolean allowed;

    RequestBody(Connection connection, BodyFraming framing, BufferPool pool) {
        this.connection = connection;
        this.framing = framing;
        this.pool = pool;
        this.left = framing instanceof BodyFraming.Length(long bytes) ? bytes : 0;
    }

    /**
     * Writes what changes nothing for a client that has begun to send, and what one that is gone answers with a reset: a
     * further {@code 100 Continue}, of which there may be any number (RFC 9110 section 15.2).
     */
    void probe() throws IOException {
        connection.write(CONTINUE.duplicate());
    }

    /** Lets the client send, if it waits for that (RFC 9110 section 10.1.1). Idempotent. */
    void allow() throws IOException {
        if (!allowed && connection.isContinueExpected()) {
            connection.write(CONTINUE.duplicate());
        }
        allowed = true;
    }

    /** Whether every byte that comes is payload. */
    boolean isPlain() {
        return framing instanceof BodyFraming.Length;
    }

    /**
     * Reads what is there of a plain body, waiting for at least one byte.
     *
     * @throws BodyException.Truncated if the connection ended before the body did
     * @throws IOException if the connection failed
     */
    @Override
    public int read(ByteBuffer target) throws IOException {
        if (left == 0) {
            return -1;
        }
        int end = target.limit();
        target.limit((int) Math.min(end, target.position() + left));
        int count = connection.read(target);
        target.limit(end);
        if (count < 0) {
            throw new BodyException.Truncated();
        }
        left -= count;
        return count;
    }

    /**
     * Lets go of the next bytes of a plain body.
     *
     * @param count no more than there are
     * @throws BodyException.Truncated if the connection ended before them
     * @throws IOException if the connection failed
     */
    void skip(long count) throws IOException {
        long end = left - count;
        while (left > end) {
            lease();
            wire.clear();
            int unused = read(wire.limit((int) Math.min(wire.capacity(), left - end)));
        }
    }

    /**
     * Reads on in any other body, waiting for at least one byte of payload.
     *
     * @return a run of payload, valid until the next call; or empty at the body's end
     * @throws BodyException.Malformed if the body is not chunked as it should be
     * @throws BodyException.Truncated if the connection ended before the body did
     * @throws IOException if the connection failed
     */
    Optional<ByteBuffer> next() throws IOException {
        return switch (framing) {
            case BodyFraming.None none -> Optional.empty();
            case BodyFraming.Length length -> throw new IllegalStateException("it is plain");
            case BodyFraming.Chunked chunked -> nextOfChunks();
            case BodyFraming.Malformed malformed -> throw new BodyException.Malformed(malformed.why());
        };
    }

    /**
     * Reads on in a body of any kind, as {@link #next} does.
     *
     * @return a run of payload, valid until the next call; or empty at the body's end
     */
    Optional<ByteBuffer> any() throws IOException {
        if (!isPlain()) {
            return next();
        }
        if (left == 0) {
            return Optional.empty();
        }
        lease();
        int count = read(wire.clear());
        return Optional.of(wire.flip().limit(count));
    }

    private Optional<ByteBuffer> nextOfChunks() throws IOException {
        while (true) {
            ByteBuffer run = decoder.decodeAll(wire);
            if (run.hasRemaining()) {
                return Optional.of(run);
            }
            if (decoder.isFinished()) {
                return Optional.empty();
            }
            fill();
        }
    }

    private void fill() throws IOException {
        lease();
        wire.clear();
        int count = connection.read(wire);
        wire.flip();
        if (count < 0) {
            throw new BodyException.Truncated();
        }
    }

    private void lease() {
        if (wire.capacity() == 0) {
            wire = pool.lease(Integer.MAX_VALUE);
        }
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** Returns the buffer. Idempotent; nothing can be read afterwards. */
    @Override
    public void close() {
        ByteBuffer leased = wire;
        wire = NONE;
        if (leased.capacity() > 0) {
            pool.release(leased);
        }
    }
}
