package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class IdsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "A",
                "0",
                "-",
                "my-id",
                "MY-ID-2",
                "---",
                "sender",
                "sends",
                "re-ceive",
                "health-",
                "-api",
                "help2"
            })
    void A1_letters_digits_and_hyphens_are_an_id(String id) {
        assertThat(Ids.of(id).value()).isEqualTo(id);
    }

    @Test
    void A1_an_id_has_up_to_64_characters() {
        assertThat(Ids.of("x".repeat(64)).value()).hasSize(64);
        assertRefused("x".repeat(65));
        assertRefused("x".repeat(10_000));
        assertRefused("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send",
                "receive",
                "api",
                "health",
                "observe",
                "openapi",
                "assets",
                "help",
                "doctor",
                "robots",
                "favicon",
                "manifest"
            })
    void A1_a_reserved_word_is_not_an_id_in_any_case(String word) {
        assertRefused(word);
        assertRefused(word.toUpperCase(Locale.ROOT));
        assertRefused(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_id!",
                "bad id",
                " ",
                "a ",
                " a",
                ".",
                "..",
                "a.b",
                "a/b",
                "a\\b",
                "a%20b",
                "a\n",
                "a\r\nb",
                "a\0",
                "\u00e9",
                "\u0131",
                "\u212a",
                "\uff11",
                "robots.txt"
            })
    void A1_anything_else_is_400(String id) {
        assertRefused(id);
    }

    private static void assertRefused(String id) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Ids.of(id)).satisfies(refusal -> {
            assertThat(refusal.status().code()).isEqualTo(400);
            assertThat(refusal.why()).isNotBlank().doesNotContain("\n", "\r");
        });
    }
}
