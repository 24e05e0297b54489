package io.transit.core.contract;

import static io.transit.core.contract.Await.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.transit.core.Claim;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.Sender.Demand;
import io.transit.core.TransferException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A sender that sends nothing, and is told that it need not any more. */
abstract class AttemptOverContract extends RendezvousSuite {
    private static Demand await(CompletionStage<Demand> told) throws Exception {
        return told.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private Pair meetSeekable(Rendezvous rendezvous) throws Exception {
        return meet(rendezvous, offer(10).withSeekable());
    }

    private static void assertSaysWhy(Class<? extends TransferException> why, Sender sender) {
        assertThatExceptionOfType(why).isThrownBy(() -> sender.send(Payload.zeros(0)));
    }

    @Test
    void T6_of_each_receiver_that_leaves_a_sender_is_told_once() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Pair pair = meetSeekable(rendezvous);
        CompletionStage<Demand> first = pair.sender().whenAttemptOver();
        assertThat(first.toCompletableFuture()).isNotDone();
        pair.receiver().close();
        assertThat(await(first)).isEqualTo(pair.demand());
        assertSaysWhy(TransferException.Paused.class, pair.sender());

        var late = rendezvous.claim(Claim.of(pair.sender().offer().id()));
        Demand next = demand(pair.sender());
        CompletionStage<Demand> second = pair.sender().whenAttemptOver();
        pair.sender().send(Payload.zeros(0));
        assertThat(second.toCompletableFuture()).isNotDone();
        late.close();
        assertThat(await(second)).isEqualTo(next);
        assertSaysWhy(TransferException.Paused.class, pair.sender());
    }

    @Test
    void T13_a_receiver_that_has_its_part_wants_no_more() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Pair pair = meet(rendezvous, offer, Claim.of(offer.id()).part(3, 3));
        CompletionStage<Demand> told = pair.sender().whenAttemptOver();
        Delivery.of(pair.receiver()::receive).done();
        pair.receiver().complete();
        assertThat(await(told)).isEqualTo(pair.demand());
        assertSaysWhy(TransferException.Paused.class, pair.sender());
    }

    @Test
    void T2_the_end_of_the_transfer_is_that_of_its_attempt() throws Exception {
        Pair pair = meetSeekable(rendezvous());
        CompletionStage<Demand> told = pair.sender().whenAttemptOver();
        pair.receiver().interrupt(InterruptReason.CANCELLED);
        assertThat(await(told)).isEqualTo(pair.demand());
        assertSaysWhy(TransferException.Ended.class, pair.sender());
    }

    @Test
    void T2_a_transfer_that_is_complete_has_no_attempt_that_runs() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Pair pair = meet(rendezvous, offer(3));
        CompletionStage<Demand> told = pair.sender().whenAttemptOver();
        assertDelivers(pair.sender(), "abc", pair.receiver());
        assertThat(await(told)).isEqualTo(pair.demand());
    }

    @Test
    void T13_a_sender_whose_seat_was_taken_is_told() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Pair pair = meetSeekable(rendezvous);
        CompletionStage<Demand> told = pair.sender().whenAttemptOver();
        rendezvous.resume(pair.sender().offer().id(), pair.sender().token());
        assertThat(await(told)).isEqualTo(pair.demand());
        assertSaysWhy(TransferException.Taken.class, pair.sender());
    }

    @Test
    void T13_a_sender_that_leaves_its_seat_leaves_its_attempt() throws Exception {
        Pair pair = meetSeekable(rendezvous());
        CompletionStage<Demand> told = pair.sender().whenAttemptOver();
        pair.sender().detach();
        assertThat(await(told)).isEqualTo(pair.demand());
        assertSaysWhy(TransferException.Taken.class, pair.sender());
    }

    @Test
    void T1_there_is_nothing_to_be_told_before_an_attempt() {
        Sender sender = rendezvous().offer(offer());
        assertThatIllegalStateException().isThrownBy(sender::whenAttemptOver);
    }
}
