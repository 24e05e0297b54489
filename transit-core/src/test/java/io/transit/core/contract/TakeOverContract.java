package io.transit.core.contract;

import static io.transit.core.contract.Refusals.assertEnded;
import static io.transit.core.contract.Refusals.assertPaused;
import static io.transit.core.contract.Refusals.assertTaken;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.TransferException;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A receiver that comes back does not wait for what it left behind to be found dead. */
abstract class TakeOverContract extends RendezvousSuite {
    private static final TransferLimits AT_ONCE = LIMITS.withTakeOver(Duration.ZERO);

    @Test
    void T5_whoever_comes_back_takes_the_seat_of_one_that_takes_nothing() throws Exception {
        Rendezvous rendezvous = rendezvous(AT_ONCE);
        Offer offer = offer(6).withSeekable();
        Pair first = meet(rendezvous, offer);
        first.send("abcd");
        Delivery.atLeast(4, first.receiver()::receive);
        Receiver second = rendezvous.claim(Claim.of(offer.id()).from(2));
        assertThat(Delivery.of(first.receiver()::receive).reason()).contains(InterruptReason.RECEIVER_STALLED);
        assertEnded(InterruptReason.RECEIVER_STALLED, first.receiver()::receive);
        assertEnded(InterruptReason.RECEIVER_STALLED, first.receiver()::complete);
        assertThat(awaitOver(first.receiver().whenOver()))
                .isInstanceOfSatisfying(
                        TransferState.Interrupted.class,
                        cut -> assertThat(cut.reason()).isEqualTo(InterruptReason.RECEIVER_STALLED));
        first.receiver().interrupt(InterruptReason.CANCELLED);
        first.receiver().close();
        assertPaused(InterruptReason.RECEIVER_LEFT, () -> sendUntilRefused(first.sender()));
        assertThat(demand(first.sender()).offset()).isEqualTo(2);
        assertDelivers(first.sender(), "cdef", second);
    }

    @Test
    void T5_a_part_takes_the_seat_over_too() throws Exception {
        Rendezvous rendezvous = rendezvous(AT_ONCE);
        Offer offer = offer(6).withSeekable();
        Pair first = meet(rendezvous, offer);
        Receiver second = rendezvous.claim(Claim.of(offer.id()).part(0, 3));
        assertThat(Delivery.of(first.receiver()::receive).reason()).contains(InterruptReason.RECEIVER_STALLED);
        demand(first.sender());
        first.send("abc");
        assertThat(receiveAll(second).text()).isEqualTo("abc");
    }

    @Test
    void T5_whoever_waits_for_a_frame_is_told_that_its_seat_is_another_s() throws Exception {
        Rendezvous rendezvous = rendezvous(AT_ONCE);
        Offer offer = offer(6).withSeekable();
        Pair first = meet(rendezvous, offer);
        var waiting = start(first.receiver()::receive).awaitParked();
        rendezvous.claim(Claim.of(offer.id()).from(1));
        assertThat(waiting.result()).isEqualTo(new Frame.Interrupt(InterruptReason.RECEIVER_STALLED));
    }

    @Test
    void T5_a_sender_that_is_at_the_target_of_one_comes_to_the_next() throws Exception {
        Rendezvous rendezvous = rendezvous(AT_ONCE);
        // More than what may be on its way to the one that is gone.
        byte[] content = Payload.seeded(7, 3_000_000);
        Offer offer = offer(content.length).withSeekable();
        Pair first = meet(rendezvous, offer);
        var receipt = start(() -> sendUntilDone(first.sender(), content, 100_000));
        var target = new TestTarget().blockingAfter(10_000);
        var blocked = start(() -> first.receiver().transferTo(target));
        Await.await(target::isBlocked);
        Receiver second = rendezvous.claim(Claim.of(offer.id()).from(10_000));
        Delivery rest = receiveAll(second);
        assertThat(rest.bytes()).hasSize(2_990_000);
        assertThat(receipt.result().bytes()).isEqualTo(3_000_000);
        target.unblock();
        assertThat(blocked.result()).isEqualTo(new Frame.Interrupt(InterruptReason.RECEIVER_STALLED));
    }

    @Test
    void T5_a_receiver_that_takes_what_comes_keeps_its_seat() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withTakeOver(Duration.ofMillis(700)));
        Offer offer = offer(6).withSeekable();
        long begun = System.nanoTime();
        Pair first = meet(rendezvous, offer);
        first.send("a");
        Delivery.atLeast(1, first.receiver()::receive);
        var second = new AtomicReference<Receiver>();
        Await.await(() -> {
            try {
                second.set(rendezvous.claim(Claim.of(offer.id()).from(1)));
                return true;
            } catch (TransferException.Taken e) {
                return false;
            }
        });
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
        assertThat(Delivery.of(first.receiver()::receive).reason()).contains(InterruptReason.RECEIVER_STALLED);
        assertThat(second.get().offset()).isEqualTo(1);
    }

    @Test
    void T5_whoever_begins_at_the_first_byte_takes_nobody_s_seat() throws Exception {
        Rendezvous rendezvous = rendezvous(AT_ONCE);
        Offer seekable = offer(6).withSeekable();
        Offer streamed = offer(6);
        Pair one = meet(rendezvous, seekable);
        Pair other = meet(rendezvous, streamed);
        assertTaken(() -> rendezvous.claim(Claim.of(seekable.id())));
        assertTaken(() -> rendezvous.claim(Claim.of(streamed.id()).from(1)));
        assertTaken(() -> rendezvous.claim(Claim.of(streamed.id()).part(0, 6)));
        assertDelivers(one.sender(), "abcdef", one.receiver());
        assertDelivers(other.sender(), "abcdef", other.receiver());
    }

    @Test
    void T5_a_claim_that_is_refused_takes_nobody_s_seat() throws Exception {
        Rendezvous rendezvous = rendezvous(AT_ONCE);
        Offer offer = offer(6).withSeekable();
        Pair pair = meet(rendezvous, offer);
        Refusals.assertRejected(
                "offset", () -> rendezvous.claim(Claim.of(offer.id()).from(7)));
        assertDelivers(pair.sender(), "abcdef", pair.receiver());
    }
}
