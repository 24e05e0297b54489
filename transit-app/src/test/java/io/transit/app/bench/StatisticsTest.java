package io.transit.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
    @Test
    void the_median_is_the_middle_one_or_between_two() {
        assertThat(Statistics.median(List.of(9.0))).isEqualTo(9.0);
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0, 4.0))).isEqualTo(4.5);
    }

    @Test
    void a_quantile_is_a_value_that_occurred() {
        List<Double> hundred =
                IntStream.rangeClosed(1, 100).asDoubleStream().boxed().toList();
        assertThat(Statistics.quantile(hundred, 0.99)).isEqualTo(99.0);
        assertThat(Statistics.quantile(hundred.reversed(), 0.5)).isEqualTo(50.0);
        assertThat(Statistics.quantile(List.of(3.0, 2.0), 0.99)).isEqualTo(3.0);
        assertThat(Statistics.quantile(List.of(3.0, 2.0), 0)).isEqualTo(2.0);
    }

    @ParameterizedTest
    @CsvSource({"0.9512,0.95", "9.99,9.99", "9.996,10.0", "42.34,42.3", "99.96,100", "1234.4,'1,234'", "-0.5,-0.50"})
    void three_digits_are_shown(double value, String shown) {
        assertThat(Statistics.shown(value)).isEqualTo(shown);
    }
}
