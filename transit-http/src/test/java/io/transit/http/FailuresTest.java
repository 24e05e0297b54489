package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.InterruptReason;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of statuses in docs/http-api.md. */
@Timeout(60)
class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "SENDER_LEFT,      400, 410",
        "RECEIVER_LEFT,    410, 410",
        "SENDER_STALLED,   408, 502",
        "RECEIVER_STALLED, 408, 410",
        "TRUNCATED,        400, 502",
        "OVERRUN,          400, 502",
        "EXPIRED,          408, 410",
        "NODE_LOST,        503, 503",
        "STORE_LOST,       503, 503",
        "SHUTDOWN,         503, 503",
        "CANCELLED,        410, 410"
    })
    void each_reason_has_its_status_on_each_side(InterruptReason reason, int toSender, int toReceiver) {
        assertThat(Failures.toSender(reason).code()).isEqualTo(toSender);
        assertThat(Failures.toReceiver(reason).code()).isEqualTo(toReceiver);
        assertThat(Failures.toSender(ended(reason)).code()).isEqualTo(toSender);
    }

    @ParameterizedTest
    @EnumSource(InterruptReason.class)
    void the_words_for_a_reason_are_one_line_that_ends_with_its_name(InterruptReason reason) {
        assertThat(Failures.text(reason)).matches("[ -~]{20,} \\(" + reason + "\\)");
        assertThat(Failures.text(ended(reason))).isEqualTo(Failures.text(reason));
    }

    static Stream<Object[]> exceptions() {
        return Stream.of(
                new Object[] {new TransferException.Taken("this id is offered already"), 409, 409},
                new Object[] {new TransferException.NotFound(new TransferId("some-id")), 404, 404},
                new Object[] {new TransferException.Rejected("offset", "not there"), 400, 409},
                new Object[] {new TransferException.Unavailable("at capacity"), 503, 503},
                new Object[] {new TransferException.Paused(InterruptReason.RECEIVER_LEFT, 0, false), 410, 409},
                new Object[] {new TransferException.Ended(new TransferState.Completed(5)), 410, 410});
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void each_refusal_has_its_status_on_each_side(TransferException refusal, int toSender, int toReceiver) {
        assertThat(Failures.toSender(refusal).code()).isEqualTo(toSender);
        assertThat(Failures.toReceiver(refusal).code()).isEqualTo(toReceiver);
        assertThat(Failures.text(refusal)).matches("[ -~]+");
    }

    @ParameterizedTest
    @EnumSource(InterruptReason.class)
    void A24_who_comes_after_the_end_is_told_410_but_an_expired_offer_looks_like_an_unknown_one(
            InterruptReason reason) {
        int expected = reason == InterruptReason.EXPIRED ? 404 : 410;
        assertThat(Failures.toReceiver(ended(reason)).code()).isEqualTo(expected);
    }

    private static TransferException.Ended ended(InterruptReason reason) {
        return new TransferException.Ended(new TransferState.Interrupted(3, reason));
    }
}
