package io.transit.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one file in a form ({@code multipart/form-data}, RFC 7578) that is a request's body. Fields are read over. That the
 * file is whole is known only when the closing boundary, and the end of the body, have come.
 */
final class FormBody {
    /** Of one field. */
    private static final int MAX_FIELD = 64 * 1024;

    /** Before the file, and after it. */
    private static final int MAX_FIELDS = 1_000;

    private static final int MAX_EPILOGUE = 64 * 1024;

    /** RFC 2046 section 5.1.1. */
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

    private final RequestBody body;
    private final MultipartDecoder decoder;
    private ByteBuffer wire = ByteBuffer.allocate(0);
    private int fields;
    private int fieldLength;

    private FormBody(RequestBody body, String boundary) {
        this.body = body;
        this.decoder = new MultipartDecoder(boundary);
    }

    /** Whether a body of that type is such a form. */
    static boolean isForm(String type) {
        return type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /**
     * Begins to read a form.
     *
     * @param type the type of the body
     * @throws BodyException.Malformed if the type says no boundary, or one that is none
     */
    static FormBody of(RequestBody body, String type) throws BodyException.Malformed {
        String boundary = HeaderParameters.of(type).getOrDefault("boundary", "");
        if (!BOUNDARY.matcher(boundary).matches()) {
            throw new BodyException.Malformed("the form's type says no boundary of 1 to 70 characters");
        }
        return new FormBody(body, boundary);
    }

    /**
     * Reads up to the file's first byte.
     *
     * @throws BodyException.Malformed if this is not a form, or there is no file in it
     * @throws BodyException.Truncated if the connection ended before that
     * @throws IOException if the connection failed
     */
    PartHead file() throws IOException {
        while (true) {
            switch (decoder.decode(wire)) {
                case MultipartDecoder.Piece.Head(ByteBuffer lines) -> {
                    PartHead head = PartHead.of(lines);
                    if (head.fileName().isPresent()) {
                        return head;
                    }
                    beginField();
                }
                case MultipartDecoder.Piece.Data(ByteBuffer run) -> skip(run);
                case MultipartDecoder.Piece.More more -> fill();
                case MultipartDecoder.Piece.End end ->
                    throw new BodyException.Malformed("there is no file in this form");
            }
        }
    }

    /**
     * Reads on in the file, waiting for at least one byte of it.
     *
     * @return a run of it, valid until the next call; or empty when all of it has come, and the form is whole
     * @throws BodyException.Malformed if this is not a form, or there is another file in it
     * @throws BodyException.Truncated if the connection ended before the body did
     * @throws IOException if the connection failed
     */
    Optional<ByteBuffer> next() throws IOException {
        while (true) {
            switch (decoder.decode(wire)) {
                case MultipartDecoder.Piece.Data(ByteBuffer run) -> {
                    return Optional.of(run);
                }
                case MultipartDecoder.Piece.More more -> fill();
                case MultipartDecoder.Piece.Head(ByteBuffer lines) -> {
                    finish(lines);
                    return Optional.empty();
                }
                case MultipartDecoder.Piece.End end -> {
                    drain();
                    return Optional.empty();
                }
            }
        }
    }

    /** The file has ended; what follows may be fields, but no other file. */
    private void finish(ByteBuffer lines) throws IOException {
        fields = 0;
        requireField(lines);
        while (true) {
            switch (decoder.decode(wire)) {
                case MultipartDecoder.Piece.Data(ByteBuffer run) -> skip(run);
                case MultipartDecoder.Piece.More more -> fill();
                case MultipartDecoder.Piece.Head(ByteBuffer next) -> requireField(next);
                case MultipartDecoder.Piece.End end -> {
                    drain();
                    return;
                }
            }
        }
    }

    private void requireField(ByteBuffer lines) throws BodyException.Malformed {
        if (PartHead.of(lines).fileName().isPresent()) {
            throw new BodyException.Malformed("there is more than one file in this form; send them one by one");
        }
        beginField();
    }

    private void beginField() throws BodyException.Malformed {
        fieldLength = 0;
        if (++fields > MAX_FIELDS) {
            throw new BodyException.Malformed("this form has more than " + MAX_FIELDS + " fields");
        }
    }

    private void skip(ByteBuffer run) throws BodyException.Malformed {
        fieldLength += run.remaining();
        if (fieldLength > MAX_FIELD) {
            throw new BodyException.Malformed("a field of this form has more than " + MAX_FIELD + " bytes");
        }
    }

    private void fill() throws IOException {
        wire = body.any().orElseThrow(() -> new BodyException.Malformed("the form ends without its closing boundary"));
    }

    /** Reads to the end of the body: only then is it known that nothing was cut off. */
    private void drain() throws IOException {
        int length = wire.remaining();
        for (Optional<ByteBuffer> run = body.any(); run.isPresent(); run = body.any()) {
            length += run.get().remaining();
            if (length > MAX_EPILOGUE) {
                throw new BodyException.Malformed("what follows the form is too long");
            }
        }
    }
}
