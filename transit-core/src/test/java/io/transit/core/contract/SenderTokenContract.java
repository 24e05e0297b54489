package io.transit.core.contract;

import static io.transit.core.contract.Await.PATIENCE;
import static io.transit.core.contract.Refusals.assertCompleted;
import static io.transit.core.contract.Refusals.assertEnded;
import static io.transit.core.contract.Refusals.assertNotFound;
import static io.transit.core.contract.Refusals.assertRejected;
import static io.transit.core.contract.Refusals.assertTaken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.transit.core.Claim;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.Token;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sender shows its token and takes over the seat, whoever had it. */
abstract class SenderTokenContract extends RendezvousSuite {
    @Test
    void T13_a_sender_comes_back_only_with_its_token() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        assertRejected("token", () -> rendezvous.resume(offer.id(), Token.random()));
        assertNotFound(() -> rendezvous.resume(TransferId.random(), sender.token()));
        assertThat(sender.awaitReceiver(Duration.ZERO)).isEmpty();
        Sender resumed = rendezvous.resume(offer.id(), sender.token());
        assertThat(resumed.token()).isEqualTo(sender.token());
        assertThat(resumed.offer()).isEqualTo(offer);
    }

    @Test
    void T13_nobody_comes_back_into_what_has_ended() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer cut = offer();
        Sender sender = rendezvous.offer(cut);
        sender.close();
        assertEnded(InterruptReason.SENDER_LEFT, () -> rendezvous.resume(cut.id(), sender.token()));
        Offer whole = offer();
        Pair pair = meet(rendezvous, whole);
        var receipt = start(pair.sender()::done);
        receiveAll(pair.receiver());
        receipt.result();
        assertCompleted(0, () -> rendezvous.resume(whole.id(), pair.sender().token()));
    }

    @Test
    void T13_a_superseded_sender_has_lost_its_seat() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer().withSeekable();
        Pair pair = meet(rendezvous, offer);
        Sender resumed = rendezvous.resume(offer.id(), pair.sender().token());
        assertTaken(() -> pair.send("from the grave"));
        assertTaken(pair.sender()::done);
        assertTaken(() -> pair.sender().awaitReceiver(Duration.ZERO));
        pair.sender().detach();
        pair.sender().interrupt(InterruptReason.CANCELLED);
        pair.sender().close();
        var receipt = start(() -> sendUntilDone(resumed, new byte[] {1, 2, 3}, 2));
        assertThat(receiveAll(pair.receiver()).hex()).isEqualTo("010203");
        receipt.result();
    }

    @Test
    void T13_a_superseded_sender_that_waits_is_woken() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Sender sender = rendezvous.offer(offer);
        var waiting = start(() -> sender.awaitReceiver(PATIENCE)).awaitParked();
        Sender resumed = rendezvous.resume(offer.id(), sender.token());
        assertTaken(waiting::result);
        rendezvous.claim(Claim.of(offer.id()));
        assertThat(demand(resumed).offset()).isZero();
    }

    @Test
    void T13_a_superseded_sender_that_waits_for_room_is_woken() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withWindow(3));
        Offer offer = offer(6).withSeekable();
        Pair pair = meet(rendezvous, offer);
        var sending = start(() -> {
            pair.send("abcdef");
            return pair;
        });
        sending.awaitParked();
        Sender resumed = rendezvous.resume(offer.id(), pair.sender().token());
        assertTaken(sending::result);
        var receipt = start(() -> sendUntilDone(resumed, "abcdef".getBytes(StandardCharsets.UTF_8), 2));
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("abcdef");
        receipt.result();
    }

    @Test
    void T13_of_two_that_come_back_at_once_one_has_the_seat() throws Exception {
        Rendezvous rendezvous = rendezvous();
        for (int round = 0; round < 200; round++) {
            Offer offer = offer();
            Token token = rendezvous.offer(offer).token();
            var one = start(() -> rendezvous.resume(offer.id(), token));
            var two = start(() -> rendezvous.resume(offer.id(), token));
            long losers = 0;
            for (Sender sender : List.of(one.result(), two.result())) {
                losers += hasLostItsSeat(sender) ? 1 : 0;
            }
            assertThat(losers).isEqualTo(1);
        }
    }

    private static boolean hasLostItsSeat(Sender sender) throws InterruptedException {
        try {
            return sender.awaitReceiver(Duration.ZERO).isPresent();
        } catch (TransferException.Taken lost) {
            return true;
        }
    }

    @Test
    void T13_a_running_sender_that_cannot_seek_is_not_superseded() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Pair pair = meet(rendezvous, offer);
        pair.send("abc");
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(() -> rendezvous.resume(offer.id(), pair.sender().token()));
        pair.send("def");
        var receipt = start(pair.sender()::done);
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("abcdef");
        receipt.result();
    }
}
