package io.transit.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void nothing_asks_for_everything_five_times() {
        Options options = Options.parse().orElseThrow();
        assertThat(options).isEqualTo(new Options(Set.of(), 5, false, 2L << 30));
        assertThat(options.has("P10")).isTrue();
        assertThat(options.scaled(100)).isEqualTo(100);
    }

    @Test
    void figures_and_numbers_come_in_any_order() {
        Options options =
                Options.parse("P7", "--warm-up", "0", "P1", "--rounds", "3").orElseThrow();
        assertThat(options).isEqualTo(new Options(Set.of("P1", "P7"), 3, false, 0));
        assertThat(options.has("P1", "P2")).isTrue();
        assertThat(options.has("P2")).isFalse();
    }

    @Test
    void quick_is_less_of_all_but_what_is_said() {
        Options options = Options.parse("--rounds", "4", "--quick").orElseThrow();
        assertThat(options).isEqualTo(new Options(Set.of(), 4, true, 512L << 20));
        assertThat(options.scaled(100)).isEqualTo(25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P0", "P11", "--help", "--rounds", "--rounds x", "--warm-up -1"})
    void what_is_wrong_is_refused(String line) {
        assertThat(Options.parse(line.split(" ", -1))).isEqualTo(Optional.empty());
    }
}
