package io.transit.core.contract;

import static io.transit.core.contract.Await.PATIENCE;
import static io.transit.core.contract.Await.await;
import static io.transit.core.contract.Await.pass;
import static io.transit.core.contract.Refusals.assertCompleted;
import static io.transit.core.contract.Refusals.assertEnded;
import static io.transit.core.contract.Refusals.assertNotFound;
import static io.transit.core.contract.Refusals.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What can be known of a transfer, and what is left of it. */
abstract class EndContract extends RendezvousSuite {
    private static final Duration KEPT = Duration.ofMillis(200);

    @Test
    void T11_of_an_unknown_id_nothing_is_known() {
        Rendezvous rendezvous = rendezvous();
        TransferId id = TransferId.random();
        assertThat(rendezvous.find(id)).isEmpty();
        assertThat(rendezvous.status(id)).isEmpty();
    }

    @Test
    void T11_a_status_tells_how_a_transfer_stands() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(3).withDigest().withPatience(Duration.ofMinutes(3));
        Sender sender = rendezvous.offer(offer);
        TransferStatus waiting = status(rendezvous, offer);
        assertThat(waiting.id()).isEqualTo(offer.id());
        assertThat(waiting.files()).isEqualTo(offer.files());
        assertThat(waiting.state()).isEqualTo(new TransferState.Offered());
        assertThat(waiting.sha256()).isEmpty();
        assertThat(waiting.expiresIn().orElseThrow()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(3));
        var receiver = rendezvous.claim(Claim.of(offer.id()));
        demand(sender);
        TransferStatus streaming = status(rendezvous, offer);
        assertThat(streaming.state()).isEqualTo(new TransferState.Streaming(0));
        assertThat(streaming.expiresIn()).isEmpty();
        var receipt = start(() -> {
            sender.send(Payload.utf8("abc"));
            return sender.done();
        });
        receiveAll(receiver);
        receipt.result();
        TransferStatus completed = status(rendezvous, offer);
        assertThat(completed.files()).isEqualTo(offer.files());
        assertThat(completed.state()).isEqualTo(new TransferState.Completed(3));
        assertThat(completed.sha256()).contains(Payload.sha256("abc"));
        assertThat(completed.expiresIn().orElseThrow()).isBetween(Duration.ofMinutes(8), LIMITS.statusKeep());
    }

    @Test
    void T11_an_offer_that_waits_again_says_for_how_long() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(3).withSeekable();
        Pair pair = meet(rendezvous, offer);
        pair.receiver().close();
        assertThat(status(rendezvous, offer).expiresIn().orElseThrow())
                .isBetween(Duration.ofMinutes(13), Offer.DEFAULT_PATIENCE);
    }

    @Test
    void T11_an_offer_is_gone_once_it_is_delivered() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        deliver(rendezvous, offer);
        assertThat(rendezvous.find(offer.id())).isEmpty();
        assertCompleted(3, () -> rendezvous.claim(Claim.of(offer.id())));
    }

    @Test
    void T11_an_offer_that_nobody_claims_expires() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer().withPatience(Duration.ofMillis(200));
        Sender sender = rendezvous.offer(offer);
        assertEnded(InterruptReason.EXPIRED, () -> sender.awaitReceiver(PATIENCE));
        assertThat(rendezvous.find(offer.id())).isEmpty();
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Interrupted(0, InterruptReason.EXPIRED));
        assertEnded(InterruptReason.EXPIRED, () -> rendezvous.claim(Claim.of(offer.id())));
    }

    @Test
    void T11_an_offer_expires_though_its_sender_does_not_look() {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer().withPatience(Duration.ofMillis(200));
        rendezvous.offer(offer);
        await(() -> rendezvous.find(offer.id()).isEmpty());
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Interrupted(0, InterruptReason.EXPIRED));
    }

    @Test
    void T11_an_offer_that_is_claimed_does_not_expire() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer claimed = offer().withPatience(Duration.ofSeconds(2));
        Pair pair = meet(rendezvous, claimed);
        Offer other = offer().withPatience(Duration.ofSeconds(2));
        rendezvous.offer(other);
        await(() -> rendezvous.find(other.id()).isEmpty());
        assertThat(rendezvous.find(claimed.id())).contains(claimed);
        pair.send("abc");
        var receipt = start(pair.sender()::done);
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("abc");
        receipt.result();
    }

    @Test
    void T11_a_status_record_expires() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withStatusKeep(KEPT));
        Offer whole = offer();
        deliver(rendezvous, whole);
        Offer cut = offer();
        rendezvous.offer(cut).close();
        await(() -> rendezvous.status(whole.id()).isEmpty());
        await(() -> rendezvous.status(cut.id()).isEmpty());
        assertNotFound(() -> rendezvous.claim(Claim.of(whole.id())));
        assertNotFound(() -> rendezvous.claim(Claim.of(cut.id())));
    }

    @Test
    void T11_no_status_is_kept_for_no_time() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withStatusKeep(Duration.ZERO));
        Offer offer = offer();
        deliver(rendezvous, offer);
        await(() -> rendezvous.status(offer.id()).isEmpty());
        assertNotFound(() -> rendezvous.claim(Claim.of(offer.id())));
    }

    @Test
    void T11_an_id_may_be_used_again_after_its_end() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer first = offer();
        deliver(rendezvous, first);
        Offer second = Offer.of(first.id(), offer(7).files().getFirst());
        Sender sender = rendezvous.offer(second);
        assertThat(rendezvous.find(first.id())).contains(second);
        assertThat(state(rendezvous, second)).isEqualTo(new TransferState.Offered());
        sender.interrupt(InterruptReason.CANCELLED);
        await(() -> rendezvous.find(first.id()).isEmpty());
        assertThat(state(rendezvous, second)).isEqualTo(new TransferState.Interrupted(0, InterruptReason.CANCELLED));
    }

    @Test
    void T11_the_record_of_an_earlier_transfer_does_not_take_that_of_a_later_one_along() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withStatusKeep(KEPT));
        Offer offer = offer();
        rendezvous.offer(offer).close();
        Sender again = rendezvous.offer(offer);
        Offer clock = offer();
        rendezvous.offer(clock).close();
        await(() -> rendezvous.status(clock.id()).isEmpty());
        assertThat(rendezvous.find(offer.id())).contains(offer);
        assertThat(again.awaitReceiver(Duration.ZERO)).isEmpty();
    }

    @Test
    void T11_the_record_of_a_later_transfer_is_kept_for_its_own_time() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withStatusKeep(Duration.ofSeconds(3)));
        Offer offer = offer();
        rendezvous.offer(offer).close();
        Offer clock = offer();
        rendezvous.offer(clock).close();
        pass(Duration.ofSeconds(1));
        rendezvous.offer(offer).interrupt(InterruptReason.CANCELLED);
        await(() -> rendezvous.status(clock.id()).isEmpty());
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Interrupted(0, InterruptReason.CANCELLED));
    }

    @Test
    void T14_the_transfers_that_are_open_are_bounded() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withMaxTransfers(2));
        Sender first = rendezvous.offer(offer());
        Offer second = offer();
        rendezvous.offer(second);
        Offer third = offer();
        assertUnavailable(() -> rendezvous.offer(third));
        assertThat(rendezvous.find(third.id())).isEmpty();
        first.close();
        await(() -> rendezvous.find(first.offer().id()).isEmpty());
        assertThat(rendezvous.offer(third).offer()).isEqualTo(third);
    }

    @Test
    void T14_no_permit_outlives_its_transfer() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withMaxTransfers(1));
        for (int round = 0; round < 20; round++) {
            deliver(rendezvous, offer());
            Offer left = offer();
            rendezvous.offer(left).close();
            await(() -> rendezvous.find(left.id()).isEmpty());
            Offer twice = offer();
            Pair pair = meet(rendezvous, twice);
            pair.receiver().close();
            pair.receiver().close();
            pair.sender().close();
            await(() -> rendezvous.find(twice.id()).isEmpty());
            assertEnded(InterruptReason.RECEIVER_LEFT, () -> rendezvous.claim(Claim.of(twice.id())));
        }
        rendezvous.offer(offer());
        assertUnavailable(() -> rendezvous.offer(offer()));
    }

    @Test
    void T14_a_refused_offer_holds_no_permit() {
        Rendezvous rendezvous = rendezvous(LIMITS.withMaxTransfers(2));
        Offer offer = offer();
        rendezvous.offer(offer);
        for (int round = 0; round < 5; round++) {
            Refusals.assertTaken(() -> rendezvous.offer(offer));
            Refusals.assertRejected("receivers", () -> rendezvous.offer(offer().withReceivers(2)));
        }
        rendezvous.offer(offer());
        assertUnavailable(() -> rendezvous.offer(offer()));
    }

    private void deliver(Rendezvous rendezvous, Offer offer) throws InterruptedException {
        Pair pair = meet(rendezvous, offer);
        var receipt = start(() -> {
            pair.send("abc");
            return pair.sender().done();
        });
        receiveAll(pair.receiver());
        receipt.result();
    }

    private static TransferStatus status(Rendezvous rendezvous, Offer offer) {
        return rendezvous.status(offer.id()).orElseThrow();
    }
}
