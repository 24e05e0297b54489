package io.transit.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes frames to a client, each as one write of its head and its payload, without a copy. Any thread may write; each
 * frame waits for the one before it, and for the client to take it. Behind a close frame there is nothing.
 */
final class FrameWriter {
    /** How long a close frame waits for the frame before it. */
    private static final long CLOSE_PATIENCE_SECONDS = 5;

    private static final int MAX_HEAD = 10;
    private static final int MAX_REASON = 123;
    private static final int LAST = 0x80;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Connection connection;
    private final ReentrantLock turn = new ReentrantLock();
    private final ByteBuffer head = ByteBuffer.allocate(MAX_HEAD);
    private volatile boolean closed;

    FrameWriter(Connection connection) {
        this.connection = connection;
    }

    /** Whether a close frame was written. */
    boolean isClosed() {
        return closed;
    }

    /**
     * Writes a frame.
     *
     * @param payload the bytes between position and limit, drained on return
     * @throws IOException if the client is gone, or a close frame was written
     */
    void write(Opcode opcode, ByteBuffer payload) throws IOException {
        turn.lock();
        try {
            if (closed) {
                throw new IOException("the WebSocket is closed");
            }
            frame(opcode, payload);
        } finally {
            turn.unlock();
        }
    }

    /** Writes a pong, unless a close frame was written. */
    void pong(ByteBuffer payload) throws IOException {
        turn.lock();
        try {
            if (!closed) {
                frame(Opcode.PONG, payload);
            }
        } finally {
            turn.unlock();
        }
    }

    /** Writes a ping, unless a frame is being written or a close frame was. */
    void ping() throws IOException {
        if (turn.tryLock()) {
            try {
                if (!closed) {
                    frame(Opcode.PING, NOTHING);
                }
            } finally {
                turn.unlock();
            }
        }
    }

    /**
     * Writes a close frame, if none was.
     *
     * @param lastWords a text message to be written right before it
     * @param code why, or empty for a frame that does not say
     * @param reason why in words, of which at most 123 bytes are written
     * @return whether this call has written it
     * @throws IOException if the client is gone, or takes nothing
     */
    boolean close(Optional<String> lastWords, OptionalInt code, String reason) throws IOException {
        awaitTurn();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            if (lastWords.isPresent()) {
                frame(Opcode.TEXT, utf8(lastWords.get()));
            }
            frame(Opcode.CLOSE, closePayload(code, reason));
            return true;
        } finally {
            turn.unlock();
        }
    }

    private void awaitTurn() throws IOException {
        try {
            if (!turn.tryLock(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the client takes nothing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void frame(Opcode opcode, ByteBuffer payload) throws IOException {
        int length = payload.remaining();
        head.clear().put((byte) (LAST | opcode.number()));
        if (length < 126) {
            head.put((byte) length);
        } else if (length < 1 << 16) {
            head.put((byte) 126).putShort((short) length);
        } else {
            head.put((byte) 127).putLong(length);
        }
        head.flip();
        if (length == 0) {
            connection.write(head);
        } else {
            connection.write(head, payload);
        }
    }

    private static ByteBuffer closePayload(OptionalInt code, String reason) {
        if (code.isEmpty()) {
            return ByteBuffer.allocate(0);
        }
        ByteBuffer words = cut(utf8(reason));
        return ByteBuffer.allocate(Short.BYTES + words.remaining())
                .putShort((short) code.getAsInt())
                .put(words)
                .flip();
    }

    /** Shortens a text to what fits, without breaking a character. */
    private static ByteBuffer cut(ByteBuffer text) {
        int end = Math.min(text.limit(), MAX_REASON);
        while (end < text.limit() && (text.get(end) & 0xc0) == 0x80) {
            end--;
        }
        return text.limit(end);
    }

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
