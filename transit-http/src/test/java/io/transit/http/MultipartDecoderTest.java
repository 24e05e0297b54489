package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds the parts of a multipart body, however it arrives. In the tables {@code _} stands for a line break. */
class MultipartDecoderTest {
    private static final String BOUNDARY = "--b";

    /** What was found: {@code [head|payload]} for each part, and what became of the rest. */
    private static String verdict(byte[] body, IntUnaryOperator pieces) {
        var decoder = new MultipartDecoder(BOUNDARY);
        var found = new StringBuilder();
        try {
            for (int at = 0; at < body.length; ) {
                int length = pieces.applyAsInt(body.length - at);
                ByteBuffer wire = ByteBuffer.wrap(body, at, length).slice();
                at += length;
                found.append(pieces(decoder, wire));
                if (found.toString().endsWith("end")) {
                    return found.toString();
                }
            }
            return found + "more";
        } catch (BodyException.Malformed e) {
            return found + "malformed: " + e.why();
        }
    }

    private static String pieces(MultipartDecoder decoder, ByteBuffer wire) throws BodyException.Malformed {
        var found = new StringBuilder();
        while (true) {
            switch (decoder.decode(wire)) {
                case MultipartDecoder.Piece.Head(ByteBuffer lines) ->
                    found.append('[').append(latin(lines)).append('|');
                case MultipartDecoder.Piece.Data(ByteBuffer run) -> found.append(latin(run));
                case MultipartDecoder.Piece.More more -> {
                    assertThat(wire.hasRemaining()).isFalse();
                    return found.toString();
                }
                case MultipartDecoder.Piece.End end -> {
                    return found.append("end").toString();
                }
            }
        }
    }

    private static PartHead head(byte[] lines) throws BodyException.Malformed {
        return PartHead.of(ByteBuffer.wrap(lines));
    }

    private static String latin(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }

