package io.transit.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Takes a client's frames apart (RFC 6455 section 5), however the bytes arrive: payload is unmasked where it lies and handed
 * on as it comes, so that the length of a frame costs nothing. Control frames may come between the fragments of a message.
 */
final class FrameDecoder {
    private long maxText;
    private final FrameHeaderDecoder heads = new FrameHeaderDecoder();
    private @Nullable FrameHeader frame;

    /** Of the frame: what has been taken of its payload. */
    private long taken;

    /** Of the message under way; {@code null} between messages. */
    private @Nullable Opcode message;

    private boolean begun;
    private long textLength;
    private ByteBuffer control = ByteBuffer.allocate(0);

    /**
     * Makes a decoder of one connection.
     *
     * @param maxText the most bytes that a text message may have; a binary message may have any number
     */
    FrameDecoder(long maxText) {
        this.maxText = maxText;
    }

    /** Changes the most bytes that a text message may have, from the next frame on. */
    void limitText(long bytes) {
        maxText = bytes;
    }

    /**
     * Takes bytes up to the end of what comes next.
     *
     * @param wire what arrived; its position moves behind what was taken, and payload in it is unmasked
     * @return what came, or empty if more is needed: then all of {@code wire} was taken
     * @throws WebSocketException if a client may not send that; the decoder cannot be used any further
     */
    Optional<Incoming> decode(ByteBuffer wire) throws WebSocketException {
        while (true) {
            FrameHeader current = frame;
            if (current == null) {
                Optional<FrameHeader> head = heads.decode(wire);
                if (head.isEmpty()) {
                    return Optional.empty();
                }
                current = begin(head.get());
            }
            long left = current.length() - taken;
            if (left > 0 && !wire.hasRemaining()) {
                return Optional.empty();
            }
            Optional<Incoming> next = current.opcode().isControl() ? control(current, wire) : payload(current, wire);
            if (next.isPresent()) {
                return next;
            }
        }
    }

    private FrameHeader begin(FrameHeader head) throws WebSocketException {
        switch (head.opcode()) {
            case TEXT, BINARY -> {
                require(message == null, "a message begins within another");
                message = head.opcode();
                begun = false;
                textLength = 0;
            }
            case CONTINUATION -> require(message != null, "a continuation continues nothing");
            case CLOSE, PING, PONG -> control = ByteBuffer.allocate((int) head.length());
        }
        if (message == Opcode.TEXT && !head.opcode().isControl()) {
            if (head.length() > maxText - textLength) {
                throw new WebSocketException(CloseCode.TOO_BIG, "a text message may have " + maxText + " bytes");
            }
            textLength += head.length();
        }
        frame = head;
        taken = 0;
        return head;
    }

    /** Takes a run of the frame's payload out of what arrived. */
    private ByteBuffer take(FrameHeader head, ByteBuffer wire) {
        int length = (int) Math.min(head.length() - taken, wire.remaining());
        ByteBuffer run = wire.slice(wire.position(), length);
        wire.position(wire.position() + length);
        Mask.apply(run, head.mask(), taken);
        taken += length;
        if (taken == head.length()) {
            frame = null;
        }
        return run;
    }

    private Optional<Incoming> payload(FrameHeader head, ByteBuffer wire) {
        boolean isText = message == Opcode.TEXT;
        ByteBuffer run = take(head, wire);
        boolean ends = frame == null && head.last();
        if (ends) {
            message = null;
        } else if (!run.hasRemaining()) {
            // An empty fragment.
            return Optional.empty();
        }
        boolean begins = !begun;
        begun = true;
        return Optional.of(new Incoming.Payload(isText, run, begins, ends));
    }

    private Optional<Incoming> control(FrameHeader head, ByteBuffer wire) throws WebSocketException {
        control.put(take(head, wire));
        if (frame != null) {
            return Optional.empty();
        }
        ByteBuffer payload = control.flip();
        return Optional.of(
                switch (head.opcode()) {
                    case PING -> new Incoming.Ping(payload);
                    case PONG -> new Incoming.Pong();
                    case CLOSE -> close(payload);
                    case CONTINUATION, TEXT, BINARY -> throw new AssertionError(head);
                });
    }

    private static Incoming close(ByteBuffer payload) throws WebSocketException {
        if (!payload.hasRemaining()) {
            return new Incoming.Close(OptionalInt.empty());
        }
        require(payload.remaining() >= Short.BYTES, "half a close code");
        int code = payload.getShort() & 0xffff;
        require(CloseCode.maySend(code), "a close code is reserved");
        text(payload);
        return new Incoming.Close(OptionalInt.of(code));
    }

    /** Decodes what must be UTF-8. */
    static String text(ByteBuffer bytes) throws WebSocketException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new WebSocketException(CloseCode.NOT_UTF8, "a text is not UTF-8");
        }
    }

    private static void require(boolean holds, String otherwise) throws WebSocketException {
        if (!holds) {
            throw new WebSocketException(CloseCode.PROTOCOL_ERROR, otherwise);
        }
    }
}
