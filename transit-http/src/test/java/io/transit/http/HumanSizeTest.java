package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "999, 999 bytes",
        "1000, 1 kB",
        "1449, 1.4 kB",
        "1450, 1.5 kB",
        "99949, 99.9 kB",
        "99950, 100 kB",
        "999499, 999 kB",
        "999500, 1 MB",
        "40000000, 40 MB",
        "1234567890123, 1.2 TB",
        "9223372036854775807, 9.2 EB"
    })
    void a_size_is_short_and_has_one_decimal_at_most(long bytes, String text) {
        assertThat(HumanSize.of(bytes).replace('\u00a0', ' ')).isEqualTo(text);
    }
}
