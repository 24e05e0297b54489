package io.transit.core.contract;

import static io.transit.core.contract.Await.PATIENCE;
import static io.transit.core.contract.Await.await;
import static io.transit.core.contract.Refusals.assertEnded;
import static io.transit.core.contract.Refusals.assertPaused;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever leaves, the other side is told, and why. */
abstract class LeavingContract extends RendezvousSuite {
    @Test
    void T6_a_sender_is_refused_once_its_receiver_has_left() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        pair.receiver().close();
        assertEnded(InterruptReason.RECEIVER_LEFT, () -> sendUntilRefused(pair.sender()));
        assertEnded(InterruptReason.RECEIVER_LEFT, pair.sender()::done);
    }

    @Test
    void T6_a_blocked_send_is_woken_when_the_receiver_leaves() throws Exception {
        Pair pair = meet(rendezvous(LIMITS.withWindow(3)), offer());
        var sending = start(() -> {
            pair.send("abcd");
            return pair;
        });
        sending.awaitParked();
        pair.receiver().close();
        assertEnded(InterruptReason.RECEIVER_LEFT, sending::result);
    }

    @Test
    void T6_a_sender_that_waits_for_the_end_is_woken_when_the_receiver_leaves() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        pair.send("abc");
        var receipt = start(pair.sender()::done).awaitParked();
        Delivery.atLeast(3, pair.receiver()::receive);
        pair.receiver().close();
        assertEnded(InterruptReason.RECEIVER_LEFT, receipt::result);
    }

    @ParameterizedTest
    @EnumSource(InterruptReason.class)
    void T6_a_sender_hears_any_reason_that_the_receiver_states(InterruptReason reason) throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withWindow(1));
        Offer offer = offer();
        Pair pair = meet(rendezvous, offer);
        var sending = start(() -> {
            sendUntilRefused(pair.sender());
            return pair;
        });
        sending.awaitParked();
        pair.receiver().interrupt(reason);
        assertEnded(reason, sending::result);
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Interrupted(0, reason));
    }

    @Test
    void T6_a_receiver_that_interrupts_ends_the_transfer_of_a_seekable_sender_too() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer().withSeekable();
        Pair pair = meet(rendezvous, offer);
        pair.receiver().interrupt(InterruptReason.CANCELLED);
        assertEnded(InterruptReason.CANCELLED, () -> sendUntilRefused(pair.sender()));
        assertEnded(InterruptReason.CANCELLED, () -> rendezvous.claim(Claim.of(offer.id())));
    }

    @Test
    void T6_a_seekable_sender_is_paused_when_its_receiver_leaves() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withWindow(3));
        Offer offer = offer().withSeekable();
        Pair pair = meet(rendezvous, offer);
        var sending = start(() -> {
            pair.send("abcdef");
            return pair;
        });
        Delivery.atLeast(3, pair.receiver()::receive);
        sending.awaitParked();
        pair.receiver().close();
        assertPaused(InterruptReason.RECEIVER_LEFT, sending::result);
        assertThat(state(rendezvous, offer))
                .isInstanceOfSatisfying(
                        TransferState.Paused.class,
                        paused -> assertThat(paused.cause()).isEqualTo(InterruptReason.RECEIVER_LEFT));
        assertThat(rendezvous.find(offer.id())).contains(offer);
        // The transfer goes on, and keeps nothing of those who have left.
        assertThat(awaitOver(pair.receiver().whenOver()))
                .isEqualTo(new TransferState.Interrupted(3, InterruptReason.RECEIVER_LEFT));
    }

    @Test
    void T6_a_receiver_may_leave_from_another_thread() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        var receiving = start(pair.receiver()::receive).awaitParked();
        pair.receiver().close();
        assertEnded(InterruptReason.RECEIVER_LEFT, receiving::result);
        assertEnded(InterruptReason.RECEIVER_LEFT, () -> sendUntilRefused(pair.sender()));
    }

    @Test
    void T7_a_receiver_is_told_after_the_data_that_was_in_flight() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10);
        Pair pair = meet(rendezvous, offer);
        pair.send("in ");
        pair.send("flight");
        pair.sender().close();
        Delivery delivery = Delivery.of(pair.receiver()::receive);
        assertThat(delivery.text()).isEqualTo("in flight");
        assertThat(delivery.reason()).contains(InterruptReason.SENDER_LEFT);
        assertThat(rendezvous.find(offer.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(InterruptReason.class)
    void T7_a_receiver_hears_any_reason_that_the_sender_states(InterruptReason reason) throws Exception {
        Pair pair = meet(rendezvous(), offer());
        pair.send("abc");
        pair.sender().interrupt(reason);
        Delivery delivery = Delivery.of(pair.receiver()::receive);
        assertThat(delivery.text()).isEqualTo("abc");
        assertThat(delivery.reason()).contains(reason);
    }

    @Test
    void T7_a_waiting_receiver_is_woken_when_the_sender_leaves() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        var receiving = start(pair.receiver()::receive).awaitParked();
        pair.sender().close();
        assertThat(receiving.result()).isEqualTo(new Frame.Interrupt(InterruptReason.SENDER_LEFT));
    }

    @Test
    void T7_a_receiver_is_told_when_the_sender_leaves_before_it_begins() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        var receiver = rendezvous.claim(Claim.of(offer.id()));
        var receiving = start(receiver::receive).awaitParked();
        sender.close();
        assertThat(receiving.result()).isEqualTo(new Frame.Interrupt(InterruptReason.SENDER_LEFT));
    }

    @Test
    void T7_an_offer_whose_sender_has_left_cannot_be_claimed() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        var waiting = start(() -> sender.awaitReceiver(PATIENCE)).awaitParked();
        sender.close();
        assertEnded(InterruptReason.SENDER_LEFT, waiting::result);
        await(() -> rendezvous.find(offer.id()).isEmpty());
        assertEnded(InterruptReason.SENDER_LEFT, () -> rendezvous.claim(Claim.of(offer.id())));
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Interrupted(0, InterruptReason.SENDER_LEFT));
    }

    @Test
    void T7_a_sender_may_leave_from_another_thread() throws Exception {
        Pair pair = meet(rendezvous(LIMITS.withWindow(3)), offer());
        var sending = start(() -> {
            pair.send("abcd");
            return pair;
        });
        sending.awaitParked();
        pair.sender().close();
        assertEnded(InterruptReason.SENDER_LEFT, sending::result);
        Delivery delivery = Delivery.of(pair.receiver()::receive);
        assertThat("abcd").startsWith(delivery.text());
        assertThat(delivery.reason()).contains(InterruptReason.SENDER_LEFT);
    }

    @Test
    void T7_a_sender_that_says_done_and_leaves_has_not_delivered() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        pair.send("abc");
        var receipt = start(pair.sender()::done).awaitParked();
        pair.sender().close();
        assertEnded(InterruptReason.SENDER_LEFT, receipt::result);
        Delivery delivery = Delivery.of(pair.receiver()::receive);
        if (delivery.reason().isEmpty()) {
            // DONE was on its way already; it does not make the file delivered.
            awaitOver(pair.receiver().whenOver());
            assertEnded(InterruptReason.SENDER_LEFT, pair.receiver()::complete);
        } else {
            assertThat(delivery.reason()).contains(InterruptReason.SENDER_LEFT);
        }
    }
}
