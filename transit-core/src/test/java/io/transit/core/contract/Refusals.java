package io.transit.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.transit.core.InterruptReason;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The ways in which a rendezvous or a handle says no. */
final class Refusals {
    private Refusals() {}

    static void assertEnded(InterruptReason reason, ThrowingCallable call) {
        assertThatExceptionOfType(TransferException.Ended.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.reason()).contains(reason))
                .satisfies(e -> assertThat(e.state()).isInstanceOf(TransferState.Interrupted.class));
    }

    static void assertCompleted(long bytes, ThrowingCallable call) {
        assertThatExceptionOfType(TransferException.Ended.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.reason()).isEmpty())
                .satisfies(e -> assertThat(e.state()).isEqualTo(new TransferState.Completed(bytes)));
    }

    static void assertPaused(InterruptReason reason, ThrowingCallable call) {
        assertThatExceptionOfType(TransferException.Paused.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    static void assertTaken(ThrowingCallable call) {
        assertThatExceptionOfType(TransferException.Taken.class).isThrownBy(call);
    }

    static void assertNotFound(ThrowingCallable call) {
        assertThatExceptionOfType(TransferException.NotFound.class).isThrownBy(call);
    }

    static void assertUnavailable(ThrowingCallable call) {
        assertThatExceptionOfType(TransferException.Unavailable.class).isThrownBy(call);
    }

    static void assertRejected(String field, ThrowingCallable call) {
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
}
