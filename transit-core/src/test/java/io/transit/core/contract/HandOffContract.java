package io.transit.core.contract;

import static io.transit.core.contract.Await.PATIENCE;
import static io.transit.core.contract.Await.await;
import static io.transit.core.contract.Await.pass;
import static io.transit.core.contract.Refusals.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receipt;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferException;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that go straight from where the sender has them to where the receiver wants them. */
abstract class HandOffContract extends RendezvousSuite {
    private static final TransferLimits SOON = LIMITS.withStall(Duration.ofMillis(500));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, (1 << 20) + 1, 5_000_000})
    void T4_a_source_comes_to_a_target_as_it_is(int size) throws Exception {
        byte[] content = Payload.seeded(size, size);
        Pair pair = meet(rendezvous(), offer(size).withDigest());
        var receipt = start(() -> sendFrom(pair.sender(), source(content)));
        var target = new TestTarget();
        assertThat(pair.receiver().transferTo(target)).isInstanceOf(Frame.Done.class);
        assertThat(target.taken()).isEqualTo(content);
        pair.receiver().complete();
        assertThat(receipt.result().sha256()).contains(Payload.sha256(content));
    }

    @Test
    void T4_a_target_may_take_byte_after_byte() throws Exception {
        byte[] content = Payload.seeded(1, 5_000);
        Pair pair = meet(rendezvous(), offer(content.length));
        var receipt = start(() -> sendFrom(pair.sender(), source(content)));
        var target = new TestTarget().withRuns(1);
        pair.receiver().transferTo(target);
        assertThat(target.taken()).isEqualTo(content);
        pair.receiver().complete();
        receipt.result();
    }

    @Test
    void T4_every_way_of_sending_goes_with_every_way_of_receiving() throws Exception {
        byte[] content = Payload.seeded(2, 3_000_000);
        Pair pair = meet(rendezvous(), offer());
        ReadableByteChannel source = source(content);
        var receipt = start(() -> {
            int last = 0;
            while (last >= 0) {
                last = pair.sender().transferFrom(source);
                ByteBuffer some = ByteBuffer.allocate(1_000);
                source.read(some);
                pair.sender().send(some.flip());
            }
            return pair.sender().done();
        });
        var target = new TestTarget();
        for (int frames = 0; frames < 3; frames++) {
            switch (pair.receiver().receive()) {
                case Frame.Data(ByteBuffer payload) -> target.write(payload);
                case Frame.Done done -> throw new AssertionError(done);
                case Frame.Interrupt cut -> throw new AssertionError(cut);
            }
        }
        assertThat(pair.receiver().transferTo(target)).isEqualTo(new Frame.Done(content.length));
        assertThat(target.taken()).isEqualTo(content);
        pair.receiver().complete();
        receipt.result();
    }

    @Test
    void T6_a_target_that_fails_ends_the_sender() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        Task<Pair> sending = sendOnAndOn(pair);
        var target = new TestTarget().failingAfter(100);
        assertThatIOException()
                .isThrownBy(() -> pair.receiver().transferTo(target))
                .withMessage("full");
        pair.receiver().close();
        assertEnded(InterruptReason.RECEIVER_LEFT, sending::result);
    }

    @Test
    void T6_a_receiver_that_leaves_while_its_target_is_full_frees_the_sender() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        Task<Pair> sending = sendOnAndOn(pair);
        var target = new TestTarget().blockingAfter(100);
        var receiving = start(() -> pair.receiver().transferTo(target));
        await(target::isBlocked);
        pair.receiver().close();
        assertEnded(InterruptReason.RECEIVER_LEFT, sending::result);
        receiving.awaitEnd();
        assertThat(target.isOpen()).isFalse();
    }

    @Test
    void T7_what_was_sent_comes_before_the_reason() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        var target = new TestTarget();
        var receiving = start(() -> pair.receiver().transferTo(target));
        pair.send("all that there is");
        await(() -> target.taken().length == 17);
        pair.sender().interrupt(InterruptReason.CANCELLED);
        assertThat(receiving.result()).isEqualTo(new Frame.Interrupt(InterruptReason.CANCELLED));
    }

    @Test
    void T7_what_was_sent_comes_before_the_reason_also_to_one_who_asks_afterwards() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        pair.send("all that there is");
        pair.sender().interrupt(InterruptReason.CANCELLED);
        awaitOver(pair.receiver().whenOver());
        var target = new TestTarget();
        assertThat(pair.receiver().transferTo(target)).isEqualTo(new Frame.Interrupt(InterruptReason.CANCELLED));
        assertThat(target.text()).isEqualTo("all that there is");
    }

    @Test
    void T2_a_target_that_has_everything_is_its_owners_again() throws Exception {
        Pair pair = meet(rendezvous(), offer(3));
        var target = new TestTarget();
        start(() -> sendFrom(pair.sender(), source(new byte[3])));
        assertThat(pair.receiver().transferTo(target)).isInstanceOf(Frame.Done.class);
        pair.sender().interrupt(InterruptReason.CANCELLED);
        awaitOver(pair.receiver().whenOver());
        pass(Duration.ofSeconds(6));
        assertThat(target.isOpen()).isTrue();
    }

    @Test
    void T9_a_source_has_no_more_than_was_declared() throws Exception {
        Pair pair = meet(rendezvous(), offer(3));
        var target = new TestTarget();
        var receiving = start(() -> pair.receiver().transferTo(target));
        assertEnded(InterruptReason.OVERRUN, () -> sendFrom(pair.sender(), source(new byte[4])));
        assertThat(receiving.result()).isEqualTo(new Frame.Interrupt(InterruptReason.OVERRUN));
        assertThat(target.taken()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void T9_a_source_has_no_less_than_was_declared() throws Exception {
        Pair pair = meet(rendezvous(), offer(5));
        var receiving = start(() -> pair.receiver().transferTo(new TestTarget()));
        assertEnded(InterruptReason.TRUNCATED, () -> sendFrom(pair.sender(), source(new byte[4])));
        assertThat(receiving.result()).isEqualTo(new Frame.Interrupt(InterruptReason.TRUNCATED));
    }

    @Test
    void T10_a_target_that_takes_nothing_has_stalled() throws Exception {
        Pair pair = meet(rendezvous(SOON), offer());
        Task<Pair> sending = sendOnAndOn(pair);
        var target = new TestTarget().blockingAfter(100);
        var receiving = start(() -> pair.receiver().transferTo(target));
        assertEnded(InterruptReason.RECEIVER_STALLED, sending::result);
        receiving.awaitEnd();
        assertThat(target.isOpen()).isFalse();
    }

    @Test
    void T10_a_source_that_has_nothing_has_stalled() throws Exception {
        Pair pair = meet(rendezvous(SOON), offer());
        var source = new TestSource();
        pair.sender().whenOver().thenRun(source::close);
        var sending = start(() -> sendFrom(pair.sender(), source));
        assertThat(pair.receiver().transferTo(new TestTarget()))
                .isEqualTo(new Frame.Interrupt(InterruptReason.SENDER_STALLED));
        sending.awaitEnd();
        assertEnded(InterruptReason.SENDER_STALLED, pair.sender()::done);
    }

    @Test
    void T13_a_receiver_that_was_interrupted_goes_on_where_it_was() throws Exception {
        byte[] content = Payload.seeded(3, 2_000_000);
        Pair pair = meet(rendezvous(), offer());
        var target = new TestTarget();
        var receiving = start(() -> pair.receiver().transferTo(target));
        pair.sender().send(ByteBuffer.wrap(content, 0, 100_000));
        await(() -> target.taken().length == 100_000);
        receiving.awaitParked();
        receiving.interrupt();
        assertThat(receiving.failure()).isInstanceOf(InterruptedException.class);
        var receipt = start(() -> {
            pair.sender().send(ByteBuffer.wrap(content, 100_000, content.length - 100_000));
            return pair.sender().done();
        });
        assertThat(pair.receiver().transferTo(target)).isInstanceOf(Frame.Done.class);
        assertThat(target.taken()).isEqualTo(content);
        pair.receiver().complete();
        receipt.result();
    }

    @Test
    void T14_a_receiver_that_is_interrupted_does_not_wait_for_its_target() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        Task<Pair> sending = sendOnAndOn(pair);
        var target = new TestTarget().blockingAfter(100);
        var receiving = start(() -> pair.receiver().transferTo(target));
        await(target::isBlocked);
        receiving.interrupt();
        assertThat(receiving.failure()).isInstanceOfAny(InterruptedException.class, IOException.class);
        pair.receiver().close();
        assertEnded(InterruptReason.RECEIVER_LEFT, sending::result);
    }

    @Test
    void T13_a_source_that_fails_is_no_end_of_the_attempt() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        var target = new TestTarget();
        var receiving = start(() -> pair.receiver().transferTo(target));
        pair.send("before, ");
        var source = new TestSource();
        source.close();
        assertThatIOException().isThrownBy(() -> pair.sender().transferFrom(source));
        pair.send("and after");
        var receipt = start(pair.sender()::done);
        receiving.result();
        assertThat(target.text()).isEqualTo("before, and after");
        pair.receiver().complete();
        receipt.result();
    }

    @Test
    void T13_a_sender_that_returns_while_the_target_is_full_repeats_nothing() throws Exception {
        byte[] content = Payload.seeded(4, 2_000_000);
        Rendezvous rendezvous = rendezvous(LIMITS.withGrace(PATIENCE, PATIENCE));
        Offer offer = offer(content.length).withSeekable();
        Sender first = rendezvous.offer(offer);
        Receiver receiver = rendezvous.claim(Claim.of(offer.id()));
        demand(first);
        var target = new TestTarget().blockingAfter(200_000);
        var receiving = start(() -> receiver.transferTo(target));
        var sending = start(() -> sendFrom(first, source(content)));
        await(target::isBlocked);
        Sender second = rendezvous.resume(offer.id(), first.token());
        var resumed = start(() -> sendUntilDone(second, content, 70_000)).awaitParked();
        target.unblock();
        assertThat(sending.failure()).isInstanceOf(TransferException.class);
        assertThat(receiving.result()).isInstanceOf(Frame.Done.class);
        assertThat(target.taken()).isEqualTo(content);
        receiver.complete();
        resumed.result();
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Completed(content.length));
    }

    @RepeatedTest(20)
    void T13_a_sender_that_returns_just_as_the_target_takes_more_goes_on() throws Exception {
        byte[] content = Payload.seeded(6, 300_000);
        Rendezvous rendezvous = rendezvous(LIMITS.withGrace(PATIENCE, PATIENCE));
        Offer offer = offer(content.length).withSeekable();
        Sender first = rendezvous.offer(offer);
        Receiver receiver = rendezvous.claim(Claim.of(offer.id()));
        demand(first);
        var target = new TestTarget().blockingAfter(100_000);
        var receiving = start(() -> receiver.transferTo(target));
        start(() -> sendFrom(first, source(content)));
        await(target::isBlocked);
        var resumed = start(() -> sendUntilDone(rendezvous.resume(offer.id(), first.token()), content, 70_000));
        target.unblock();
        assertThat(receiving.result()).isInstanceOf(Frame.Done.class);
        assertThat(target.taken()).isEqualTo(content);
        receiver.complete();
        // What the first had sent may have been all.
        resumed.awaitEnd();
        await(() -> state(rendezvous, offer).equals(new TransferState.Completed(content.length)));
    }

    @Test
    void T13_what_a_receiver_that_left_has_not_taken_is_the_next_ones() throws Exception {
        byte[] content = Payload.seeded(5, 2_000_000);
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(content.length).withSeekable();
        Sender sender = rendezvous.offer(offer);
        Receiver first = rendezvous.claim(Claim.of(offer.id()));
        var resent = start(() -> sendUntilDone(sender, content, 70_000));
        var target = new TestTarget().blockingAfter(200_000);
        var receiving = start(() -> first.transferTo(target));
        await(target::isBlocked);
        first.close();
        target.unblock();
        receiving.awaitEnd();
        Receiver second = rendezvous.claim(Claim.of(offer.id()).from(100_000));
        var rest = new TestTarget();
        assertThat(second.transferTo(rest)).isInstanceOf(Frame.Done.class);
        assertThat(rest.taken()).isEqualTo(Arrays.copyOfRange(content, 100_000, content.length));
        second.complete();
        resent.result();
    }

    private Task<Pair> sendOnAndOn(Pair pair) {
        return start(() -> {
            sendUntilRefused(pair.sender());
            return pair;
        });
    }

    private static ReadableByteChannel source(byte[] content) {
        return Channels.newChannel(new ByteArrayInputStream(content));
    }

    private static Receipt sendFrom(Sender sender, ReadableByteChannel source)
            throws IOException, InterruptedException {
        int count = 0;
        while (count >= 0) {
            count = sender.transferFrom(source);
        }
        return sender.done();
    }
}
