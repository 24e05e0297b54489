package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "60s, PT1M",
        "15m, PT15M",
        "15 m, PT15M",
        "2h, PT2H",
        "0s, PT0S",
        "8760h, PT8760H",
        "PT15M, PT15M",
        "pt0.25s, PT0.25S",
        "P1D, PT24H"
    })
    void a_time_has_a_unit_or_is_iso(String text, Duration time) {
        assertThat(Times.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "60",
                "s",
                "-1s",
                "1.5s",
                "15 minutes",
                "15M",
                "5  s",
                "1s1",
                "PT",
                "P1Y",
                "-PT5S",
                "PT-5S",
                "8761h",
                "999999999999h",
                "9999999999999s",
                "PT99999999999999999999S",
                "none",
                "１０s"
            })
    void anything_else_is_no_time(String text) {
        assertThat(Times.parse(text)).isEmpty();
    }
}
