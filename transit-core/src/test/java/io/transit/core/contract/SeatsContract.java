package io.transit.core.contract;

import static io.transit.core.contract.Refusals.assertEnded;
import static io.transit.core.contract.Refusals.assertNotFound;
import static io.transit.core.contract.Refusals.assertRejected;
import static io.transit.core.contract.Refusals.assertTaken;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One sender for each id, one receiver for each seat, however many come at once. */
abstract class SeatsContract extends RendezvousSuite {
    private static final int RACERS = 3;

    @Test
    void T5_an_offer_is_found_and_not_consumed_by_that() {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(3);
        assertThat(rendezvous.find(offer.id())).isEmpty();
        Sender sender = rendezvous.offer(offer);
        assertThat(sender.offer()).isEqualTo(offer);
        assertThat(rendezvous.find(offer.id())).contains(offer);
        assertThat(rendezvous.find(offer.id())).contains(offer);
        Receiver receiver = rendezvous.claim(Claim.of(offer.id()));
        assertThat(receiver.offer()).isEqualTo(offer);
        assertThat(receiver.offset()).isZero();
        assertThat(rendezvous.find(offer.id())).contains(offer);
    }

    @Test
    void T5_an_id_that_is_offered_is_taken() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(3);
        Sender first = rendezvous.offer(offer);
        assertTaken(() -> rendezvous.offer(offer));
        Receiver receiver = rendezvous.claim(Claim.of(offer.id()));
        assertTaken(() -> rendezvous.offer(offer));
        demand(first);
        first.send(Payload.utf8("abc"));
        var receipt = start(first::done);
        assertThat(receiveAll(receiver).text()).isEqualTo("abc");
        receipt.result();
    }

    @Test
    void T5_a_seat_that_is_claimed_is_taken() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer().withSeekable();
        Pair pair = meet(rendezvous, offer);
        assertTaken(() -> rendezvous.claim(Claim.of(offer.id())));
        pair.send("abc");
        assertTaken(() -> rendezvous.claim(Claim.of(offer.id()).from(1)));
        var receipt = start(pair.sender()::done);
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("abc");
        receipt.result();
    }

    @Test
    void T5_an_unknown_id_is_not_found() {
        Rendezvous rendezvous = rendezvous();
        assertNotFound(() -> rendezvous.claim(Claim.of(TransferId.random())));
    }

    @Test
    void T5_ids_differ_in_case() {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        TransferId lower = new TransferId("case-" + offer.id());
        TransferId upper = new TransferId("CASE-" + offer.id());
        rendezvous.offer(Offer.of(lower, offer.files().getFirst()));
        assertThat(rendezvous.find(upper)).isEmpty();
        assertNotFound(() -> rendezvous.claim(Claim.of(upper)));
        assertThat(rendezvous.find(lower)).isPresent();
    }

    @Test
    void T5_an_offset_that_the_sender_cannot_start_at_is_refused_and_consumes_nothing() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer streamed = offer(3);
        Offer seekable = offer(3).withSeekable();
        Sender sender = rendezvous.offer(streamed);
        Sender other = rendezvous.offer(seekable);
        assertRejected("offset", () -> rendezvous.claim(Claim.of(streamed.id()).from(1)));
        assertRejected("offset", () -> rendezvous.claim(Claim.of(seekable.id()).from(4)));
        assertThat(state(rendezvous, streamed)).isEqualTo(new TransferState.Offered());
        assertThat(state(rendezvous, seekable)).isEqualTo(new TransferState.Offered());
        assertThat(sender.awaitReceiver(Duration.ZERO)).isEmpty();
        assertThat(other.awaitReceiver(Duration.ZERO)).isEmpty();
        rendezvous.claim(Claim.of(streamed.id()));
        rendezvous.claim(Claim.of(seekable.id()).from(2));
        assertThat(demand(sender).offset()).isZero();
        assertThat(demand(other).offset()).isEqualTo(2);
    }

    @Test
    void T5_more_than_one_receiver_is_refused_so_far() {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        assertRejected("receivers", () -> rendezvous.offer(offer.withReceivers(2)));
        assertThat(rendezvous.find(offer.id())).isEmpty();
        assertThat(rendezvous.offer(offer).offer()).isEqualTo(offer);
    }

    @Test
    @Timeout(value = MINUTES_OF_MANY_ROUNDS, unit = MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void T5_of_racing_claims_exactly_one_wins() throws Exception {
        Rendezvous rendezvous = rendezvous();
        var race = new Race<Receiver>(10_000, RACERS);
        var offered = new Sender[1];
        race.run(
                this,
                round -> offered[0] = rendezvous.offer(offer()),
                round -> rendezvous.claim(Claim.of(offered[0].offer().id())),
                winner -> {
                    winner.close();
                    offered[0].close();
                });
        race.assertOneWinnerEach();
    }

    @Test
    @Timeout(value = MINUTES_OF_MANY_ROUNDS, unit = MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void T5_of_racing_offers_exactly_one_wins() throws Exception {
        Rendezvous rendezvous = rendezvous();
        var race = new Race<Sender>(2_000, RACERS);
        var offer = new Offer[1];
        race.run(this, round -> offer[0] = offer(), round -> rendezvous.offer(offer[0]), Sender::close);
        race.assertOneWinnerEach();
    }

    @Test
    @Timeout(value = MINUTES_OF_MANY_ROUNDS, unit = MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void T5_of_racing_offers_of_an_id_that_has_ended_exactly_one_wins() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        var race = new Race<Sender>(2_000, RACERS);
        race.run(this, round -> {}, round -> rendezvous.offer(offer), Sender::close);
        race.assertOneWinnerEach();
    }

    @Test
    void T5_a_claim_that_races_expiry_wins_or_loses_for_both() throws Exception {
        Rendezvous rendezvous = rendezvous();
        var random = new Random(5);
        for (int round = 0; round < 200; round++) {
            Offer offer = offer().withPatience(Duration.ofMillis(2));
            try (Sender sender = rendezvous.offer(offer)) {
                Await.pass(Duration.ofNanos(random.nextInt(4_000_000)));
                Optional<Receiver> receiver = claimUnlessExpired(rendezvous, offer);
                if (receiver.isPresent()) {
                    assertThat(demand(sender).offset()).isZero();
                } else {
                    assertEnded(InterruptReason.EXPIRED, () -> sender.awaitReceiver(Await.PATIENCE));
                }
            }
        }
    }

    private static Optional<Receiver> claimUnlessExpired(Rendezvous rendezvous, Offer offer) {
        try {
            return Optional.of(rendezvous.claim(Claim.of(offer.id())));
        } catch (TransferException.Ended lost) {
            assertThat(lost.reason()).contains(InterruptReason.EXPIRED);
            return Optional.empty();
        }
    }

    @Test
    void T5_a_claim_that_races_a_leaving_sender_is_told_so() throws Exception {
        Rendezvous rendezvous = rendezvous();
        var told = new AtomicInteger();
        for (int round = 0; round < 500; round++) {
            Offer offer = offer();
            Sender sender = rendezvous.offer(offer);
            var claiming = start(() -> {
                try (Receiver receiver = rendezvous.claim(Claim.of(offer.id()))) {
                    assertThat(receiver.receive()).isEqualTo(new Frame.Interrupt(InterruptReason.SENDER_LEFT));
                } catch (TransferException.Ended lost) {
                    assertThat(lost.reason()).contains(InterruptReason.SENDER_LEFT);
                }
                return told.incrementAndGet();
            });
            sender.close();
            claiming.result();
        }
        assertThat(told).hasValue(500);
    }
}
