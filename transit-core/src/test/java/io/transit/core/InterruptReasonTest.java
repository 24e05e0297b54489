package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class InterruptReasonTest {
    @ParameterizedTest
    @CsvSource({
        "SENDER_LEFT, 1",
        "RECEIVER_LEFT, 2",
        "SENDER_STALLED, 3",
        "RECEIVER_STALLED, 4",
        "TRUNCATED, 5",
        "OVERRUN, 6",
        "EXPIRED, 7",
        "NODE_LOST, 8",
        "STORE_LOST, 9",
        "SHUTDOWN, 10",
        "CANCELLED, 11",
    })
    void a_code_never_changes_its_meaning(InterruptReason reason, int code) {
        assertThat(reason.code()).isEqualTo(code);
    }

    @Test
    void codes_differ_and_fit_a_byte() {
        assertThat(Arrays.stream(InterruptReason.values()).map(InterruptReason::code))
                .doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(code).isBetween(1, 255));
    }
}
