package io.transit.core.contract;

import static io.transit.core.contract.Await.await;
import static io.transit.core.contract.Refusals.assertCompleted;
import static io.transit.core.contract.Refusals.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.TransferChannel;
import io.transit.core.TransferException;
import io.transit.core.TransferLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link TransferChannel} keeps: the rules that hold for one attempt. */
public abstract class ChannelContract extends Suite {
    private static final TransferLimits LIMITS = TransferLimits.DEFAULT;

    /**
     * Opens a channel that nobody else uses.
     *
     * @param limits of which the window and the stall time matter
     * @return an empty channel
     */
    protected abstract TransferChannel open(TransferLimits limits);

    /** Both ends of a channel that is tested. */
    private record Ends(TransferChannel.SendingEnd in, TransferChannel.ReceivingEnd out) {
        void send(String text) throws InterruptedException {
            in.send(Payload.utf8(text));
        }

        Frame.Done finish(Frame.Done done) throws InterruptedException {
            in.done(done);
            return done;
        }
    }

    private Ends channel(int window) {
        return channel(LIMITS.withWindow(window));
    }

    private Ends channel(TransferLimits limits) {
        TransferChannel channel = open(limits);
        assertThat(channel.sendingEnd()).isSameAs(channel.sendingEnd());
        assertThat(channel.receivingEnd()).isSameAs(channel.receivingEnd());
        return new Ends(channel.sendingEnd(), channel.receivingEnd());
    }

    @Test
    void T1_data_comes_first_and_done_comes_last() throws Exception {
        Ends ends = channel(100);
        ends.send("abc");
        var finishing = start(() -> ends.finish(new Frame.Done(3)));
        Delivery delivery = Delivery.of(ends.out()::receive);
        assertThat(delivery.text()).isEqualTo("abc");
        assertThat(delivery.last()).isEqualTo(new Frame.Done(3));
        assertThatExceptionOfType(TransferException.Ended.class).isThrownBy(ends.out()::receive);
        ends.out().complete();
        finishing.result();
    }

    @Test
    void T1_done_brings_what_was_stated() throws Exception {
        Ends ends = channel(100);
        var done = new Frame.Done(0, OptionalInt.of(-1), Optional.of(Payload.sha256("")));
        var finishing = start(() -> ends.finish(done));
        assertThat(ends.out().receive()).isEqualTo(done);
        ends.out().complete();
        finishing.result();
    }

    @Test
    void T1_only_after_done_it_can_be_completed() throws Exception {
        Ends ends = channel(100);
        assertThatIllegalStateException().isThrownBy(ends.out()::complete);
        ends.send("abc");
        Delivery.atLeast(3, ends.out()::receive);
        assertThatIllegalStateException().isThrownBy(ends.out()::complete);
        ends.in().interrupt(InterruptReason.CANCELLED);
    }

    @Test
    void T2_after_completion_both_ends_say_so() throws Exception {
        Ends ends = channel(100);
        ends.send("abc");
        var finishing = start(() -> ends.finish(new Frame.Done(3)));
        Delivery.of(ends.out()::receive);
        ends.out().complete();
        ends.out().complete();
        finishing.result();
        ends.in().interrupt(InterruptReason.CANCELLED);
        ends.out().interrupt(InterruptReason.CANCELLED);
        assertCompleted(3, () -> ends.send("more"));
        assertCompleted(3, ends.out()::receive);
    }

    @ParameterizedTest
    @EnumSource(InterruptReason.class)
    void T2_after_an_interrupt_both_ends_state_the_first_reason(InterruptReason reason) throws Exception {
        Ends ends = channel(100);
        ends.in().interrupt(reason);
        ends.in().interrupt(InterruptReason.NODE_LOST);
        ends.out().interrupt(InterruptReason.STORE_LOST);
        assertEnded(reason, () -> ends.send("more"));
        assertEnded(reason, () -> ends.finish(new Frame.Done(0)));
        assertEnded(reason, ends.out()::complete);
    }

