package io.transit.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntUnaryOperator;

/**
 * What came of a chunked body.
 *
 * @param payload in hexadecimal
 * @param end how it ended
 * @param taken how much of the input was taken; -1 if it was malformed, as that may be seen sooner or later
 */
record ChunkedVerdict(String payload, End end, int taken) {
    enum End {
        FINISHED,
        UNFINISHED,
        MALFORMED
    }

    /** How payload is taken out of what arrived. */
    interface Decoding {
        ByteBuffer next(ChunkedDecoder decoder, ByteBuffer wire) throws BodyException.Malformed;
    }

    /** Decodes a body that arrives in such pieces, chunk by chunk. */
    static ChunkedVerdict of(byte[] wire, IntUnaryOperator pieces) {
        return of(wire, pieces, ChunkedDecoder::decode);
    }

    /** Decodes a body that arrives in such pieces, in this way. */
    static ChunkedVerdict of(byte[] wire, IntUnaryOperator pieces, Decoding decoding) {
        var decoder = new ChunkedDecoder();
        var payload = new ByteArrayOutputStream();
        int taken = 0;
        try {
            while (taken < wire.length && !decoder.isFinished()) {
                int length = pieces.applyAsInt(wire.length - taken);
                // A copy, so that nothing but what arrived can be seen.
                ByteBuffer piece = ByteBuffer.wrap(Arrays.copyOfRange(wire, taken, taken + length));
                drain(() -> decoding.next(decoder, piece), payload);
                taken += piece.position();
            }
        } catch (BodyException.Malformed e) {
            return new ChunkedVerdict(hex(payload), End.MALFORMED, -1);
        }
        return new ChunkedVerdict(hex(payload), decoder.isFinished() ? End.FINISHED : End.UNFINISHED, taken);
    }

    private interface Runs {
        ByteBuffer next() throws BodyException.Malformed;
    }

    private static void drain(Runs runs, ByteArrayOutputStream payload) throws BodyException.Malformed {
        for (ByteBuffer run = runs.next(); run.hasRemaining(); run = runs.next()) {
            byte[] bytes = new byte[run.remaining()];
            run.get(bytes);
            payload.writeBytes(bytes);
        }
    }

    private static String hex(ByteArrayOutputStream bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
