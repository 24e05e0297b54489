package io.transit.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whatever the bytes of a body are: they are decoded or refused, as is declared, and how they arrive changes nothing. Usually
 * tries what is kept beside this class; docs/proofs.md says how to search for more.
 */
class DecodersFuzzTest {
    private static final int MAX_TEXT = 1_000;

    /** The grammar of RFC 9112 section 7.1, without its limits. */
    private static final Pattern CHUNK =
            Pattern.compile("(\\p{XDigit}{1,15})[\\t ]*+(?:;[\\t -~\u0080-\u00ff]*+)?\r\n");

    private static final Pattern TRAILERS = Pattern.compile("(?:[\\t -~\u0080-\u00ff]++\r\n)*+\r\n");

    @FuzzTest
    void A12_a_chunked_body_is_what_the_grammar_says_however_it_arrives(byte[] wire) {
        ChunkedVerdict verdict = ChunkedVerdict.of(wire, Pieces.whole());
        for (IntUnaryOperator pieces : Pieces.splitting(wire)) {
            assertThat(ChunkedVerdict.of(wire, pieces)).isEqualTo(verdict);
        }
        if (verdict.end() == ChunkedVerdict.End.FINISHED) {
            String taken = new String(wire, 0, verdict.taken(), ISO_8859_1);
            assertThat(payload(taken)).isEqualTo(verdict.payload());
        }
    }

    @FuzzTest
    void A16_frames_mean_the_same_however_they_arrive(byte[] wire) {
        String meaning = FrameMeaning.of(wire, Pieces.whole(), MAX_TEXT);
        for (IntUnaryOperator pieces : Pieces.splitting(wire)) {
            assertThat(FrameMeaning.of(wire, pieces, MAX_TEXT)).isEqualTo(meaning);
        }
    }

    /** Reads a body that is all there. */
    private static String payload(String body) {
        var payload = new StringBuilder();
        Matcher chunk = CHUNK.matcher(body);
        int at = 0;
        while (true) {
            assertThat(chunk.region(at, body.length()).lookingAt()).isTrue();
            int from = chunk.end();
            int length = Integer.parseInt(chunk.group(1), 16);
            if (length == 0) {
                assertThat(body.substring(from)).matches(TRAILERS);
                return HexFormat.of().formatHex(payload.toString().getBytes(ISO_8859_1));
            }
            payload.append(body, from, from + length);
            assertThat(body.startsWith("\r\n", from + length)).isTrue();
            at = from + length + 2;
        }
    }
}
