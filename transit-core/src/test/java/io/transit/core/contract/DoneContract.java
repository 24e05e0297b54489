package io.transit.core.contract;

import static io.transit.core.contract.Refusals.assertEnded;
import static io.transit.core.contract.Refusals.assertPaused;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.FileMetadata;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receipt;
import io.transit.core.Rendezvous;
import io.transit.core.Sha256;
import io.transit.core.TransferState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DONE states, what is checked, and what it takes to be a whole file. */
abstract class DoneContract extends RendezvousSuite {
    private static final Sha256 RIGHT = Payload.sha256("abc");
    private static final Sha256 WRONG = Payload.sha256("abd");

    @Test
    void T8_both_sides_are_told_the_total() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        var receipt = start(() -> {
            pair.send("abc");
            return pair.sender().done();
        });
        assertThat(receiveAll(pair.receiver()).done().totalBytes()).isEqualTo(3);
        assertThat(receipt.result().bytes()).isEqualTo(3);
        assertThat(receipt.result().elapsed().isNegative()).isFalse();
        assertThat(pair.sender().taken()).isEqualTo(3);
    }

    @Test
    void T8_the_total_is_counted_from_the_first_byte_of_the_file() throws Exception {
        Offer offer = offer(10).withSeekable();
        Pair pair = meet(rendezvous(), offer, Claim.of(offer.id()).from(7));
        assertThat(pair.receiver().offset()).isEqualTo(7);
        assertThat(pair.demand().offset()).isEqualTo(7);
        var receipt = start(() -> {
            pair.send("789");
            return pair.sender().done();
        });
        Delivery delivery = receiveAll(pair.receiver());
        assertThat(delivery.text()).isEqualTo("789");
        assertThat(delivery.done().totalBytes()).isEqualTo(10);
        assertThat(receipt.result().bytes()).isEqualTo(10);
    }

    @Test
    void T8_done_is_not_delivered_until_the_receiver_completes() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer();
        Pair pair = meet(rendezvous, offer);
        pair.send("abc");
        var receipt = start(pair.sender()::done);
        assertThat(Delivery.of(pair.receiver()::receive).done().totalBytes()).isEqualTo(3);
        receipt.awaitParked();
        assertThat(receipt.isOver()).isFalse();
        assertThat(state(rendezvous, offer)).isInstanceOf(TransferState.Streaming.class);
        pair.receiver().complete();
        assertThat(receipt.result().bytes()).isEqualTo(3);
    }

    @Test
    void T8_a_receiver_that_leaves_instead_of_completing_does_not_have_the_file() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        var receipt = start(pair.sender()::done);
        Delivery.of(pair.receiver()::receive).done();
        pair.receiver().close();
        assertEnded(InterruptReason.RECEIVER_LEFT, receipt::result);
    }

    @Test
    void T8_a_seekable_sender_hears_that_its_receiver_did_not_complete() throws Exception {
        Pair pair = meet(rendezvous(), offer().withSeekable());
        var receipt = start(pair.sender()::done);
        Delivery.of(pair.receiver()::receive).done();
        pair.receiver().close();
        assertPaused(InterruptReason.RECEIVER_LEFT, receipt::result);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void T8_a_digest_is_computed_when_one_side_asks(boolean senderAsks, boolean receiverAsks) throws Exception {
        Offer offer = senderAsks ? offer(3).withDigest() : offer(3);
        Claim claim = receiverAsks ? Claim.of(offer.id()).withDigest() : Claim.of(offer.id());
        Rendezvous rendezvous = rendezvous();
        Pair pair = meet(rendezvous, offer, claim);
        var receipt = start(() -> {
            pair.send("abc");
            return pair.sender().done();
        });
        Optional<Sha256> expected = senderAsks || receiverAsks ? Optional.of(RIGHT) : Optional.empty();
        assertThat(receiveAll(pair.receiver()).done().sha256()).isEqualTo(expected);
        assertThat(receipt.result().sha256()).isEqualTo(expected);
        assertThat(rendezvous.status(offer.id()).orElseThrow().sha256()).isEqualTo(expected);
    }

    @Test
    void T8_a_part_has_no_digest() throws Exception {
        Offer offer = offer(3).withSeekable();
        Pair pair = meet(rendezvous(), offer, Claim.of(offer.id()).from(1).withDigest());
        var receipt = start(() -> {
            pair.send("bc");
            return pair.sender().done();
        });
        assertThat(receiveAll(pair.receiver()).done().sha256()).isEmpty();
        assertThat(receipt.result().sha256()).isEmpty();
    }

    @Test
    void T8_a_stated_digest_is_passed_on_where_none_is_computed() throws Exception {
        assertThat(deliver(offer(3), Optional.of(WRONG)).sha256()).contains(WRONG);
    }

    @Test
    void T8_a_stated_digest_that_is_right_is_delivered() throws Exception {
        assertThat(deliver(offer(3).withDigest(), Optional.of(RIGHT)).sha256()).contains(RIGHT);
    }

    private Receipt deliver(Offer offer, Optional<Sha256> stated) throws InterruptedException {
        Pair pair = meet(rendezvous(), offer);
        var receipt = start(() -> {
            pair.send("abc");
            return stated.isPresent()
                    ? pair.sender().done(stated.get())
                    : pair.sender().done();
        });
        assertThat(receiveAll(pair.receiver()).done().sha256()).isEqualTo(stated);
        return receipt.result();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void T8_a_stated_digest_that_is_wrong_is_truncation_for_both(boolean senderAsks, boolean receiverAsks)
            throws Exception {
        Offer offer = senderAsks ? offer(3).withDigest() : offer(3);
        Claim claim = receiverAsks ? Claim.of(offer.id()).withDigest() : Claim.of(offer.id());
        Rendezvous rendezvous = rendezvous();
        Pair pair = meet(rendezvous, offer, claim);
        var receipt = start(() -> {
            pair.send("abc");
            return pair.sender().done(WRONG);
        });
        assertThat(Delivery.of(pair.receiver()::receive).reason()).contains(InterruptReason.TRUNCATED);
        assertEnded(InterruptReason.TRUNCATED, receipt::result);
        assertEnded(InterruptReason.TRUNCATED, pair.receiver()::complete);
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Interrupted(3, InterruptReason.TRUNCATED));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "3, 5", "3, 5000"})
    void T9_the_first_surplus_byte_is_refused(long declared, int sent) throws Exception {
        Pair pair = meet(rendezvous(LIMITS.withWindow(2)), offer(declared));
        var receiving = start(() -> Delivery.of(pair.receiver()::receive));
        assertEnded(InterruptReason.OVERRUN, () -> pair.sender().send(Payload.zeros(sent)));
        assertThat(receiving.result().reason()).contains(InterruptReason.OVERRUN);
        assertThat(receiving.result().bytes()).hasSizeLessThanOrEqualTo((int) declared);
    }

    @Test
    void T9_a_surplus_byte_after_the_last_is_refused() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(3);
        Pair pair = meet(rendezvous, offer);
        pair.send("abc");
        assertEnded(InterruptReason.OVERRUN, () -> pair.send("d"));
        Delivery delivery = Delivery.of(pair.receiver()::receive);
        assertThat("abc").startsWith(delivery.text());
        assertThat(delivery.reason()).contains(InterruptReason.OVERRUN);
        assertEnded(InterruptReason.OVERRUN, pair.sender()::done);
        assertThat(state(rendezvous, offer))
                .isInstanceOfSatisfying(
                        TransferState.Interrupted.class,
                        end -> assertThat(end.reason()).isEqualTo(InterruptReason.OVERRUN));
    }

    @Test
    void T9_fewer_bytes_than_declared_are_truncation_for_both() throws Exception {
        Pair pair = meet(rendezvous(), offer(3));
        pair.send("ab");
        assertEnded(InterruptReason.TRUNCATED, pair.sender()::done);
        assertThat(Delivery.of(pair.receiver()::receive).reason()).contains(InterruptReason.TRUNCATED);
    }

    @Test
    void T9_the_rest_of_a_file_is_counted_from_where_it_begins() throws Exception {
        Offer offer = offer(10).withSeekable();
        Pair pair = meet(rendezvous(), offer, Claim.of(offer.id()).from(7));
        pair.send("789");
        assertEnded(InterruptReason.OVERRUN, () -> pair.send("A"));
        assertThat(Delivery.of(pair.receiver()::receive).reason()).contains(InterruptReason.OVERRUN);
    }

    @Test
    void T9_several_files_are_one_stream_of_all_their_bytes() throws Exception {
        Offer both = new Offer(
                offer().id(), List.of(file("one.txt", 3), file("two.txt", 3)), false, 1, false, Offer.DEFAULT_PATIENCE);
        Pair pair = meet(rendezvous(), both);
        pair.send("one");
        pair.send("two");
        var receipt = start(pair.sender()::done);
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("onetwo");
        assertThat(receipt.result().bytes()).isEqualTo(6);
    }

    private static FileMetadata file(String name, long size) {
        return FileMetadata.of(name, OptionalLong.of(size), "text/plain");
    }
}
