package io.transit.core.contract;

import static io.transit.core.contract.Await.await;
import static io.transit.core.contract.Refusals.assertEnded;
import static io.transit.core.contract.Refusals.assertPaused;
import static io.transit.core.contract.Refusals.assertTaken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender.Demand;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver of a seekable sender leaves, and it or another claims the rest: a new attempt of the same offer. */
abstract class ReceiverReturnsContract extends RendezvousSuite {
    @Test
    void T13_a_new_attempt_begins_where_the_new_receiver_wants() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(6).withSeekable();
        Pair first = meet(rendezvous, offer);
        first.send("abcd");
        Delivery.atLeast(4, first.receiver()::receive);
        first.receiver().close();
        assertPaused(InterruptReason.RECEIVER_LEFT, () -> sendUntilRefused(first.sender()));
        Receiver second = rendezvous.claim(Claim.of(offer.id()).from(2));
        Demand demand = demand(first.sender());
        assertThat(demand.offset()).isEqualTo(2);
        assertThat(demand.attempt()).isNotEqualTo(first.demand().attempt());
        var receipt = start(() -> {
            first.send("cdef");
            return first.sender().done();
        });
        Delivery delivery = receiveAll(second);
        assertThat(delivery.text()).isEqualTo("cdef");
        assertThat(delivery.done().totalBytes()).isEqualTo(6);
        assertThat(receipt.result().bytes()).isEqualTo(6);
    }

    @Test
    void T13_a_running_attempt_is_demanded_but_once() throws Exception {
        Pair pair = meet(rendezvous(), offer().withSeekable());
        pair.send("abc");
        assertThat(pair.sender().awaitReceiver(Duration.ZERO)).contains(pair.demand());
        var receipt = start(pair.sender()::done);
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("abc");
        receipt.result();
    }

    @Test
    void T13_what_one_receiver_left_unread_is_not_seen_by_the_next() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer().withSeekable();
        Pair first = meet(rendezvous, offer);
        first.send("unread");
        first.receiver().close();
        Receiver second = rendezvous.claim(Claim.of(offer.id()));
        demand(first.sender());
        assertDelivers(first.sender(), "fresh", second);
    }

    @Test
    void T13_a_late_send_of_the_old_attempt_does_not_reach_the_new_receiver() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer().withSeekable();
        Pair first = meet(rendezvous, offer);
        first.send("old");
        first.receiver().close();
        Receiver second = rendezvous.claim(Claim.of(offer.id()));
        assertPaused(InterruptReason.RECEIVER_LEFT, () -> sendUntilRefused(first.sender()));
        demand(first.sender());
        assertDelivers(first.sender(), "new", second);
    }

    @Test
    void T13_the_sender_hears_how_far_the_receiver_that_left_came_whoever_has_come_since() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer().withSeekable();
        Pair first = meet(rendezvous, offer);
        first.send("old");
        assertThat(first.receiver().receive()).isInstanceOf(Frame.Data.class);
        first.receiver().close();
        long left = rendezvous.status(offer.id()).orElseThrow().state().bytes();
        rendezvous.claim(Claim.of(offer.id()).from(1));
        assertThatExceptionOfType(TransferException.Paused.class)
                .isThrownBy(() -> sendUntilRefused(first.sender()))
                .satisfies(e -> assertThat(e.bytes()).isEqualTo(left).isNotEqualTo(1));
    }

    /** Where it fails in the middle of a run, and is not asked for more. */
    @Test
    void T13_all_counts_that_the_target_of_a_receiver_that_left_has_taken() throws Exception {
        byte[] content = Payload.seeded(1, 100_000);
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(content.length).withSeekable();
        Pair first = meet(rendezvous, offer);
        var target = new TestTarget().withRuns(100).failingAfter(1_000);
        var receiving = start(() -> first.receiver().transferTo(target)).awaitParked();
        var receipt = start(() -> sendUntilDone(first.sender(), content, 70_000));
        assertThat(receiving.failure()).isInstanceOf(IOException.class);
        first.receiver().close();
        await(() -> state(rendezvous, offer).equals(new TransferState.Paused(1_000, InterruptReason.RECEIVER_LEFT)));
        Receiver second = rendezvous.claim(Claim.of(offer.id()).from(1_000));
        var rest = new TestTarget();
        assertThat(second.transferTo(rest)).isInstanceOf(Frame.Done.class);
        assertThat(rest.taken()).isEqualTo(Arrays.copyOfRange(content, 1_000, content.length));
        second.complete();
        receipt.result();
    }

    @Test
    void T13_a_late_done_of_the_old_attempt_does_not_reach_the_new_receiver() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer().withSeekable();
        Pair first = meet(rendezvous, offer);
        first.receiver().close();
        Receiver second = rendezvous.claim(Claim.of(offer.id()));
        assertPaused(InterruptReason.RECEIVER_LEFT, first.sender()::done);
        demand(first.sender());
        assertDelivers(first.sender(), "new", second);
    }

    @Test
    void T13_the_old_handle_of_a_receiver_does_nothing_to_the_new_one() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer().withSeekable();
        Pair first = meet(rendezvous, offer);
        first.receiver().close();
        Receiver second = rendezvous.claim(Claim.of(offer.id()));
        first.receiver().close();
        first.receiver().interrupt(InterruptReason.CANCELLED);
        assertEnded(InterruptReason.RECEIVER_LEFT, first.receiver()::receive);
        var receipt = start(() -> sendUntilDone(first.sender(), new byte[] {1, 2, 3}, 1));
        assertThat(receiveAll(second).hex()).isEqualTo("010203");
        receipt.result();
    }

    @Test
    void T13_a_seat_is_free_again_for_one() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer().withSeekable();
        Pair first = meet(rendezvous, offer);
        first.receiver().close();
        rendezvous.claim(Claim.of(offer.id()));
        assertTaken(() -> rendezvous.claim(Claim.of(offer.id())));
    }

    @Test
    void T13_a_sender_that_cannot_seek_has_no_second_receiver() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Pair first = meet(rendezvous, offer);
        first.receiver().close();
        assertEnded(InterruptReason.RECEIVER_LEFT, () -> rendezvous.claim(Claim.of(offer.id())));
        assertEnded(InterruptReason.RECEIVER_LEFT, () -> first.sender().awaitReceiver(Duration.ZERO));
    }

    @Test
    void T13_a_sender_waits_for_the_next_receiver_only_as_long_as_its_patience_is() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer().withSeekable().withPatience(Duration.ofSeconds(2));
        Pair pair = meet(rendezvous, offer);
        pair.receiver().close();
        assertEnded(InterruptReason.EXPIRED, () -> pair.sender().awaitReceiver(Await.PATIENCE));
        assertEnded(InterruptReason.EXPIRED, () -> rendezvous.claim(Claim.of(offer.id())));
    }

    @Test
    void T13_a_digest_belongs_to_the_receiver_that_began_at_the_first_byte() throws Exception {
        Rendezvous rendezvous = rendezvous();
        byte[] content = Payload.seeded(13, 10_000);
        Offer offer = offer(content.length).withSeekable().withDigest();
        Pair first = meet(rendezvous, offer);
        send(first.sender(), content, 0, 5_000, 100);
        Delivery.atLeast(3_000, first.receiver()::receive);
        first.receiver().close();
        Receiver second = rendezvous.claim(Claim.of(offer.id()));
        var receipt = start(() -> sendUntilDone(first.sender(), content, 100));
        assertThat(receiveAll(second).done().sha256()).contains(Payload.sha256(content));
        assertThat(receipt.result().sha256()).contains(Payload.sha256(content));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void T13_nothing_is_lost_or_repeated_however_often_receivers_leave(long seed) throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withWindow(1_000));
        byte[] content = Payload.seeded(seed, 200_000);
        Offer offer = offer(content.length).withSeekable();
        var sender = rendezvous.offer(offer);
        var receipt = start(() -> sendUntilDone(sender, content, 3_000));
        var random = new Random(seed);
        var received = new ByteArrayOutputStream();
        while (received.size() < content.length) {
            try (Receiver receiver = rendezvous.claim(Claim.of(offer.id()).from(received.size()))) {
                int wanted = Math.min(random.nextInt(20_000), content.length - received.size());
                received.writeBytes(Delivery.atLeast(wanted, receiver::receive));
            }
        }
        assertThat(received.toByteArray()).isEqualTo(content);
        Receiver last = rendezvous.claim(Claim.of(offer.id()).from(content.length));
        assertThat(receiveAll(last).done().totalBytes()).isEqualTo(content.length);
        assertThat(receipt.result().bytes()).isEqualTo(content.length);
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Completed(content.length));
    }
}
