package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists in the tables are header lines of the same name, separated by bars. */
@Timeout(60)
class BodyFramingTest {
    private static final String NONE = "none";

    @Test
    void without_a_header_there_is_no_body() {
        assertThat(framing(NONE, NONE)).isEqualTo(new BodyFraming.None());
    }

    @ParameterizedTest
    @CsvSource({
        "0,                  0",
        "5,                  5",
        "005,                5",
        "123456789012345678, 123456789012345678",
        "999999999999999999, 999999999999999999",
        "000000000000000005, 5"
    })
    void a_length_is_digits_only(String value, long bytes) {
        assertThat(framing(NONE, value)).isEqualTo(new BodyFraming.Length(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "Chunked", "CHUNKED", "cHuNkEd"})
    void chunked_is_known_in_any_case(String coding) {
        assertThat(framing(coding, NONE)).isEqualTo(new BodyFraming.Chunked());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "5|5",
                "5|6",
                "5|",
                "\"5, 5\"",
                "\"5,6\"",
                "+5",
                "-5",
                "-0",
                "\" 5\"",
                "\"5 \"",
                "\"5 5\"",
                "0x5",
                "5.0",
                "5e0",
                "5_0",
                "five",
                "\"\"",
                "1000000000000000000",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551621",
                "0000000000000000005",
                "\u0665",
                "\uff15"
            })
    void A12_anything_else_is_400(String lengths) {
        assertThat(framing(NONE, lengths)).satisfies(framing -> assertMalformed(framing, 400));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "chunked,             5",
                "chunked,             0",
                "Chunked,             5",
                "identity,            5",
                "\"gzip, chunked\",   5",
                "chunked|chunked,     5|5",
                "\"\",                5"
            })
    void A12_a_coding_and_a_length_are_400(String codings, String lengths) {
        assertThat(framing(codings, lengths)).satisfies(framing -> assertMalformed(framing, 400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "gzip, chunked",
                "chunked, gzip",
                "chunked, chunked",
                "chunked,",
                ", chunked",
                "chunked|chunked",
                "gzip|chunked",
                "chunked|gzip",
                "chunked|identity",
                "identity",
                "identity, chunked",
                "xchunked",
                "chunkedx",
                "chun ked",
                " chunked",
                "chunked ",
                "chunked;q=1",
                "\"chunked\"",
                "\u000bchunked",
                "\u212achunked",
                "chun\u212aed",
                ""
            })
    void A12_a_coding_other_than_one_chunked_is_501(String codings) {
        assertThat(framing(codings, NONE)).satisfies(framing -> assertMalformed(framing, 501));
    }

    private static BodyFraming framing(String codings, String lengths) {
        WritableHeaders<?> headers = WritableHeaders.create();
        if (!codings.equals(NONE)) {
            headers.set(HeaderNames.TRANSFER_ENCODING, List.of(codings.split("\\|", -1)));
        }
        if (!lengths.equals(NONE)) {
            headers.set(HeaderNames.CONTENT_LENGTH, List.of(lengths.split("\\|", -1)));
        }
        return BodyFraming.of(headers);
    }

    private static void assertMalformed(BodyFraming framing, int status) {
        assertThat(framing).isInstanceOfSatisfying(BodyFraming.Malformed.class, malformed -> {
            assertThat(malformed.status().code()).isEqualTo(status);
            assertThat(malformed.why()).isNotBlank().doesNotContain("\n", "\r");
        });
    }
}
