package io.transit.core.contract;

import static io.transit.core.contract.Await.pass;
import static io.transit.core.contract.Refusals.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who makes no progress is given up; who is only slow is not. */
abstract class StallContract extends RendezvousSuite {
    private static final TransferLimits SOON = LIMITS.withStall(Duration.ofMillis(200));

    /** Long against a pause of the machine, short enough to wait for. */
    private static final TransferLimits LATER = LIMITS.withStall(Duration.ofSeconds(2));

    private static final Duration PACE = Duration.ofMillis(40);

    @Test
    void T10_a_receiver_that_takes_nothing_ends_a_sender_that_waits_for_room() throws Exception {
        Rendezvous rendezvous = rendezvous(SOON.withWindow(3));
        Offer offer = offer();
        Pair pair = meet(rendezvous, offer);
        pair.send("abc");
        assertEnded(InterruptReason.RECEIVER_STALLED, () -> pair.send("d"));
        assertEnded(InterruptReason.RECEIVER_STALLED, () -> pair.send("e"));
        assertThat(Delivery.of(pair.receiver()::receive).reason()).contains(InterruptReason.RECEIVER_STALLED);
        assertThat(state(rendezvous, offer))
                .isEqualTo(new TransferState.Interrupted(0, InterruptReason.RECEIVER_STALLED));
    }

    @Test
    void T10_a_receiver_that_stops_half_way_ends_a_sender_that_waits_for_room() throws Exception {
        Pair pair = meet(rendezvous(SOON.withWindow(3)), offer());
        pair.send("abc");
        Delivery.atLeast(3, pair.receiver()::receive);
        assertEnded(InterruptReason.RECEIVER_STALLED, () -> pair.send("defghi"));
    }

    @Test
    void T10_a_receiver_that_does_not_complete_ends_a_sender_that_is_done() throws Exception {
        Pair pair = meet(rendezvous(SOON), offer());
        var receipt = start(pair.sender()::done);
        Delivery.of(pair.receiver()::receive).done();
        assertEnded(InterruptReason.RECEIVER_STALLED, receipt::result);
        awaitOver(pair.receiver().whenOver());
        assertEnded(InterruptReason.RECEIVER_STALLED, pair.receiver()::complete);
    }

    @Test
    void T10_a_sender_that_sends_nothing_ends_a_receiver_that_waits() throws Exception {
        Rendezvous rendezvous = rendezvous(SOON);
        Offer offer = offer();
        Pair pair = meet(rendezvous, offer);
        assertThat(pair.receiver().receive()).isEqualTo(new Frame.Interrupt(InterruptReason.SENDER_STALLED));
        awaitOver(pair.sender().whenOver());
        assertEnded(InterruptReason.SENDER_STALLED, () -> pair.send("too late"));
        assertThat(state(rendezvous, offer))
                .isEqualTo(new TransferState.Interrupted(0, InterruptReason.SENDER_STALLED));
    }

    @Test
    void T10_a_sender_that_stops_half_way_ends_a_receiver_that_waits() throws Exception {
        Pair pair = meet(rendezvous(SOON), offer());
        pair.send("abc");
        Delivery delivery = Delivery.of(pair.receiver()::receive);
        assertThat(delivery.text()).isEqualTo("abc");
        assertThat(delivery.reason()).contains(InterruptReason.SENDER_STALLED);
        awaitOver(pair.sender().whenOver());
        assertEnded(InterruptReason.SENDER_STALLED, pair.sender()::done);
    }

    @Test
    void T10_a_sender_that_never_begins_ends_a_receiver_that_waits() throws Exception {
        Rendezvous rendezvous = rendezvous(SOON);
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        var receiver = rendezvous.claim(Claim.of(offer.id()));
        assertThat(receiver.receive()).isEqualTo(new Frame.Interrupt(InterruptReason.SENDER_STALLED));
        awaitOver(sender.whenOver());
        assertEnded(InterruptReason.SENDER_STALLED, () -> sender.awaitReceiver(Duration.ZERO));
    }

    @Test
    void T10_waiting_for_a_receiver_is_not_stalling() throws Exception {
        Rendezvous rendezvous = rendezvous(SOON);
        Offer patient = offer();
        Sender waiting = rendezvous.offer(patient);
        var demand = start(() -> demand(waiting));
        letAnotherStall(rendezvous);
        var receiver = rendezvous.claim(Claim.of(patient.id()));
        demand.result();
        var receipt = start(waiting::done);
        assertThat(receiveAll(receiver).text()).isEmpty();
        receipt.result();
    }

    @Test
    void T10_a_slow_but_steady_receiver_is_waited_for() throws Exception {
        Rendezvous rendezvous = rendezvous(LATER.withWindow(1));
        Pair pair = meet(rendezvous, offer());
        var sending = start(() -> {
            sendUntilRefused(pair.sender());
            return pair;
        });
        var other = start(() -> letAnotherStall(rendezvous));
        while (!other.isOver()) {
            assertThat(pair.receiver().receive()).isInstanceOf(Frame.Data.class);
            pass(PACE);
        }
        pair.receiver().interrupt(InterruptReason.CANCELLED);
        assertEnded(InterruptReason.CANCELLED, sending::result);
    }

    @Test
    void T10_a_slow_but_steady_receiver_is_waited_for_at_the_end() throws Exception {
        Pair pair = meet(rendezvous(LATER.withWindow(256 << 10)), offer(256 << 10));
        pair.sender().send(Payload.zeros(256 << 10));
        var receipt = start(pair.sender()::done);
        while (pair.receiver().receive() instanceof Frame.Data) {
            pass(LATER.stall().dividedBy(2));
        }
        pair.receiver().complete();
        assertThat(receipt.result().bytes()).isEqualTo(256 << 10);
    }

    @Test
    void T10_a_slow_but_steady_sender_is_waited_for() throws Exception {
        Rendezvous rendezvous = rendezvous(LATER);
        Pair pair = meet(rendezvous, offer());
        var receiving = start(() -> receiveAll(pair.receiver()));
        var other = start(() -> letAnotherStall(rendezvous));
        int sent = 0;
        while (!other.isOver()) {
            pair.sender().send(ByteBuffer.allocate(1));
            sent++;
            pass(PACE);
        }
        assertThat(pair.sender().done().bytes()).isEqualTo(sent);
        assertThat(receiving.result().bytes()).hasSize(sent);
    }

    /** The rendezvous' own clock: returns when the stall time has passed for a transfer that begins now. */
    private static Delivery letAnotherStall(Rendezvous rendezvous) throws InterruptedException {
        Pair other = meet(rendezvous, offer());
        Delivery nothing = Delivery.of(other.receiver()::receive);
        assertThat(nothing.reason()).contains(InterruptReason.SENDER_STALLED);
        return nothing;
    }
}
