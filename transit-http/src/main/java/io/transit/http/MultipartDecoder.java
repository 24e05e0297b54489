package io.transit.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds the parts in a multipart body (RFC 2046 section 5.1), however the bytes arrive, without copying their payload and
 * without keeping any of it. A line that begins with the boundary is a delimiter, and has to be one: payload in which there
 * is such a line cannot be told from its end.
 */
final class MultipartDecoder {
    /** What is in the body, in its order. */
    sealed interface Piece {
        /** A part begins: its headers, as they were sent. */
        record Head(ByteBuffer lines) implements Piece {}

        /** Some of the running part's payload; a view of what arrived. */
        record Data(ByteBuffer run) implements Piece {}

        /** More has to arrive. */
        record More() implements Piece {}

        /** The last part has ended; what follows means nothing. */
        record End() implements Piece {}
    }

    /** Of the headers of one part. */
    private static final int MAX_HEAD = 16 * 1024;

    /** Of what comes before the first part. */
    private static final int MAX_PREAMBLE = 16 * 1024;

    private static final int MAX_PADDING = 256;

    private enum Expected {
        PREAMBLE,
        PAYLOAD,
        DELIMITED,
        DASH,
        PADDING,
        DELIMITER_LF,
        HEAD,
        HEAD_LF,
        NOTHING
    }

    private final byte[] delimiter;
    private Expected expected = Expected.PREAMBLE;

    /** How much of a delimiter what arrived last may be; the line break before the first is taken for granted. */
    private int matched = 2;

    /** How much of that is not payload, whatever follows. */
    private int granted = 2;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private int lineLength;
    private int read;

    /** Begins with a body whose parts are separated by that, which is of ASCII and has no line break. */
    MultipartDecoder(String boundary) {
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Takes bytes up to the next piece.
     *
     * @param wire what arrived; its position moves behind what was taken
     * @throws BodyException.Malformed if this is not a multipart body
     */
    Piece decode(ByteBuffer wire) throws BodyException.Malformed {
        while (wire.hasRemaining() && expected != Expected.NOTHING) {
            if (expected == Expected.PAYLOAD || expected == Expected.PREAMBLE) {
                ByteBuffer run = search(wire);
                if (expected == Expected.PREAMBLE) {
                    count(run.remaining(), MAX_PREAMBLE, "what comes before the first part");
                } else if (run.hasRemaining()) {
                    return new Piece.Data(run);
                }
                if (matched == delimiter.length) {
                    read = 0;
                    expected = Expected.DELIMITED;
                }
            } else if (take(wire.get())) {
                return new Piece.Head(ByteBuffer.wrap(head.toByteArray()));
            }
        }
        return expected == Expected.NOTHING ? new Piece.End() : new Piece.More();
    }

    /** Takes bytes up to where a delimiter begins, ends, or turns out to be none; returns those that are none. */
    private ByteBuffer search(ByteBuffer wire) {
        if (matched > 0) {
            int more = match(wire, wire.position(), matched);
            wire.position(wire.position() + more);
            matched += more;
            if (matched == delimiter.length || !wire.hasRemaining()) {
                return ByteBuffer.allocate(0);
            }
            var run = ByteBuffer.wrap(delimiter, granted, Math.max(0, matched - granted))
                    .asReadOnlyBuffer();
            matched = 0;
            granted = 0;
            if (run.hasRemaining()) {
                return run;
            }
        }
        int start = wire.position();
        int at = start;
        while (at < wire.limit()) {
            if (wire.get(at) != '\r') {
                at++;
                continue;
            }
            matched = match(wire, at, 0);
            if (matched == delimiter.length || at + matched == wire.limit()) {
                break;
            }
            at += matched;
            matched = 0;
        }
        wire.position(at + matched);
        return wire.slice(start, at - start);
    }

    /** How many bytes from there on are the delimiter's from there on. */
    private int match(ByteBuffer wire, int at, int from) {
        int most = Math.min(wire.limit() - at, delimiter.length - from);
        int length = 0;
        while (length < most && wire.get(at + length) == delimiter[from + length]) {
            length++;
        }
        return length;
    }

    /** Takes a byte that is no payload; returns whether it was the last of a part's headers. */
    private boolean take(byte b) throws BodyException.Malformed {
        switch (expected) {
            case DELIMITED -> expected = b == '-' ? Expected.DASH : padding(b);
            case DASH -> {
                require(b == '-', "a boundary is followed by what is neither its end nor a line");
                expected = Expected.NOTHING;
            }
            case PADDING -> expected = padding(b);
            case DELIMITER_LF -> {
                require(b == '\n', "a boundary's line does not end with CR LF");
                head.reset();
                lineLength = 0;
                read = 0;
                expected = Expected.HEAD;
            }
            case HEAD -> expected = headByte(b);
            case HEAD_LF -> {
                require(b == '\n', "a part's header does not end with CR LF");
                return headLine();
            }
            case PREAMBLE, PAYLOAD, NOTHING -> throw new AssertionError(expected);
        }
        return false;
    }

    private Expected padding(byte b) throws BodyException.Malformed {
        if (b == '\r') {
            return Expected.DELIMITER_LF;
        }
        require(b == ' ' || b == '\t', "a boundary is followed by what is neither its end nor a line");
        count(1, MAX_PADDING, "a boundary's line");
        return Expected.PADDING;
    }

    private Expected headByte(byte b) throws BodyException.Malformed {
        if (b == '\r') {
            return Expected.HEAD_LF;
        }
        count(1, MAX_HEAD, "a part's head");
        require(b == '\t' || (b & 0xff) >= ' ', "a part's header has a control character");
        head.write(b);
        lineLength++;
        return Expected.HEAD;
    }

    /** A line of the head has ended; an empty one ends the head, and may be the line break before the next delimiter. */
    private boolean headLine() throws BodyException.Malformed {
        if (lineLength > 0) {
            count(1, MAX_HEAD, "a part's head");
            head.write('\n');
            lineLength = 0;
            expected = Expected.HEAD;
            return false;
        }
        matched = 2;
        granted = 2;
        expected = Expected.PAYLOAD;
        return true;
    }

    private void count(int more, int limit, String what) throws BodyException.Malformed {
        read += more;
        require(read <= limit, what + " is too long");
    }

    private static void require(boolean holds, String otherwise) throws BodyException.Malformed {
        if (!holds) {
            throw new BodyException.Malformed(otherwise);
        }
    }
}