    private static byte[] bytes(String text) {
        return text.replace("_", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        // As programs make it.
        "'----b_A: 1_B: 2__hello_----b--_',           '[A: 1\nB: 2\n|helloend'",
        "'----b_A: 1__one_----b_A: 2__two_----b--',   '[A: 1\n|one[A: 2\n|twoend'",
        "'preamble_----b_A: 1__hello_----b--epilogue', '[A: 1\n|helloend'",
        "'_----b  _A: 1__hello_----b--',              '[A: 1\n|helloend'",
        // Parts of nothing, with and without headers.
        "'----b_A: 1___----b--',                      '[A: 1\n|end'",
        "'----b_A: 1__----b--',                       '[A: 1\n|end'",
        "'----b__----b--',                            '[|end'",
        "'----b--',                                   'end'",
        // Payload that is nearly a boundary.
        "'----b_A: 1___----_--_----_-_b_--b_----b--', '[A: 1\n|_----_--_----_-_b_--bend'",
        "'----b_A: 1__x----b--_----b--',              '[A: 1\n|x----b--end'",
        "'----b_A: 1____----b--',                     '[A: 1\n|_end'",
        "'----b_A: 1__--b_----b--',                   '[A: 1\n|--bend'",
        // What is cut off.
        "'----b_A: 1__hello',                         '[A: 1\n|hellomore'",
        "'----b_A: 1__hello_----b',                   '[A: 1\n|hellomore'",
        "'----b_A: 1__hello_----b-',                  '[A: 1\n|hellomore'",
        "'----b_A: 1',                                'more'",
        "'no boundary at all',                        'more'",
        // What is no boundary, and looks like one.
        "'----b_A: 1__hello_----bx',  '[A: 1\n|hellomalformed: a boundary is followed by what is neither its end nor a line'",
        "'----b_A: 1__hello_----b-x', '[A: 1\n|hellomalformed: a boundary is followed by what is neither its end nor a line'"
    })
    void finds_the_same_however_it_arrives(String body, String expected) {
        byte[] wire = bytes(body);
        List<IntUnaryOperator> ways = new ArrayList<>(Pieces.splitting(wire));
        ways.add(Pieces.whole());
        for (IntUnaryOperator pieces : ways) {
            assertThat(verdict(wire, pieces)).isEqualTo(expected.replace("_", "\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"----b\rA: 1__x", "----b_A: 1\rB", "----b_A: \0__", "----b_A: 1\n\n", "----b \n"})
    void lines_end_with_CR_LF_and_have_no_control_characters(String body) {
        assertThat(verdict(bytes(body), Pieces.whole())).contains("malformed");
    }

    @ParameterizedTest
    @CsvSource({"'',30000", "'----b_A: ',30000", "'----b',300"})
    void A13_what_is_no_payload_is_bounded(String start, int more) {
        String body = start + (start.equals("----b") ? " " : "x").repeat(more);
        assertThat(verdict(bytes(body), Pieces.whole())).contains("too long");
    }

    /** Payload of the letters that a delimiter is made of; of any such, only a line that begins with the boundary ends it. */
    @RepeatedTest(200)
    void T4_any_payload_comes_out_as_it_went_in(RepetitionInfo info) {
        var random = new Random(info.getCurrentRepetition());
        String payload = payload(random);
        byte[] wire = ("----b\r\nA: 1\r\n\r\n" + payload + "\r\n----b--\r\n").getBytes(StandardCharsets.ISO_8859_1);
        List<IntUnaryOperator> ways = new ArrayList<>(Pieces.splitting(wire));
        ways.add(Pieces.whole());
        for (IntUnaryOperator pieces : ways) {
            assertThat(verdict(wire, pieces)).isEqualTo("[A: 1\n|" + payload + "end");
        }
    }

    private static String payload(Random random) {
        String letters = "\r\n-b";
        while (true) {
            var text = new StringBuilder();
            for (int left = random.nextInt(60); left > 0; left--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            if (!("\r\n" + text).contains("\r\n----b")) {
                return text.toString();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "Content-Disposition: form-data; name=\"f\"; filename=\"a.txt\" ~ a.txt",
                "content-disposition: form-data;name=f;filename=a.txt ~ a.txt",
                "Content-Disposition: form-data; name=\"f\"; filename=\"a \\\"b\\\" \\\\c; d\" ~ a \"b\" \\c; d",
                "Content-Disposition: form-data; filename=\"C:\\files\\a.txt\" ~ C:\\files\\a.txt",
                "Content-Disposition: form-data; filename=\"%22a%0A\" ~ \"a%0A",
                "Content-Disposition: form-data; filename=\"_\"; filename*=UTF-8''%E2%82%AC%20rates ~ € rates",
                "Content-Disposition: form-data; filename=\"a\"; filename*=UTF-8''%zz ~ a",
                "Content-Disposition: form-data; filename=\"a\"; filename*=latin1'en'b ~ a",
                "Content-Disposition: form-data; filename=one; filename=two ~ one",
                "Content-Disposition: form-data; filename=\"Größe 東京.txt\" ~ Größe 東京.txt"
            })
    void A6_a_file_keeps_the_name_that_it_was_given(String header, String name) throws Exception {
        assertThat(head((header + "\n").getBytes(StandardCharsets.UTF_8)).fileName())
                .contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Disposition: form-data; name=\"filename\"\n",
                "Content-Disposition: form-data; name=\"f\"; filename=\"\"\n",
                "Content-Type: text/plain\n"
            })
    void what_has_no_file_name_is_a_field(String lines) throws Exception {
        assertThat(head(lines.getBytes(StandardCharsets.UTF_8)).fileName()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; filename=\"a\n",
                "Content-Disposition form-data\n",
                "Content-Disposition: form-data; filename=a\nContent-Transfer-Encoding: base64\n"
            })
    void a_head_that_cannot_be_read_is_refused(String lines) {
        assertThatExceptionOfType(BodyException.Malformed.class)
                .isThrownBy(() -> head(lines.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void names_that_are_not_UTF_8_are_taken_as_Latin_1(int many) throws Exception {
        var lines = new ByteArrayOutputStream();
        lines.writeBytes(("Content-Disposition: form-data; filename=\"" + "\u00fc".repeat(many) + "\"\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(PartHead.of(ByteBuffer.wrap(lines.toByteArray())).fileName()).contains("\u00fc".repeat(many));
    }
}
