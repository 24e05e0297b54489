package io.transit.core.contract;

import static io.transit.core.contract.Await.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever looks on is woken when a transfer stands otherwise, and not by every byte. */
abstract class ChangeContract extends RendezvousSuite {
    private static TransferStatus status(Rendezvous rendezvous, Offer offer) {
        return rendezvous.status(offer.id()).orElseThrow();
    }

    private static TransferStatus offered(Offer offer) {
        return new TransferStatus(
                offer.id(), new TransferState.Offered(), offer.files(), Optional.empty(), Optional.empty());
    }

    private Task<Optional<TransferStatus>> startAwaiting(Rendezvous rendezvous, TransferStatus known) {
        return start(() -> rendezvous.awaitChange(known, PATIENCE));
    }

    private static TransferState state(Task<Optional<TransferStatus>> waiting) throws Exception {
        return waiting.result().orElseThrow().state();
    }

    @Test
    void T14_a_claim_wakes_all_who_look_on_and_so_does_the_end() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        TransferStatus before = status(rendezvous, offer);
        var one = startAwaiting(rendezvous, before).awaitParked();
        var other = startAwaiting(rendezvous, before).awaitParked();
        Receiver receiver = rendezvous.claim(Claim.of(offer.id()));
        for (var waiting : List.of(one, other)) {
            assertThat(state(waiting)).isInstanceOf(TransferState.Streaming.class);
        }

        var last = startAwaiting(rendezvous, one.result().orElseThrow()).awaitParked();
        demand(sender);
        var receipt = start(sender::done);
        receiveAll(receiver);
        receipt.result();
        assertThat(state(last)).isEqualTo(new TransferState.Completed(0));
    }

    @Test
    void T14_one_who_left_is_a_change_and_so_is_one_who_came_back() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Pair pair = meet(rendezvous, offer);
        TransferStatus streaming =
                rendezvous.awaitChange(offered(offer), PATIENCE).orElseThrow();
        assertThat(streaming.state()).isEqualTo(new TransferState.Streaming(0));
        var first = startAwaiting(rendezvous, streaming).awaitParked();
        pair.receiver().close();
        assertThat(state(first)).isEqualTo(new TransferState.Paused(0, InterruptReason.RECEIVER_LEFT));
        var second = startAwaiting(rendezvous, first.result().orElseThrow()).awaitParked();
        Receiver back = rendezvous.claim(Claim.of(offer.id()));
        assertThat(state(second)).isInstanceOf(TransferState.Streaming.class);
        back.close();
        pair.sender().close();
    }

    @Test
    void T14_a_receiver_that_leaves_while_its_sender_is_away_is_a_change() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Pair pair = meet(rendezvous, offer);
        TransferStatus streaming =
                rendezvous.awaitChange(offered(offer), PATIENCE).orElseThrow();
        var first = startAwaiting(rendezvous, streaming).awaitParked();
        pair.sender().detach();
        assertThat(state(first)).isEqualTo(new TransferState.Paused(0, InterruptReason.SENDER_LEFT));
        var second = startAwaiting(rendezvous, first.result().orElseThrow()).awaitParked();
        pair.receiver().close();
        assertThat(state(second)).isEqualTo(new TransferState.Paused(0, InterruptReason.RECEIVER_LEFT));
    }

    @Test
    void T14_what_is_like_before_is_told_when_the_time_is_over() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        rendezvous.offer(offer);
        TransferStatus known = status(rendezvous, offer);
        for (long millis : new long[] {-1, 0, 100}) {
            assertThat(rendezvous
                            .awaitChange(known, Duration.ofMillis(millis))
                            .orElseThrow()
                            .state())
                    .isEqualTo(new TransferState.Offered());
        }
    }

    @Test
    void T14_what_changed_before_is_told_at_once_and_of_an_unknown_id_there_is_nothing() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        TransferStatus known = status(rendezvous, offer);
        assertThat(rendezvous.awaitChange(offered(offer()), PATIENCE)).isEmpty();
        sender.close();
        assertThat(rendezvous.awaitChange(known, PATIENCE).orElseThrow().state())
                .isEqualTo(new TransferState.Interrupted(0, InterruptReason.SENDER_LEFT));
    }

    @Test
    void T14_looking_on_can_be_interrupted() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        rendezvous.offer(offer);
        var waiting = startAwaiting(rendezvous, status(rendezvous, offer)).awaitParked();
        waiting.interrupt();
        assertThat(waiting.failure()).isInstanceOf(InterruptedException.class);
        assertThat(status(rendezvous, offer).state()).isEqualTo(new TransferState.Offered());
    }
}
