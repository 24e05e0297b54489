package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the tables {@code ^} is CR LF, {@code \r} and {@code \n} are themselves, and {@code ~} is a control character. */
@Timeout(60)
class ChunkedDecoderTest {
    private static final int MAX_SIZE_LINE = 4096;
    private static final int MAX_TRAILERS = 16 * 1024;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "0^^,                                  \"\"",
                "000^^,                                \"\"",
                "5^hello^0^^,                          hello",
                "1^h^4^ello^0^^,                       hello",
                "0005^hello^0^^,                       hello",
                "000000000000005^hello^0^^,            hello",
                "a^0123456789^0^^,                     0123456789",
                "A^0123456789^0^^,                     0123456789",
                "0B^0123456789a^0^^,                   0123456789a",
                "5;name^hello^0^^,                     hello",
                "5;name=value^hello^0^^,               hello",
                "5;name=\"\"a;b 6\"\"^hello^0^^,       hello",
                "5 ;name = value ^hello^0^^,           hello",
                "5\t;\tname^hello^0^^,                 hello",
                "5;^hello^0;last^^,                    hello",
                "5 ^hello^0 ^^,                        hello",
                "5;\u00e9^hello^0^^,                   hello",
                "5^hello^0^A: b^^,                     hello",
                "5^hello^0^A: b^C: d^^,                hello",
                "5^hello^0^Content-Length: 99^^,       hello",
                "5^0^^^0^^,                             0^^",
                "2^^^0^^,                               ^"
            })
    void a_body_is_its_chunks(String wire, String payload) throws Exception {
        assertThat(decode(wire)).isEqualTo(payload.replace("^", "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a size that is none
                "^hello^0^^",
                " 5^hello^0^^",
                "\t5^hello^0^^",
                "+5^hello^0^^",
                "-5^hello^0^^",
                "-0^^",
                "0x5^hello^0^^",
                "5h^hello^0^^",
                "g^hello^0^^",
                ";name^hello^0^^",
                "5,^hello^0^^",
                "~5^hello^0^^",
                "5~^hello^0^^",
                "\uff15^hello^0^^",
                "\u0665^hello^0^^",
                // something behind the size that is no extension
                "5 5^hello^0^^",
                "5 hello^hello^0^^",
                "5\t0^hello^0^^",
                // a size that no file has
                "1000000000000000^",
                "7fffffffffffffff^",
                "8000000000000000^",
                "ffffffffffffffff^",
                "fffffffffffffffb^",
                "10000000000000005^hello^0^^",
                "0000000000000005^hello^0^^",
                // lines that end with less than CR LF
                "5\nhello^0^^",
                "5\rhello^0^^",
                "5\r\rhello^0^^",
                "5;name\nhello^0^^",
                "5;name\rhello^0^^",
                "5^hello\n0^^",
                "5^hello\r0^^",
                "5^hello0^^",
                "5^hello^0\n\n",
                "5^hello^0^\n",
                "5^hello^0^\r\r",
                "5^hello^0^A: b\n^",
                "5^hello^0^A: b\r^^",
                // chunks of another size than was said
                "5^helloXX0^^",
                "5^helloX^0^^",
                "4^hello^0^^",
                "6^hello^0^^",
                "5^hello^^0^^",
                // control characters
                "5;na~me^hello^0^^",
                "5;\u007f^hello^0^^",
                "5^hello^0^A: ~^^",
                "5^hello^0^~^^"
            })
    void A12_anything_else_is_malformed(String wire) {
        assertThatExceptionOfType(BodyException.Malformed.class)
                .isThrownBy(() -> decode(wire))
                .satisfies(e -> assertThat(e.why()).isNotBlank().doesNotContain("\n", "\r"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5\r",
                "5;name",
                "5^",
                "5^hell",
                "5^hello",
                "5^hello\r",
                "5^hello^",
                "5^hello^0",
                "5^hello^0\r",
                "5^hello^0^",
                "5^hello^0^\r",
                "5^hello^0^A: b^",
                "5^hello^0^A: b^\r",
                "7fffffff^hello",
                "fffffffffffffff^hello"
            })
    void a_part_of_a_body_is_not_finished(String wire) throws Exception {
        var decoder = new ChunkedDecoder();
        drain(decoder, bytes(wire));
        assertThat(decoder.isFinished()).isFalse();
    }

    @Test
    void what_follows_the_end_is_left_where_it_is() throws Exception {
        var decoder = new ChunkedDecoder();
        ByteBuffer wire = bytes("5^hello^0^^GET / HTTP/1.1^");

        drain(decoder, wire);

        assertThat(decoder.isFinished()).isTrue();
        assertThat(StandardCharsets.ISO_8859_1.decode(wire).toString()).isEqualTo("GET / HTTP/1.1\r\n");
    }

    @Test
    void payload_is_a_view_of_what_arrived() throws Exception {
        ByteBuffer wire = bytes("5^hello^0^^");

        ByteBuffer run = new ChunkedDecoder().decode(wire);
        wire.put(3, (byte) 'j');

        assertThat(StandardCharsets.ISO_8859_1.decode(run).toString()).isEqualTo("jello");
    }

    @Test
    void A13_a_chunk_of_many_exabytes_costs_nothing() throws Exception {
        var decoder = new ChunkedDecoder();
        drain(decoder, bytes("fffffffffffffff^"));
        for (int i = 0; i < 1000; i++) {
            assertThat(decoder.decode(ByteBuffer.allocate(1000)).remaining()).isEqualTo(1000);
        }
        assertThat(decoder.isFinished()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "5;, 1", "5 , 1", "5;a=\", 1"})
    void A13_a_size_line_without_end_is_malformed(String start, String more) {
        assertEndlessIsMalformed(start, more, MAX_SIZE_LINE);
    }

    @ParameterizedTest
    @CsvSource({"x, '', 1000", "x, 'y', 100", "A: b, ^A: b, 1"})
    void A13_trailers_without_end_are_malformed(String start, String more, int times) {
        assertEndlessIsMalformed("0^" + start, more.isEmpty() ? "z" : more.repeat(times), MAX_TRAILERS);
    }

    @Test
    void an_extension_may_be_as_long_as_its_limit() throws Exception {
        assertThat(decode("5;" + "x".repeat(MAX_SIZE_LINE - 1) + "^hello^0^^")).isEqualTo("hello");
    }

    @Test
    void the_limit_of_an_extension_is_that_of_one_line() throws Exception {
        String chunk = "5;" + "x".repeat(MAX_SIZE_LINE - 1) + "^hello^";
        assertThat(decode(chunk.repeat(10) + "0^^")).isEqualTo("hello".repeat(10));
    }

    @Test
    void trailers_may_be_as_long_as_their_limit_together() throws Exception {
        String half = "A: " + "x".repeat(MAX_TRAILERS / 2 - 3) + "^";
        assertThat(decode("5^hello^0^" + half + half + "^")).isEqualTo("hello");
        assertThatExceptionOfType(BodyException.Malformed.class)
                .isThrownBy(() -> decode("5^hello^0^" + half + half + "B^^"));
    }

    private static void assertEndlessIsMalformed(String start, String more, int limit) {
        var decoder = new ChunkedDecoder();
        assertThatExceptionOfType(BodyException.Malformed.class).isThrownBy(() -> {
            drain(decoder, bytes(start));
            for (int sent = 0; sent <= 2 * limit; sent += more.length()) {
                drain(decoder, bytes(more));
            }
        });
    }

    private static String decode(String wire) throws BodyException.Malformed {
        var decoder = new ChunkedDecoder();
        String payload = drain(decoder, bytes(wire));
        assertThat(decoder.isFinished()).isTrue();
        return payload;
    }

    @Test
    void what_has_come_of_many_chunks_is_one_run() throws Exception {
        ByteBuffer wire = ByteBuffer.wrap("1\r\nh\r\n3\r\nell\r\n9\r\no wo".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer run = new ChunkedDecoder().decodeAll(wire);
        assertThat(StandardCharsets.US_ASCII.decode(run).toString()).isEqualTo("hello wo");
        assertThat(wire.hasRemaining()).isFalse();
    }

    private static String drain(ChunkedDecoder decoder, ByteBuffer wire) throws BodyException.Malformed {
        var payload = new StringBuilder();
        for (ByteBuffer run = decoder.decode(wire); run.hasRemaining(); run = decoder.decode(wire)) {
            payload.append(StandardCharsets.ISO_8859_1.decode(run));
        }
        return payload.toString();
    }

    private static ByteBuffer bytes(String wire) {
        String text = wire.replace("^", "\r\n").replace('~', '\u0001');
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
