package io.transit.core.contract;

import static io.transit.core.contract.Refusals.assertCompleted;
import static io.transit.core.contract.Refusals.assertNotFound;
import static io.transit.core.contract.Refusals.assertRejected;
import static io.transit.core.contract.Refusals.assertTaken;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.Token;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A sender that cannot seek goes on where it was interrupted: with the rest, as another offer of the same id and token. */
abstract class RestContract extends RendezvousSuite {
    private static final int SIZE = 10;

    /** Sends and receives the first four bytes, and then the sender is gone. */
    private Token interrupt(Rendezvous rendezvous, Offer offer) throws Exception {
        Pair pair = meet(rendezvous, offer);
        pair.send("abcd");
        for (int left = 4; left > 0; ) {
            if (pair.receiver().receive() instanceof Frame.Data(var payload)) {
                left -= payload.remaining();
            }
        }
        // What was taken is let go of with the next call.
        var last = start(pair.receiver()::receive);
        Await.await(() -> pair.sender().taken() == 4);
        pair.sender().close();
        assertThat(last.result()).isEqualTo(new Frame.Interrupt(InterruptReason.SENDER_LEFT));
        // Where it ended may be known elsewhere a moment later.
        Await.await(
                () -> state(rendezvous, offer).equals(new TransferState.Interrupted(4, InterruptReason.SENDER_LEFT)));
        pair.receiver().close();
        return pair.sender().token();
    }

    private void assertDeliversRest(Rendezvous rendezvous, Sender sender, Offer rest, String text) throws Exception {
        Receiver receiver = rendezvous.claim(Claim.of(rest.id()).from(SIZE - text.length()));
        assertThat(demand(sender).offset()).isEqualTo(SIZE - text.length());
        assertDelivers(sender, text, receiver);
        assertThat(awaitOver(sender.whenOver())).isEqualTo(new TransferState.Completed(SIZE));
    }

    @Test
    void T13_the_rest_of_what_was_interrupted_is_offered_with_its_token() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(SIZE);
        Token token = interrupt(rendezvous, offer);
        Offer rest = offer.withRest(4);
        Sender sender = rendezvous.offerRest(rest, token);
        assertThat(sender.token()).isEqualTo(token);
        assertThat(rendezvous.find(offer.id())).contains(rest);
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Paused(4, InterruptReason.RECEIVER_LEFT));
        assertDeliversRest(rendezvous, sender, rest, "efghij");
    }

    @Test
    void T13_a_receiver_may_have_more_of_it_than_the_sender_skips_and_never_less() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(SIZE);
        Offer rest = offer.withRest(3);
        Sender sender = rendezvous.offerRest(rest, interrupt(rendezvous, offer));
        assertRejected("offset", () -> rendezvous.claim(Claim.of(offer.id())));
        assertRejected("offset", () -> rendezvous.claim(Claim.of(offer.id()).from(2)));
        assertRejected("offset", () -> rendezvous.claim(Claim.of(offer.id()).from(SIZE + 1)));
        assertDeliversRest(rendezvous, sender, rest, "fghij");
    }

    @Test
    void T13_the_rest_from_the_first_byte_on_is_all_of_it() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(SIZE);
        Sender sender = rendezvous.offerRest(offer.withRest(0), interrupt(rendezvous, offer));
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Paused(0, InterruptReason.RECEIVER_LEFT));
        assertDeliversRest(rendezvous, sender, offer, "abcdefghij");
    }

    @Test
    void T13_what_was_interrupted_again_goes_on_again() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(SIZE);
        Token token = interrupt(rendezvous, offer);
        rendezvous.offerRest(offer.withRest(4), token).close();
        Await.await(
                () -> state(rendezvous, offer).equals(new TransferState.Interrupted(4, InterruptReason.SENDER_LEFT)));
        Offer rest = offer.withRest(4).withPatience(Duration.ofMinutes(1));
        assertDeliversRest(rendezvous, rendezvous.offerRest(rest, token), rest, "efghij");
        assertCompleted(SIZE, () -> rendezvous.offerRest(rest, token));
    }

    @Test
    void T13_only_its_sender_offers_the_rest_and_only_of_the_same() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(SIZE);
        Token token = interrupt(rendezvous, offer);
        assertRejected("token", () -> rendezvous.offerRest(offer.withRest(4), Token.random()));
        assertRejected("rest", () -> rendezvous.offerRest(offer.withRest(5), token));
        Offer other = Offer.of(offer.id(), offer(SIZE + 1).files().get(0));
        assertRejected("size", () -> rendezvous.offerRest(other.withRest(4), token));
        Offer unknown = Offer.of(TransferId.random(), offer.files().get(0));
        assertNotFound(() -> rendezvous.offerRest(unknown.withRest(4), token));
        // None of that has changed anything.
        assertDeliversRest(rendezvous, rendezvous.offerRest(offer.withRest(4), token), offer, "efghij");
    }

    @Test
    void T5_what_is_still_open_has_no_rest() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(SIZE);
        Pair pair = meet(rendezvous, offer);
        assertTaken(() -> rendezvous.offerRest(offer.withRest(0), pair.sender().token()));
        pair.sender().close();
        assertThat(receiveAll(pair.receiver()).reason()).contains(InterruptReason.SENDER_LEFT);
    }
}
