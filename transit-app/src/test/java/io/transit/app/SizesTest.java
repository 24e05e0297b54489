package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "65536, 65536",
        "17 B, 17",
        "64KiB, 65536",
        "64 kib, 65536",
        "1 MiB, 1048576",
        "8MB, 8000000",
        "8 kB, 8000",
        "2 GiB, 2147483648",
        "3GB, 3000000000",
        "1 TiB, 1099511627776",
        "1TB, 1000000000000",
        "8388607 TiB, 9223370937343148032"
    })
    void a_size_is_bytes_or_has_a_unit(String text, long bytes) {
        assertThat(Sizes.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "B",
                "-1",
                "1.5 MiB",
                "1 M",
                "1 Mi",
                "1 PiB",
                "1  MiB",
                "1 MiB/s",
                "1,000",
                "1_000",
                "0x10",
                "none",
                "8388608 TiB",
                "9223372036854775808",
                "１"
            })
    void anything_else_is_no_size(String text) {
        assertThat(Sizes.parse(text)).isEmpty();
    }
}