    @Test
    void T3_a_full_window_blocks_until_there_is_room() throws Exception {
        Ends ends = channel(3);
        ends.send("abc");
        var surplus = start(() -> {
            ends.send("d");
            return ends.finish(new Frame.Done(4));
        });
        surplus.awaitParked();
        assertThat(surplus.isOver()).isFalse();
        assertThat(Delivery.of(ends.out()::receive).text()).isEqualTo("abcd");
        ends.out().complete();
        surplus.result();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 3", "64, 200", "1000, 5000", "65536, 100000"})
    void T4_any_bytes_pass_in_any_pieces(int window, int maxChunk) throws Exception {
        byte[] content = Payload.seeded(window, window * 20);
        Ends ends = channel(window);
        var finishing = start(() -> {
            var sizes = new Random(maxChunk);
            for (int at = 0; at < content.length; ) {
                int length = Math.min(content.length - at, sizes.nextInt(maxChunk + 1));
                ends.in().send(ByteBuffer.wrap(content, at, length));
                at += length;
            }
            return ends.finish(new Frame.Done(content.length));
        });
        assertThat(Delivery.of(ends.out()::receive).bytes()).isEqualTo(content);
        assertThat(ends.out().taken()).isEqualTo(content.length);
        ends.out().complete();
        finishing.result();
    }

    @ParameterizedTest
    @EnumSource(InterruptReason.class)
    void T6_a_blocked_send_is_woken_with_the_reason(InterruptReason reason) throws Exception {
        Ends ends = channel(3);
        var sending = start(() -> {
            ends.send("abcd");
            return ends;
        });
        sending.awaitParked();
        ends.out().interrupt(reason);
        assertEnded(reason, sending::result);
        assertEnded(reason, () -> ends.send("e"));
    }

    @Test
    void T6_a_sender_that_waits_for_the_end_is_woken_with_the_reason() throws Exception {
        Ends ends = channel(3);
        var finishing = start(() -> ends.finish(new Frame.Done(0)));
        finishing.awaitParked();
        ends.out().interrupt(InterruptReason.RECEIVER_LEFT);
        assertEnded(InterruptReason.RECEIVER_LEFT, finishing::result);
    }

    @Test
    void T6_what_was_in_flight_is_dropped_when_the_receiver_leaves() throws Exception {
        Ends ends = channel(100);
        ends.send("never read");
        ends.out().interrupt(InterruptReason.RECEIVER_LEFT);
        assertThat(ends.out().taken()).isZero();
        assertThat(endOf(ends)).isEqualTo(InterruptReason.RECEIVER_LEFT);
    }

    @Test
    void T7_the_reason_comes_after_the_data_that_was_in_flight() throws Exception {
        Ends ends = channel(100);
        ends.send("in ");
        ends.send("flight");
        ends.in().interrupt(InterruptReason.SENDER_LEFT);
        Delivery delivery = Delivery.of(ends.out()::receive);
        assertThat(delivery.text()).isEqualTo("in flight");
        assertThat(delivery.reason()).contains(InterruptReason.SENDER_LEFT);
        assertEnded(InterruptReason.SENDER_LEFT, ends.out()::receive);
    }

    @Test
    void T7_a_waiting_receiver_is_woken_with_the_reason() throws Exception {
        Ends ends = channel(100);
        var receiving = start(ends.out()::receive).awaitParked();
        ends.in().interrupt(InterruptReason.SENDER_LEFT);
        assertThat(receiving.result()).isEqualTo(new Frame.Interrupt(InterruptReason.SENDER_LEFT));
    }

    @Test
    void T10_a_receiver_that_takes_nothing_is_given_up() throws Exception {
        Ends ends = channel(LIMITS.withWindow(3).withStall(Duration.ofMillis(200)));
        assertEnded(InterruptReason.RECEIVER_STALLED, () -> ends.send("abcd"));
        assertThat(endOf(ends)).isEqualTo(InterruptReason.RECEIVER_STALLED);
    }

    @Test
    void T10_a_sender_that_sends_nothing_is_given_up() throws Exception {
        Ends ends = channel(LIMITS.withStall(Duration.ofMillis(200)));
        assertThat(endOf(ends)).isEqualTo(InterruptReason.SENDER_STALLED);
        assertEnded(InterruptReason.SENDER_STALLED, () -> ends.send("too late"));
    }

    @Test
    void T10_a_receiver_that_does_not_complete_is_given_up() throws Exception {
        Ends ends = channel(LIMITS.withStall(Duration.ofMillis(200)));
        assertEnded(InterruptReason.RECEIVER_STALLED, () -> ends.finish(new Frame.Done(0)));
    }

    @Test
    void T12_a_sender_without_a_reader_fills_the_window_and_no_more() throws Exception {
        Ends ends = channel(50);
        var sent = new AtomicLong();
        var sending = start(() -> {
            while (true) {
                ends.in().send(Payload.zeros(1));
                sent.incrementAndGet();
            }
        });
        await(() -> sent.get() == 50);
        sending.awaitParked();
        Frame.Data first = (Frame.Data) ends.out().receive();
        sending.awaitParked();
        assertThat(sent.get()).as("nothing was let go yet").isEqualTo(50);
        int lent = first.payload().remaining();
        assertThat(ends.out().taken()).isEqualTo(lent);
        ends.out().receive();
        await(() -> sent.get() == 50 + lent);
        ends.out().interrupt(InterruptReason.CANCELLED);
        assertEnded(InterruptReason.CANCELLED, sending::result);
        assertThat(sent.get()).isEqualTo(50 + lent);
    }

    @Test
    void T14_all_waiting_can_be_interrupted() throws Exception {
        Ends ends = channel(3);
        var receiving = start(ends.out()::receive).awaitParked();
        receiving.interrupt();
        assertThat(receiving.failure()).isInstanceOf(InterruptedException.class);
        ByteBuffer bytes = Payload.utf8("abcd");
        var sending = start(() -> {
            ends.in().send(bytes);
            return ends;
        });
        sending.awaitParked();
        sending.interrupt();
        assertThat(sending.failure()).isInstanceOf(InterruptedException.class);
        var finishing = start(() -> {
            ends.in().send(bytes);
            return ends.finish(new Frame.Done(4));
        });
        assertThat(Delivery.atLeast(4, ends.out()::receive)).asString().isEqualTo("abcd");
        finishing.awaitParked();
        finishing.interrupt();
        assertThat(finishing.failure()).isInstanceOf(InterruptedException.class);
        var repeated = start(() -> ends.finish(new Frame.Done(4)));
        assertThat(ends.out().receive()).isEqualTo(new Frame.Done(4));
        ends.out().complete();
        repeated.result();
    }

    /** The last word at the receiving end, whether it is a frame, or that there will be none. */
    private static InterruptReason endOf(Ends ends) throws InterruptedException {
        try {
            return Delivery.of(ends.out()::receive).reason().orElseThrow();
        } catch (TransferException.Ended e) {
            return e.reason().orElseThrow();
        }
    }
}
