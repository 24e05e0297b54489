package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the tables a bar separates segments. */
@Timeout(60)
class RawPathTest {
    @ParameterizedTest
    @CsvSource(
            emptyValue = "",
            value = {
                "/,                    ''",
                "/a,                   a",
                "/a/,                  a|",
                "/a/b,                 a|b",
                "/a/b/,                a|b|",
                "//,                   |",
                "//a,                  |a",
                "/a//b,                a||b",
                "/.,                   .",
                "/../a,                ..|a",
                "/a;b=c/d,             a;b=c|d",
                "/a+b,                 a+b"
            })
    void a_path_is_split_at_its_slashes_and_nothing_else_is_done(String raw, String segments) {
        assertThat(RawPath.segments(raw)).isEqualTo(List.of(segments.split("\\|", -1)));
    }

    @ParameterizedTest
    @CsvSource({
        "/a%20b,                 'a b'",
        "/%61,                   a",
        "/%2F,                   /",
        "/a%2fb/c,               a/b|c",
        "/%2e%2E,                ..",
        "/%2525,                 %25",
        "/%253F,                 %3F",
        "/a%00b,                 'a\0b'",
        "/%0d%0A,                '\r\n'",
        "/%c3%A9,                \u00e9",
        "/%E6%97%A5%E6%9C%AC,    \u65e5\u672c",
        "/%F0%9F%98%80,          \ud83d\ude00",
        "/%EF%BF%BD,             \ufffd",
        "/%EF%BB%BF,             \ufeff",
        "/x%7Cy,                 x%7Cy"
    })
    void A1_segments_are_decoded_once_as_UTF_8(String raw, String segments) {
        List<String> expected = List.of(segments.split("\\|", -1)).stream()
                .map(segment -> segment.replace("%7C", "|"))
                .toList();
        assertThat(RawPath.segments(raw)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/%", "/%4", "/a%", "/%zz", "/%4g", "/%g4", "/%%41", "/% 41", "/%+1", "/%-1", "/%4/1", "/%u0041"
            })
    void A1_a_broken_escape_is_400(String raw) {
        assertRefused(raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a continuation alone, a start alone, a start that is cut
                "/%80",
                "/%c3",
                "/%c3/%a9",
                "/%c3x",
                "/%E6%97",
                "/%F0%9F%98",
                "/%F0%9F%98/%80",
                // overlong forms of / and NUL
                "/%c0%af",
                "/%c0%80",
                "/%e0%80%af",
                "/%f0%80%80%af",
                // halves of pairs, what is beyond the last code point, what never occurs
                "/%ED%A0%80",
                "/%ED%A0%BD%ED%B8%80",
                "/%F4%90%80%80",
                "/%F8%88%80%80%80",
                "/%FE",
                "/%FF"
            })
    void A1_what_is_not_UTF_8_is_400(String raw) {
        assertRefused(raw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/\ufffd", "/a\ufffd/b", "/%41\ufffd"})
    void A1_a_byte_that_was_not_ASCII_is_400(String raw) {
        assertRefused(raw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a", "a/b", "http://host/a", "?a"})
    void what_does_not_begin_with_a_slash_is_400(String raw) {
        assertRefused(raw);
    }

    @ParameterizedTest
    @CsvSource({"name=a+b%20c,a b c", "x=1&name=%C3%A9,é", "name=1&name=2,1", "name=,''", "name=a%3D%26,a=&"})
    void a_parameter_is_decoded_like_a_form(String query, String value) {
        assertThat(RawPath.parameter(query, "name")).contains(value);
    }

    @Test
    void a_parameter_that_is_not_there_is_empty() {
        assertThat(RawPath.parameter("names=1&name", "name")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "%", "%4", "%zz", "%C3", "\ufffd"})
    void A1_a_parameter_that_is_malformed_is_400(String value) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> RawPath.parameter("name=" + value, "name"))
                .satisfies(refusal -> assertThat(refusal.status().code()).isEqualTo(400));
    }

    private static void assertRefused(String raw) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> RawPath.segments(raw))
                .satisfies(refusal -> {
                    assertThat(refusal.status().code()).isEqualTo(400);
                    assertThat(refusal.why()).isNotBlank().doesNotContain("\n", "\r");
                });
    }
}
