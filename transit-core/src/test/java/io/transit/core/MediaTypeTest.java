package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MediaTypeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "TEXT/HTML",
                "application/vnd.oasis.opendocument.text",
                "image/svg+xml",
                "x/y",
                "!#$%&'*+-.^_`|~/1",
                "text/plain;charset=utf-8",
                "text/plain; charset=utf-8",
                "text/plain ; charset=utf-8",
                "text/plain;\tcharset=utf-8",
                "text/plain; charset=\"utf-8\"",
                "text/plain; name=\"a b; c=d\"",
                "text/plain; name=\"a\\\"b\\\\c\"",
                "text/plain; name=\"\"",
                "multipart/form-data; boundary=x; charset=y",
                "text/plain;",
                "text/plain;;charset=utf-8",
            })
    void a_media_type_is_taken(String type) {
        assertThat(MediaType.isWellFormed(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "text",
                "text/",
                "/plain",
                "text/plain/x",
                "text /plain",
                "text/ plain",
                " text/plain",
                "text/plain ",
                "text/plain charset=utf-8",
                "text/plain; charset",
                "text/plain; charset=",
                "text/plain; =utf-8",
                "text/plain; charset = utf-8",
                "text/plain; charset=\"utf-8",
                "text/plain; charset=utf-8\"",
                "text/plain; name=\"a\\\"",
                "text/plain; name=\"a\nb\"",
                "text/plain; name=\"\u00E9\"",
                "text/plain\r\nX-Evil: 1",
                "text/plain\n",
                "text/plain\0",
                "text/h\u00E9",
                "text,html/x",
                "text/(x)",
                "null",
                "*",
                "a/b; c=\u202E",
            })
    void anything_else_is_not(String type) {
        assertThat(MediaType.isWellFormed(type)).isFalse();
    }

    @Test
    void a_type_has_at_most_255_characters() {
        assertThat(MediaType.isWellFormed("a/" + "b".repeat(253))).isTrue();
        assertThat(MediaType.isWellFormed("a/" + "b".repeat(254))).isFalse();
    }

    @Test
    void a_hostile_type_is_refused_in_no_time() {
        assertThat(MediaType.isWellFormed("a/b" + ";".repeat(240) + "\"")).isFalse();
        assertThat(MediaType.isWellFormed("a/b;c=\"" + "\\\\".repeat(120))).isFalse();
        assertThat(MediaType.isWellFormed("a/b;c=\"" + "\\".repeat(1_000_000))).isFalse();
    }
}
