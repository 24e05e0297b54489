package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void what_breaks_or_turns_a_line_is_escaped() {
        assertThat(OneLine.of("a\r\nb\u001b[2Jc\u2028d\u202ee\u0085f"))
                .isEqualTo("a\\u000d\\u000ab\\u001b[2Jc\\u2028d\\u202ee\\u0085f");
    }

    @Test
    void every_other_text_stays() {
        assertThat(OneLine.of("bk7q… größer als 5 \uD83D\uDCE6")).isEqualTo("bk7q… größer als 5 \uD83D\uDCE6");
    }
}
