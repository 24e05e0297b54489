package io.transit.core.contract;

import static io.transit.core.contract.Await.PATIENCE;
import static io.transit.core.contract.Await.await;
import static io.transit.core.contract.Refusals.assertUnavailable;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver may come before its sender, and wait for it; that too is bounded and can be interrupted. */
abstract class ArrivalContract extends RendezvousSuite {
    private static final int WAITERS = 20;
    private static final int ROUNDS = 500;

    private Task<Optional<Offer>> startAwaiting(Rendezvous rendezvous, Offer offer) {
        return start(() -> rendezvous.awaitOffer(offer.id(), PATIENCE));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 100})
    void T14_an_offer_is_waited_for_no_longer_than_was_said(long millis) throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        assertThat(rendezvous.awaitOffer(offer.id(), Duration.ofMillis(millis))).isEmpty();
        rendezvous.offer(offer);
        assertThat(rendezvous.awaitOffer(offer.id(), Duration.ofMillis(millis))).contains(offer);
    }

    @Test
    void T14_an_offer_may_be_waited_for_forever() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        var waiting = start(() -> rendezvous.awaitOffer(offer.id(), ChronoUnit.FOREVER.getDuration()))
                .awaitParked();
        rendezvous.offer(offer);
        assertThat(waiting.result()).contains(offer);
    }

    @Test
    void T14_an_offer_wakes_all_who_wait_for_its_id_and_nobody_else() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Offer other = offer();
        var stranger = startAwaiting(rendezvous, other).awaitParked();
        List<Task<Optional<Offer>>> waiting = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            waiting.add(startAwaiting(rendezvous, offer));
        }
        waiting.forEach(Task::awaitParked);
        rendezvous.offer(offer);
        for (var each : waiting) {
            assertThat(each.result()).contains(offer);
        }
        assertThat(stranger.isOver()).isFalse();
        rendezvous.offer(other);
        assertThat(stranger.result()).contains(other);
    }

    @Test
    @Timeout(value = MINUTES_OF_MANY_ROUNDS, unit = MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void T14_an_offer_that_comes_while_one_begins_to_wait_is_not_missed() throws Exception {
        Rendezvous rendezvous = rendezvous();
        for (int round = 0; round < ROUNDS; round++) {
            Offer offer = offer();
            var waiting = startAwaiting(rendezvous, offer);
            rendezvous.offer(offer);
            assertThat(waiting.result()).contains(offer);
        }
    }

    @Test
    void T5_waiting_for_an_offer_takes_no_seat() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        var waiting = startAwaiting(rendezvous, offer).awaitParked();
        rendezvous.offer(offer);
        waiting.result();
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Offered());
        Receiver receiver = rendezvous.claim(Claim.of(offer.id()));
        assertThat(rendezvous.awaitOffer(offer.id(), Duration.ZERO)).contains(offer);
        receiver.close();
    }

    @Test
    void T14_an_id_whose_transfer_has_ended_is_waited_for_anew() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Pair first = meet(rendezvous, offer);
        var receipt = start(first.sender()::done);
        receiveAll(first.receiver());
        receipt.result();
        assertThat(rendezvous.awaitOffer(offer.id(), Duration.ZERO)).isEmpty();
        var waiting = startAwaiting(rendezvous, offer).awaitParked();
        Offer again = offer.withSeekable();
        rendezvous.offer(again);
        assertThat(waiting.result()).contains(again);
    }

    @Test
    void T14_waiting_for_an_offer_can_be_interrupted_and_begun_again() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        var patient = startAwaiting(rendezvous, offer).awaitParked();
        var interrupted = startAwaiting(rendezvous, offer).awaitParked();
        interrupted.interrupt();
        assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
        var repeated = startAwaiting(rendezvous, offer).awaitParked();
        assertThat(patient.isOver()).isFalse();
        rendezvous.offer(offer);
        assertThat(patient.result()).contains(offer);
        assertThat(repeated.result()).contains(offer);
    }

    @Test
    void T14_shutdown_tells_those_who_wait_for_an_offer_at_once() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer running = offer();
        Pair pair = meet(rendezvous, running);
        Offer missing = offer();
        var waiting = startAwaiting(rendezvous, missing).awaitParked();
        var shutdown = start(() -> {
            rendezvous.shutdown(PATIENCE);
            return rendezvous;
        });
        assertUnavailable(waiting::result);
        assertUnavailable(() -> rendezvous.awaitOffer(missing.id(), PATIENCE));
        assertThat(rendezvous.awaitOffer(running.id(), PATIENCE)).contains(running);
        assertThat(shutdown.isOver()).isFalse();
        pair.sender().close();
        shutdown.result();
    }

    @Test
    void T14_a_closed_rendezvous_has_told_those_who_waited_for_an_offer() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        var waiting = startAwaiting(rendezvous, offer).awaitParked();
        rendezvous.close();
        assertUnavailable(waiting::result);
        assertUnavailable(() -> rendezvous.awaitOffer(offer.id(), PATIENCE));
    }

    @Test
    @Timeout(value = MINUTES_OF_MANY_ROUNDS, unit = MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void T14_who_begins_to_wait_while_a_rendezvous_closes_is_told() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Rendezvous rendezvous = rendezvous();
            var waiting = startAwaiting(rendezvous, offer());
            rendezvous.close();
            await(waiting::isOver);
            assertThat(waiting.failure()).isInstanceOf(TransferException.Unavailable.class);
        }
    }
}
