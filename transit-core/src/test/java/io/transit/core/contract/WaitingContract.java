package io.transit.core.contract;

import static io.transit.core.contract.Await.PATIENCE;
import static io.transit.core.contract.Refusals.assertPaused;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** All waiting is bounded and can be interrupted, and what was interrupted can go on. */
abstract class WaitingContract extends RendezvousSuite {
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    @Test
    void T14_a_sender_waits_no_longer_than_it_said() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        assertThat(sender.awaitReceiver(Duration.ZERO)).isEmpty();
        assertThat(sender.awaitReceiver(Duration.ofMillis(100))).isEmpty();
        assertThat(rendezvous.find(offer.id())).contains(offer);
        rendezvous.claim(Claim.of(offer.id()));
        assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
    }

    @Test
    void T14_a_sender_may_be_willing_to_wait_forever() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        var demand = start(() -> sender.awaitReceiver(FOREVER)).awaitParked();
        rendezvous.claim(Claim.of(offer.id()));
        assertThat(demand.result()).isPresent();
    }

    @Test
    void T14_an_offer_may_be_willing_to_wait_forever() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Pair pair = meet(rendezvous, offer().withPatience(FOREVER));
        var receipt = start(pair.sender()::done);
        assertThat(receiveAll(pair.receiver()).text()).isEmpty();
        receipt.result();
    }

    @Test
    void T14_waiting_for_a_receiver_can_be_interrupted_and_the_offer_stands() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        var waiting = start(() -> sender.awaitReceiver(PATIENCE)).awaitParked();
        waiting.interrupt();
        assertThat(waiting.failure()).isInstanceOf(InterruptedException.class);
        assertThat(rendezvous.find(offer.id())).contains(offer);
        rendezvous.claim(Claim.of(offer.id()));
        assertThat(demand(sender).offset()).isZero();
    }

    @Test
    void T14_waiting_for_room_can_be_interrupted_and_the_buffer_says_how_far_it_came() throws Exception {
        Pair pair = meet(rendezvous(LIMITS.withWindow(4)), offer(10));
        ByteBuffer bytes = Payload.utf8("0123456789");
        var sending = start(() -> {
            pair.sender().send(bytes);
            return pair;
        });
        sending.awaitParked();
        sending.interrupt();
        assertThat(sending.failure()).isInstanceOf(InterruptedException.class);
        assertThat(bytes.position()).isBetween(0, 4);
        var receipt = start(() -> {
            pair.sender().send(bytes);
            return pair.sender().done();
        });
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("0123456789");
        receipt.result();
    }

    @Test
    void T14_waiting_for_data_can_be_interrupted_and_nothing_is_lost() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        var receiving = start(pair.receiver()::receive).awaitParked();
        receiving.interrupt();
        assertThat(receiving.failure()).isInstanceOf(InterruptedException.class);
        pair.send("abc");
        var receipt = start(pair.sender()::done);
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("abc");
        receipt.result();
    }

    @Test
    void T14_waiting_for_a_sender_that_has_not_begun_can_be_interrupted() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        var receiver = rendezvous.claim(Claim.of(offer.id()));
        var receiving = start(receiver::receive).awaitParked();
        receiving.interrupt();
        assertThat(receiving.failure()).isInstanceOf(InterruptedException.class);
        demand(sender);
        var receipt = start(sender::done);
        assertThat(receiveAll(receiver).text()).isEmpty();
        receipt.result();
    }

    @Test
    void T14_waiting_for_the_end_can_be_interrupted_and_repeated() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        pair.send("abc");
        var interrupted = start(pair.sender()::done).awaitParked();
        interrupted.interrupt();
        assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
        var repeated = start(pair.sender()::done);
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("abc");
        assertThat(repeated.result().bytes()).isEqualTo(3);
    }

    @Test
    void T14_waiting_for_the_end_can_be_repeated_with_a_digest() throws Exception {
        Pair pair = meet(rendezvous(), offer().withDigest());
        pair.send("abc");
        var interrupted = start(() -> pair.sender().done(Payload.sha256("abc"))).awaitParked();
        interrupted.interrupt();
        assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
        var repeated = start(() -> pair.sender().done(Payload.sha256("abc")));
        receiveAll(pair.receiver());
        assertThat(repeated.result().sha256()).contains(Payload.sha256("abc"));
    }

    @Test
    void T14_both_sides_can_be_called_when_the_transfer_is_over() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Pair whole = meet(rendezvous, offer());
        var receipt = start(whole.sender()::done);
        assertThat(ends(whole)).noneMatch(CompletableFuture::isDone);
        receiveAll(whole.receiver());
        receipt.result();
        for (var end : ends(whole)) {
            assertThat(end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new TransferState.Completed(0));
        }
        Pair cut = meet(rendezvous, offer());
        var called = ends(cut);
        cut.sender().interrupt(InterruptReason.CANCELLED);
        for (var end : called) {
            assertThat(end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(new TransferState.Interrupted(0, InterruptReason.CANCELLED));
        }
    }

    @Test
    void T14_both_sides_are_called_when_the_rendezvous_closes() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Pair pair = meet(rendezvous, offer());
        var called = ends(pair);
        rendezvous.close();
        for (var end : called) {
            assertThat(end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(new TransferState.Interrupted(0, InterruptReason.SHUTDOWN));
        }
    }

    @Test
    void T14_a_receiver_that_leaves_a_seekable_sender_does_not_end_the_transfer() throws Exception {
        Pair pair = meet(rendezvous(), offer().withSeekable());
        var called = pair.sender().whenOver().toCompletableFuture();
        pair.receiver().close();
        assertPaused(InterruptReason.RECEIVER_LEFT, () -> sendUntilRefused(pair.sender()));
        assertThat(called).isNotDone();
        pair.sender().close();
        assertThat(awaitOver(called)).isEqualTo(new TransferState.Interrupted(0, InterruptReason.SENDER_LEFT));
        // Its own part was over when it left.
        assertThat(awaitOver(pair.receiver().whenOver()))
                .isEqualTo(new TransferState.Interrupted(0, InterruptReason.RECEIVER_LEFT));
    }

    private static List<CompletableFuture<TransferState.Final>> ends(Pair pair) {
        return List.of(
                pair.sender().whenOver().toCompletableFuture(),
                pair.receiver().whenOver().toCompletableFuture());
    }

    @Test
    void T14_whoever_waits_when_a_transfer_ends_is_woken() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withWindow(1));
        List<Task<?>> waiting = new ArrayList<>();
        Pair full = meet(rendezvous, offer());
        waiting.add(start(() -> {
            full.send("ab");
            return full;
        }));
        Pair empty = meet(rendezvous, offer());
        waiting.add(start(empty.receiver()::receive));
        Pair done = meet(rendezvous, offer());
        waiting.add(start(done.sender()::done));
        Sender alone = rendezvous.offer(offer());
        waiting.add(start(() -> alone.awaitReceiver(PATIENCE)));
        waiting.forEach(Task::awaitParked);
        rendezvous.close();
        for (Task<?> each : waiting) {
            each.awaitEnd();
        }
    }
}
