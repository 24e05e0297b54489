package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TransferIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Z",
                "0",
                "-",
                "bk7q-x2mn-4hta-9wrd",
                "send",
                "0123456789012345678901234567890123456789012345678901234567890123",
            })
    void an_id_is_1_to_64_letters_digits_or_hyphens(String value) {
        assertThat(new TransferId(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a_b",
                "a.b",
                "..",
                "a/b",
                "a\\b",
                "%2F",
                "a%00",
                "a\0",
                "a\n",
                "a\r\nb",
                "a:b",
                "{a}",
                "a*",
                "a?b",
                "a#b",
                "a+b",
                "é",
                "ａ",
                "٣",
                "а",
                "😀",
                "a\u200B",
                "01234567890123456789012345678901234567890123456789012345678901234",
            })
    void anything_else_is_refused(String value) {
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(() -> new TransferId(value))
                .satisfies(e -> assertThat(e.field()).isEqualTo("id"))
                .withMessageMatching("[ -~]+");
    }

    @Test
    void a_random_id_has_four_groups_of_symbols_that_are_not_mistaken() {
        assertThat(randoms())
                .allSatisfy(id -> assertThat(id.value()).matches("[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}"));
    }

    @Test
    void a_random_id_has_80_bits() {
        var seen = new HashSet<String>();
        for (TransferId id : randoms()) {
            String symbols = id.value().replace("-", "");
            for (int at = 0; at < symbols.length(); at++) {
                seen.add(at + ":" + symbols.charAt(at));
            }
        }
        assertThat(seen).as("places times symbols").hasSize(16 * 32);
    }

    @Test
    void random_ids_differ() {
        Set<TransferId> different = randoms().stream().collect(Collectors.toSet());
        assertThat(different).hasSize(5_000);
    }

    @ParameterizedTest
    @CsvSource({"bk7q-x2mn-4hta-9wrd, bk7q…", "123456789, 1234…", "12345678, …", "1, …"})
    void a_log_shows_too_little_to_receive_with(String value, String shortened) {
        assertThat(new TransferId(value).shortened()).isEqualTo(shortened);
        assertThat(new TransferException.NotFound(new TransferId(value)))
                .hasMessageContaining(shortened)
                .hasMessageNotContaining(value + " ");
    }

    private static List<TransferId> randoms() {
        return Stream.generate(TransferId::random).limit(5_000).toList();
    }
}
