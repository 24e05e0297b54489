package io.transit.core.contract;

import static io.transit.core.contract.Refusals.assertCompleted;
import static io.transit.core.contract.Refusals.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a receiver sees, and that the end is the end. */
abstract class FramesContract extends RendezvousSuite {
    @Test
    void T1_an_empty_file_is_done_alone() throws Exception {
        Pair pair = meet(rendezvous(), offer(0));
        var receipt = start(pair.sender()::done);
        assertThat(pair.receiver().receive()).isEqualTo(new Frame.Done(0));
        pair.receiver().complete();
        assertThat(receipt.result().bytes()).isZero();
    }

    @Test
    void T1_data_comes_first_and_done_comes_last() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        var receipt = start(() -> {
            pair.send("first, ");
            pair.send("second");
            return pair.sender().done();
        });
        Delivery delivery = receiveAll(pair.receiver());
        assertThat(delivery.text()).isEqualTo("first, second");
        assertThat(delivery.done().totalBytes()).isEqualTo(13);
        receipt.result();
    }

    @Test
    void T1_nothing_comes_after_done() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        var receipt = start(pair.sender()::done);
        assertThat(pair.receiver().receive()).isInstanceOf(Frame.Done.class);
        assertThatExceptionOfType(TransferException.Ended.class).isThrownBy(pair.receiver()::receive);
        pair.receiver().complete();
        assertCompleted(0, pair.receiver()::receive);
        receipt.result();
    }

    @Test
    void T1_nothing_comes_after_an_interrupt() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        pair.sender().interrupt(InterruptReason.CANCELLED);
        assertThat(pair.receiver().receive()).isEqualTo(new Frame.Interrupt(InterruptReason.CANCELLED));
        assertEnded(InterruptReason.CANCELLED, pair.receiver()::receive);
        assertEnded(InterruptReason.CANCELLED, pair.receiver()::receive);
    }

    @Test
    void T1_only_a_whole_file_can_be_completed() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        assertThatIllegalStateException().isThrownBy(pair.receiver()::complete);
        pair.send("all but the end");
        Delivery.atLeast(15, pair.receiver()::receive);
        assertThatIllegalStateException().isThrownBy(pair.receiver()::complete);
        pair.sender().close();
        assertThat(receiveAll(pair.receiver()).reason()).contains(InterruptReason.SENDER_LEFT);
        assertEnded(InterruptReason.SENDER_LEFT, pair.receiver()::complete);
    }

    @Test
    void T1_sending_begins_with_an_attempt() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        assertThatIllegalStateException().isThrownBy(() -> sender.send(Payload.utf8("too early")));
        assertThatIllegalStateException().isThrownBy(sender::done);
        Receiver receiver = rendezvous.claim(Claim.of(offer.id()));
        demand(sender);
        var receipt = start(sender::done);
        assertThat(receiveAll(receiver).text()).isEmpty();
        receipt.result();
    }

    @Test
    void T2_after_completion_every_operation_says_so() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        var receipt = start(() -> {
            pair.send("abc");
            return pair.sender().done();
        });
        receiveAll(pair.receiver());
        receipt.result();
        assertCompleted(3, () -> pair.send("more"));
        assertCompleted(3, () -> pair.sender().awaitReceiver(Duration.ZERO));
        assertCompleted(3, pair.receiver()::receive);
    }

    @ParameterizedTest
    @EnumSource(InterruptReason.class)
    void T2_after_an_interrupt_every_operation_states_its_reason(InterruptReason reason) throws Exception {
        Pair pair = meet(rendezvous(), offer());
        pair.sender().interrupt(reason);
        assertThat(pair.receiver().receive()).isEqualTo(new Frame.Interrupt(reason));
        assertEnded(reason, () -> pair.send("more"));
        assertEnded(reason, pair.sender()::done);
        assertEnded(reason, () -> pair.sender().awaitReceiver(Duration.ZERO));
        assertEnded(reason, pair.receiver()::receive);
        assertEnded(reason, pair.receiver()::complete);
    }

    @Test
    void T2_the_first_reason_stands() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Pair pair = meet(rendezvous, offer);
        pair.sender().interrupt(InterruptReason.CANCELLED);
        pair.sender().interrupt(InterruptReason.SHUTDOWN);
        pair.sender().close();
        assertThat(pair.receiver().receive()).isEqualTo(new Frame.Interrupt(InterruptReason.CANCELLED));
        pair.receiver().interrupt(InterruptReason.OVERRUN);
        pair.receiver().close();
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Interrupted(0, InterruptReason.CANCELLED));
    }

    @Test
    void T2_what_is_completed_stays_completed() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Pair pair = meet(rendezvous, offer);
        var receipt = start(pair.sender()::done);
        receiveAll(pair.receiver());
        receipt.result();
        assertThatCode(() -> {
                    pair.receiver().complete();
                    pair.receiver().interrupt(InterruptReason.CANCELLED);
                    pair.receiver().close();
                    pair.receiver().close();
                    pair.sender().interrupt(InterruptReason.CANCELLED);
                    pair.sender().detach();
                    pair.sender().close();
                    pair.sender().close();
                })
                .doesNotThrowAnyException();
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Completed(0));
    }

    @Test
    void T2_a_closed_receiver_takes_nothing_more() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        pair.send("never read");
        pair.receiver().close();
        assertEnded(InterruptReason.RECEIVER_LEFT, pair.receiver()::receive);
        assertEnded(InterruptReason.RECEIVER_LEFT, pair.receiver()::receive);
    }

    @Test
    void T2_a_closed_receiver_of_a_seekable_sender_takes_nothing_more() throws Exception {
        Pair pair = meet(rendezvous(), offer().withSeekable());
        pair.send("never read");
        pair.receiver().close();
        assertEnded(InterruptReason.RECEIVER_LEFT, pair.receiver()::receive);
    }
}
