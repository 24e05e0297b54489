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

    /** Decodes a body that arrives in such pieces. */
    static ChunkedVerdict of(byte[] wire, IntUnaryOperator pieces) {
        var decoder = new ChunkedDecoder();
        var payload = new ByteArrayOutputStream();
        int taken = 0;
        try {
            while (taken < wire.length && !decoder.isFinished()) {
                int length = pieces.applyAsInt(wire.length - taken);
                // A copy, so that nothing but what arrived can be seen.
                ByteBuffer piece = ByteBuffer.wrap(Arrays.copyOfRange(wire, taken, taken + length));
                drain(decoder, piece, payload);
                taken += piece.position();
            }
        } catch (BodyException.Malformed e) {
            return new ChunkedVerdict(hex(payload), End.MALFORMED, -1);
        }
        return new ChunkedVerdict(hex(payload), decoder.isFinished() ? End.FINISHED : End.UNFINISHED, taken);
    }

    private static void drain(ChunkedDecoder decoder, ByteBuffer piece, ByteArrayOutputStream payload)
            throws BodyException.Malformed {
        for (ByteBuffer run = decoder.decode(piece); run.hasRemaining(); run = decoder.decode(piece)) {
            byte[] bytes = new byte[run.remaining()];
            run.get(bytes);
            payload.writeBytes(bytes);
        }
    }

    private static String hex(ByteArrayOutputStream bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
