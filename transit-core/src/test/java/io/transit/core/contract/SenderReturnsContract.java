package io.transit.core.contract;

import static io.transit.core.contract.Await.PATIENCE;
import static io.transit.core.contract.Await.await;
import static io.transit.core.contract.Refusals.assertCompleted;
import static io.transit.core.contract.Refusals.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receipt;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.Sender.Demand;
import io.transit.core.TransferException;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender leaves and comes back, into the transfer that stayed open. */
abstract class SenderReturnsContract extends RendezvousSuite {
    private static final TransferLimits PATIENT = LIMITS.withGrace(PATIENCE, PATIENCE);
    private static final TransferLimits SOON = LIMITS.withGrace(Duration.ofMillis(200), Duration.ofMillis(200));

    @Test
    void T13_an_offer_stands_while_its_waiting_sender_is_away() throws Exception {
        Rendezvous rendezvous = rendezvous(PATIENT);
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        sender.detach();
        assertThat(rendezvous.find(offer.id())).contains(offer);
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Offered());
        Sender resumed = rendezvous.resume(offer.id(), sender.token());
        Receiver receiver = rendezvous.claim(Claim.of(offer.id()));
        demand(resumed);
        assertDelivers(resumed, "abc", receiver);
    }

    @Test
    void T13_closing_the_handle_that_was_detached_takes_nothing_back() throws Exception {
        Rendezvous rendezvous = rendezvous(PATIENT);
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        sender.detach();
        sender.close();
        assertThat(rendezvous.resume(offer.id(), sender.token()).awaitReceiver(Duration.ZERO))
                .isEmpty();
    }

    @Test
    void T13_an_offer_can_be_claimed_while_its_sender_is_away() throws Exception {
        Rendezvous rendezvous = rendezvous(PATIENT);
        Offer offer = offer(3);
        Sender sender = rendezvous.offer(offer);
        sender.detach();
        Receiver receiver = rendezvous.claim(Claim.of(offer.id()));
        var receiving = start(() -> receiveAll(receiver)).awaitParked();
        Sender resumed = rendezvous.resume(offer.id(), sender.token());
        demand(resumed);
        resumed.send(Payload.utf8("abc"));
        assertThat(resumed.done().bytes()).isEqualTo(3);
        assertThat(receiving.result().text()).isEqualTo("abc");
    }

    @Test
    void T13_a_sender_that_cannot_seek_may_come_back_before_its_first_byte() throws Exception {
        Rendezvous rendezvous = rendezvous(PATIENT);
        Offer offer = offer(3);
        Pair pair = meet(rendezvous, offer);
        pair.sender().detach();
        Sender resumed = rendezvous.resume(offer.id(), pair.sender().token());
        Demand again = demand(resumed);
        assertThat(again.offset()).isZero();
        assertThat(again.attempt()).isNotEqualTo(pair.demand().attempt());
        resumed.send(Payload.utf8("abc"));
        var receipt = start(resumed::done);
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("abc");
        receipt.result();
    }

    @Test
    void T13_the_stream_of_a_receiver_stays_open_while_a_seekable_sender_is_away() throws Exception {
        Rendezvous rendezvous = rendezvous(PATIENT.withWindow(1_000));
        byte[] content = Payload.seeded(130, 200_000);
        Offer offer = offer(content.length).withSeekable().withDigest();
        Pair pair = meet(rendezvous, offer);
        var receiving = start(() -> receiveAll(pair.receiver()));
        send(pair.sender(), content, 0, 50_000, 3_000);
        pair.sender().detach();
        assertThat(state(rendezvous, offer))
                .isInstanceOfSatisfying(
                        TransferState.Paused.class,
                        paused -> assertThat(paused.cause()).isEqualTo(InterruptReason.SENDER_LEFT));
        assertThat(rendezvous.find(offer.id())).contains(offer);
        assertThat(receiving.isOver()).isFalse();
        Sender resumed = rendezvous.resume(offer.id(), pair.sender().token());
        Demand demand = demand(resumed);
        assertThat(demand.offset()).isBetween(49_000L, 50_000L);
        assertThat(demand.attempt()).isNotEqualTo(pair.demand().attempt());
        assertThat(state(rendezvous, offer)).isInstanceOf(TransferState.Streaming.class);
        send(resumed, content, demand.offset(), content.length, 3_000);
        assertThat(resumed.done().sha256()).contains(Payload.sha256(content));
        assertThat(receiving.result().bytes()).isEqualTo(content);
        assertThat(receiving.result().done().sha256()).contains(Payload.sha256(content));
    }

    @Test
    void T13_what_was_in_flight_is_seen_once() throws Exception {
        Rendezvous rendezvous = rendezvous(PATIENT);
        Offer offer = offer(6).withSeekable();
        Pair pair = meet(rendezvous, offer);
        pair.send("abcd");
        pair.sender().detach();
        Sender resumed = rendezvous.resume(offer.id(), pair.sender().token());
        var receipt = start(() -> sendUntilDone(resumed, "abcdef".getBytes(StandardCharsets.UTF_8), 1));
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("abcdef");
        assertThat(receipt.result().bytes()).isEqualTo(6);
    }

    @Test
    void T13_a_receiver_that_has_everything_completes_though_the_sender_is_away() throws Exception {
        Rendezvous rendezvous = rendezvous(PATIENT);
        Offer offer = offer(3).withSeekable();
        Pair pair = meet(rendezvous, offer);
        pair.send("abc");
        var lost = start(pair.sender()::done);
        Delivery.of(pair.receiver()::receive).done();
        pair.sender().detach();
        assertThat(lost.failure()).isInstanceOf(TransferException.class);
        pair.receiver().complete();
        assertThat(awaitOver(pair.sender().whenOver())).isEqualTo(new TransferState.Completed(3));
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Completed(3));
        assertCompleted(3, () -> rendezvous.resume(offer.id(), pair.sender().token()));
    }

    @Test
    void T13_a_sender_that_cannot_seek_leaves_for_good() throws Exception {
        Rendezvous rendezvous = rendezvous(PATIENT);
        Offer offer = offer();
        Pair pair = meet(rendezvous, offer);
        pair.send("abc");
        pair.sender().detach();
        Delivery delivery = Delivery.of(pair.receiver()::receive);
        assertThat(delivery.text()).isEqualTo("abc");
        assertThat(delivery.reason()).contains(InterruptReason.SENDER_LEFT);
        assertEnded(
                InterruptReason.SENDER_LEFT,
                () -> rendezvous.resume(offer.id(), pair.sender().token()));
    }

    @Test
    void T13_a_receiver_may_leave_while_the_sender_is_away() throws Exception {
        Rendezvous rendezvous = rendezvous(PATIENT);
        Offer offer = offer(3).withSeekable();
        Pair pair = meet(rendezvous, offer);
        pair.send("ab");
        Delivery.atLeast(2, pair.receiver()::receive);
        pair.sender().detach();
        pair.receiver().close();
        Sender resumed = rendezvous.resume(offer.id(), pair.sender().token());
        await(() -> rendezvous.status(offer.id()).orElseThrow().expiresIn().isPresent());
        assertThat(resumed.awaitReceiver(Duration.ZERO)).isEmpty();
        Receiver second = rendezvous.claim(Claim.of(offer.id()).from(1));
        assertThat(demand(resumed).offset()).isEqualTo(1);
        assertDelivers(resumed, "bc", second);
    }

    @Test
    void T13_grace_while_waiting_lapses() throws Exception {
        Rendezvous rendezvous = rendezvous(SOON);
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        sender.detach();
        await(() -> rendezvous.find(offer.id()).isEmpty());
        assertEnded(InterruptReason.SENDER_LEFT, () -> rendezvous.claim(Claim.of(offer.id())));
        assertEnded(InterruptReason.SENDER_LEFT, () -> rendezvous.resume(offer.id(), sender.token()));
    }

    @Test
    void T13_grace_while_streaming_lapses() throws Exception {
        Rendezvous rendezvous = rendezvous(SOON);
        Offer offer = offer().withSeekable();
        Pair pair = meet(rendezvous, offer);
        pair.send("abc");
        pair.sender().detach();
        Delivery delivery = Delivery.of(pair.receiver()::receive);
        assertThat(delivery.text()).isEqualTo("abc");
        assertThat(delivery.reason()).contains(InterruptReason.SENDER_LEFT);
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Interrupted(3, InterruptReason.SENDER_LEFT));
    }

    @Test
    void T13_without_grace_a_sender_leaves_for_good() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withGrace(Duration.ZERO, Duration.ZERO));
        Offer offer = offer().withSeekable();
        Pair pair = meet(rendezvous, offer);
        pair.sender().detach();
        assertThat(pair.receiver().receive()).isEqualTo(new Frame.Interrupt(InterruptReason.SENDER_LEFT));
    }

    @Test
    void T13_grace_is_over_once_the_sender_is_back() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withGrace(Duration.ofSeconds(2), Duration.ofSeconds(2)));
        Offer left = offer();
        Offer returned = offer();
        Sender away = rendezvous.offer(returned);
        away.detach();
        Sender back = rendezvous.resume(returned.id(), away.token());
        rendezvous.offer(left).detach();
        await(() -> rendezvous.find(left.id()).isEmpty());
        assertThat(back.awaitReceiver(Duration.ZERO)).isEmpty();
        assertThat(rendezvous.find(returned.id())).contains(returned);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void T13_nothing_is_lost_or_repeated_however_often_the_sender_leaves(long seed) throws Exception {
        Rendezvous rendezvous = rendezvous(PATIENT.withWindow(1_000));
        byte[] content = Payload.seeded(seed, 200_000);
        Offer offer = offer(content.length).withSeekable().withDigest();
        Sender first = rendezvous.offer(offer);
        Receiver receiver = rendezvous.claim(Claim.of(offer.id()));
        var receiving = start(() -> receiveAll(receiver));
        Receipt receipt = sendLeavingOften(rendezvous, first, content, new Random(seed));
        assertThat(receipt.sha256()).contains(Payload.sha256(content));
        assertThat(receiving.result().bytes()).isEqualTo(content);
    }

    private static Receipt sendLeavingOften(Rendezvous rendezvous, Sender first, byte[] content, Random random)
            throws InterruptedException {
        Sender sender = first;
        while (true) {
            long from = demand(sender).offset();
            long to = Math.min(content.length, from + 1 + random.nextInt(20_000));
            send(sender, content, from, to, 3_000);
            if (to == content.length) {
                return sender.done();
            }
            if (random.nextBoolean()) {
                sender.detach();
            }
            sender = rendezvous.resume(sender.offer().id(), sender.token());
        }
    }
}
