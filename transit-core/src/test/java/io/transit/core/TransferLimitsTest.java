package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class TransferLimitsTest {
    private static final Duration BEFORE = Duration.ofNanos(-1);

    @Test
    void the_defaults_are_documented() {
        assertThat(TransferLimits.DEFAULT)
                .isEqualTo(new TransferLimits(
                        1_048_576,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(5),
                        10_000));
    }

    @Test
    void each_limit_is_changed_alone() {
        assertThat(TransferLimits.DEFAULT
                        .withWindow(1)
                        .withStall(Duration.ofNanos(2))
                        .withGrace(Duration.ZERO, Duration.ofNanos(4))
                        .withStatusKeep(Duration.ZERO)
                        .withTakeOver(Duration.ofNanos(5))
                        .withMaxTransfers(6))
                .isEqualTo(new TransferLimits(
                        1,
                        Duration.ofNanos(2),
                        Duration.ZERO,
                        Duration.ofNanos(4),
                        Duration.ZERO,
                        Duration.ofNanos(5),
                        6));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                change("window", limits -> limits.withWindow(0)),
                change("window", limits -> limits.withWindow(-1)),
                change("stall", limits -> limits.withStall(Duration.ZERO)),
                change("stall", limits -> limits.withStall(BEFORE)),
                change("graceWaiting", limits -> limits.withGrace(BEFORE, Duration.ZERO)),
                change("graceStreaming", limits -> limits.withGrace(Duration.ZERO, BEFORE)),
                change("statusKeep", limits -> limits.withStatusKeep(BEFORE)),
                change("takeOver", limits -> limits.withTakeOver(BEFORE)),
                change("maxTransfers", limits -> limits.withMaxTransfers(0)));
    }

    private static Arguments change(String field, UnaryOperator<TransferLimits> change) {
        return Arguments.of(field, change);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_limit_that_bounds_nothing_is_refused(String field, UnaryOperator<TransferLimits> change) {
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(() -> change.apply(TransferLimits.DEFAULT))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
}
