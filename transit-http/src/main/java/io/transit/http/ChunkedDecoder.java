package io.transit.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the payload in a chunked body (RFC 9112 section 7.1), however the bytes arrive, without copying it and without
 * keeping any of it. Strict: lines end with CR LF, sizes are plain hexadecimal. Extensions and trailers are read over; what
 * they may take is limited.
 */
final class ChunkedDecoder {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Of a line with a chunk's size and its extensions. */
    private static final int MAX_SIZE_LINE = 4096;

    /** Of all trailers together. */
    private static final int MAX_TRAILERS = 16 * 1024;

    /** Fifteen hexadecimal digits always fit into a {@code long}. */
    private static final int MAX_SIZE_DIGITS = 15;

    private enum Expected {
        SIZE,
        PADDING,
        EXTENSION,
        SIZE_LF,
        PAYLOAD,
        PAYLOAD_CR,
        PAYLOAD_LF,
        TRAILER_START,
        TRAILER,
        TRAILER_LF,
        LAST_LF,
        NOTHING
    }

    private Expected expected = Expected.SIZE;

    /** Of the chunk: its size while that is being read, then what is missing of it. */
    private long left;

    private int digits;
    private int lineLength;

    /** What was found behind payload that is to be had first. */
    private BodyException.@Nullable Malformed found;

    boolean isFinished() {
        return expected == Expected.NOTHING;
    }

    /**
     * Takes bytes up to the end of the next run of payload.
     *
     * @param wire what arrived; its position moves behind what was taken
     * @return a view of that run, or an empty buffer when there is none: either more is needed, or the body is finished
     * @throws BodyException.Malformed if this is not a chunked body
     */
    ByteBuffer decode(ByteBuffer wire) throws BodyException.Malformed {
        while (wire.hasRemaining() && expected != Expected.NOTHING) {
            if (expected == Expected.PAYLOAD) {
                return payload(wire);
            }
            take(wire.get());
        }
        return NOTHING;
    }

    /**
     * Takes bytes up to the end of the last payload that is here, and moves that of later chunks behind that of the first: to
     * move it costs less than to pass on one chunk after the other.
     *
     * @param wire what arrived; its position moves behind what was taken, and what is before that may change
     * @return a view of that payload, or an empty buffer when there is none: either more is needed, or the body is finished
     * @throws BodyException.Malformed if this is not a chunked body, once all before that was returned
     */
    ByteBuffer decodeAll(ByteBuffer wire) throws BodyException.Malformed {
        if (found != null) {
            throw found;
        }
        ByteBuffer first = decode(wire);
        int end = wire.position();
        int start = end - first.remaining();
        try {
            for (ByteBuffer next = first; next.hasRemaining(); ) {
                next = decode(wire);
                wire.put(end, next, 0, next.remaining());
                end += next.remaining();
            }
        } catch (BodyException.Malformed e) {
            found = e;
        }
        return wire.slice(start, end - start);
    }

    private ByteBuffer payload(ByteBuffer wire) {
        int length = (int) Math.min(left, wire.remaining());
        ByteBuffer run = wire.slice(wire.position(), length);
        wire.position(wire.position() + length);
        left -= length;
        if (left == 0) {
            expected = Expected.PAYLOAD_CR;
        }
        return run;
    }

    private void take(byte b) throws BodyException.Malformed {
        switch (expected) {
            case SIZE -> size(b);
            case PADDING -> padding(b);
            case EXTENSION -> extension(b);
            case SIZE_LF -> {
                require(b == '\n', "a chunk's size does not end with CR LF");
                lineLength = 0;
                expected = left == 0 ? Expected.TRAILER_START : Expected.PAYLOAD;
            }
            case PAYLOAD_CR -> {
                require(b == '\r', "a chunk is longer than its size");
                expected = Expected.PAYLOAD_LF;
            }
            case PAYLOAD_LF -> {
                require(b == '\n', "a chunk does not end with CR LF");
                digits = 0;
                expected = Expected.SIZE;
            }
            case TRAILER_START -> expected = b == '\r' ? Expected.LAST_LF : trailer(b);
            case TRAILER -> expected = b == '\r' ? Expected.TRAILER_LF : trailer(b);
            case TRAILER_LF -> {
                require(b == '\n', "a trailer does not end with CR LF");
                expected = Expected.TRAILER_START;
            }
            case LAST_LF -> {
                require(b == '\n', "the body does not end with CR LF");
                expected = Expected.NOTHING;
            }
            case PAYLOAD, NOTHING -> throw new AssertionError(expected);
        }
    }

    private void size(byte b) throws BodyException.Malformed {
        int digit = Character.digit(b, 16);
        if (digit >= 0) {
            require(digits < MAX_SIZE_DIGITS, "a chunk's size is too large");
            left = left * 16 + digit;
            digits++;
            return;
        }
        require(digits > 0, "a chunk's size is not a hexadecimal number");
        expected = switch (b) {
            case '\r' -> Expected.SIZE_LF;
            case ';' -> Expected.EXTENSION;
            case ' ', '\t' -> Expected.PADDING;
            default -> throw new BodyException.Malformed("a chunk's size is not a hexadecimal number");
        };
    }

    private void padding(byte b) throws BodyException.Malformed {
        if (b == ' ' || b == '\t') {
            requireText(b, MAX_SIZE_LINE, "a chunk's extension");
        } else {
            require(b == ';' || b == '\r', "a chunk's size is followed by what is no extension");
            expected = b == ';' ? Expected.EXTENSION : Expected.SIZE_LF;
        }
    }

    private void extension(byte b) throws BodyException.Malformed {
        if (b == '\r') {
            expected = Expected.SIZE_LF;
        } else {
            requireText(b, MAX_SIZE_LINE, "a chunk's extension");
        }
    }

    private Expected trailer(byte b) throws BodyException.Malformed {
        requireText(b, MAX_TRAILERS, "a trailer");
        return Expected.TRAILER;
    }

    private void requireText(byte b, int limit, String what) throws BodyException.Malformed {
        require(++lineLength <= limit, what + " is too long");
        require(b == '\t' || ((b & 0xff) >= ' ' && b != 0x7f), what + " has a control character");
    }

    private static void require(boolean holds, String otherwise) throws BodyException.Malformed {
        if (!holds) {
            throw new BodyException.Malformed(otherwise);
        }
    }
}
