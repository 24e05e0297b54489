package io.transit.core.contract;

import static io.transit.core.contract.Refusals.assertCompleted;
import static io.transit.core.contract.Refusals.assertEnded;
import static io.transit.core.contract.Refusals.assertPaused;
import static io.transit.core.contract.Refusals.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.transit.core.Claim;
import io.transit.core.FileMetadata;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receipt;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers take parts of an offer, one after the other; the transfer is complete when all have been delivered. */
abstract class PartsContract extends RendezvousSuite {
    private static final byte[] TEN = "0123456789".getBytes(StandardCharsets.UTF_8);

    @Test
    void T13_a_part_is_exactly_its_bytes_and_its_sender_then_awaits_the_next() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Pair pair = meet(rendezvous, offer, Claim.of(offer.id()).part(2, 5));
        assertThat(pair.demand().offset()).isEqualTo(2);
        var sending = start(() -> {
            send(pair.sender(), TEN, 2, 10, 3);
            return pair.sender().done();
        });
        Delivery delivery = Delivery.of(pair.receiver()::receive);
        assertThat(delivery.text()).isEqualTo("234");
        assertThat(delivery.done()).isEqualTo(new Frame.Done(5));
        assertThat(pair.receiver().offset()).isEqualTo(2);
        pair.receiver().complete();
        assertThat(sending.failure())
                .isInstanceOfSatisfying(
                        TransferException.Paused.class,
                        e -> assertThat(e.reason()).isEqualTo(InterruptReason.RECEIVER_LEFT));
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Paused(5, InterruptReason.RECEIVER_LEFT));
        assertThat(awaitOver(pair.receiver().whenOver())).isEqualTo(new TransferState.Completed(5));
        assertThat(rendezvous.claim(Claim.of(offer.id()).part(0, 2)).offset()).isZero();
        assertThat(demand(pair.sender()).offset()).isZero();
    }

    /** Also one without bytes, of which the position alone does not tell. */
    @ParameterizedTest
    @ValueSource(strings = {"3-3", "0-3"})
    void T13_a_sender_can_tell_a_part_that_was_completed_from_one_whose_receiver_left(String part) throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Sender sender = rendezvous.offer(offer);
        Claim claim = Claim.of(offer.id()).part(part(part).from(), part(part).to());
        for (boolean completes : new boolean[] {false, true}) {
            Receiver receiver = rendezvous.claim(claim);
            send(sender, TEN, demand(sender).offset(), 3, 3);
            Delivery.of(receiver::receive);
            if (completes) {
                receiver.complete();
            }
            receiver.close();
            assertThatExceptionOfType(TransferException.Paused.class)
                    .isThrownBy(() -> sendUntilRefused(sender))
                    .satisfies(e -> assertThat(e.isCompleted()).isEqualTo(completes));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0-10",
        "0-4 4-10",
        "4-10 0-4",
        "6-10 0-2 2-6",
        "0-6 4-10",
        "3-4 3-4 0-3 4-10",
        "0-10 ",
        "2-8 0-3 7-10",
    })
    void T13_a_transfer_is_complete_when_its_parts_are_everything(String parts) throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Sender sender = rendezvous.offer(offer);
        var receipt = start(() -> serve(sender, TEN, 4));
        var received = new byte[10];
        List<Claim.Part> all =
                Arrays.stream(parts.strip().split(" ")).map(PartsContract::part).toList();
        for (Claim.Part part : all) {
            assertThat(receipt.isOver()).isFalse();
            take(rendezvous, offer, part, received);
        }
        assertThat(received).isEqualTo(TEN);
        assertThat(receipt.result().bytes()).isEqualTo(10);
        assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Completed(10));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void T13_nothing_is_lost_or_repeated_in_however_many_parts(long seed) throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withWindow(1_000));
        byte[] content = Payload.seeded(seed, 200_000);
        Offer offer = offer(content.length).withSeekable();
        Sender sender = rendezvous.offer(offer);
        var receipt = start(() -> serve(sender, content, 3_000));
        var random = new Random(seed);
        List<Claim.Part> parts = new ArrayList<>();
        for (int at = 0; at < content.length; ) {
            int length = Math.min(content.length - at, 1 + random.nextInt(30_000));
            parts.add(new Claim.Part(at, at + length));
            at += length;
        }
        Collections.shuffle(parts, random);
        var received = new byte[content.length];
        for (Claim.Part part : parts) {
            take(rendezvous, offer, part, received);
        }
        assertThat(received).isEqualTo(content);
        assertThat(receipt.result().bytes()).isEqualTo(content.length);
    }

    @Test
    void T13_a_sender_that_has_said_all_has_a_receipt_only_if_all_has_been_taken() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Pair pair = meet(rendezvous, offer, Claim.of(offer.id()).part(6, 10));
        var first = start(() -> {
            send(pair.sender(), TEN, 6, 10, 4);
            return pair.sender().done();
        });
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("6789");
        assertThat(first.failure()).isInstanceOf(TransferException.Paused.class);
        Receiver rest = rendezvous.claim(Claim.of(offer.id()).part(0, 6));
        assertThat(demand(pair.sender()).offset()).isZero();
        var second = start(() -> {
            send(pair.sender(), TEN, 0, 10, 10);
            return pair.sender();
        });
        assertThat(receiveAll(rest).text()).isEqualTo("012345");
        assertThat(second.failure())
                .isInstanceOfSatisfying(
                        TransferException.Ended.class,
                        e -> assertThat(e.state()).isEqualTo(new TransferState.Completed(10)));
        assertThat(pair.sender().done().bytes()).isEqualTo(10);
        assertCompleted(10, () -> demand(pair.sender()));
        assertCompleted(10, () -> rendezvous.claim(Claim.of(offer.id()).part(0, 6)));
    }

    @Test
    void T13_the_end_of_a_part_needs_no_more_of_the_sender() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Pair pair = meet(rendezvous, offer, Claim.of(offer.id()).part(0, 3));
        pair.send("012");
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("012");
        assertPaused(InterruptReason.RECEIVER_LEFT, () -> sendUntilRefused(pair.sender()));
    }

    @Test
    void T13_whoever_takes_everything_completes_whatever_parts_were_taken() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Sender sender = rendezvous.offer(offer);
        var receipt = start(() -> serve(sender, TEN, 4));
        take(rendezvous, offer, part("2-5"), new byte[10]);
        assertThat(receiveAll(rendezvous.claim(Claim.of(offer.id()).from(1))).text())
                .isEqualTo("123456789");
        assertThat(receipt.result().bytes()).isEqualTo(10);
    }

    @Test
    void T13_the_rest_of_a_part_is_all_of_it_for_whoever_comes_back() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Sender sender = rendezvous.offer(offer);
        var receipt = start(() -> serve(sender, TEN, 4));
        take(rendezvous, offer, part("0-2"), new byte[10]);
        Receiver first = rendezvous.claim(Claim.of(offer.id()).part(2, 10));
        Delivery.atLeast(1, first::receive);
        first.close();
        Receiver second = rendezvous.claim(Claim.of(offer.id()).part(2, 10).from(7));
        assertThat(receiveAll(second).text()).isEqualTo("789");
        assertThat(receipt.result().bytes()).isEqualTo(10);
    }

    @Test
    void T13_a_part_whose_receiver_leaves_is_not_delivered() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Sender sender = rendezvous.offer(offer);
        var receipt = start(() -> serve(sender, TEN, 4));
        take(rendezvous, offer, part("0-6"), new byte[10]);
        Receiver left = rendezvous.claim(Claim.of(offer.id()).part(6, 10));
        assertThat(Delivery.of(left::receive).done().totalBytes()).isEqualTo(10);
        left.close();
        take(rendezvous, offer, part("6-9"), new byte[10]);
        assertThat(receipt.isOver()).isFalse();
        take(rendezvous, offer, part("9-10"), new byte[10]);
        assertThat(receipt.result().bytes()).isEqualTo(10);
    }

    @Test
    void T13_completing_a_part_again_changes_nothing() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Sender sender = rendezvous.offer(offer);
        var receipt = start(() -> serve(sender, TEN, 4));
        Receiver first = rendezvous.claim(Claim.of(offer.id()).part(0, 5));
        receiveAll(first);
        first.complete();
        assertCompleted(5, first::receive);
        Receiver second = rendezvous.claim(Claim.of(offer.id()).part(5, 10));
        first.complete();
        first.interrupt(InterruptReason.CANCELLED);
        first.close();
        assertThat(receiveAll(second).text()).isEqualTo("56789");
        assertThat(receipt.result().bytes()).isEqualTo(10);
    }

    // ---- files

    @ParameterizedTest
    @CsvSource({
        // The sizes of the files, and the parts that are taken before and with the last one that is missing.
        "3 0 2 0, 0-3 3-3 3-5, 5-5",
        "3 0 2 0, 5-5 3-3 3-5, 0-3",
        "0 0, 0-0, 0-0",
        "0, '', 0-0",
        "0 4, 0-0, 0-4",
        "0 4, 0-2 2-4, 0-0",
        "4 0, 0-4, 4-4",
        "1 0 1 0 1, 1-1 0-1 2-3, 1-3",
        "3 0 2 0, 0-5, 5-5",
        "0 3 0 2, 0-5, 0-0",
    })
    void T13_files_without_bytes_are_parts_too(String sizes, String before, String last) throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = files(LongStream.of(longs(sizes)));
        Sender sender = rendezvous.offer(offer);
        long size = offer.size().orElseThrow();
        var receipt = start(() -> serve(sender, Arrays.copyOf(TEN, (int) size), 4));
        var received = new byte[(int) size];
        for (String part : before.isEmpty() ? new String[0] : before.split(" ")) {
            take(rendezvous, offer, part(part), received);
            assertThat(receipt.isOver()).isFalse();
        }
        take(rendezvous, offer, part(last), received);
        assertThat(receipt.result().bytes()).isEqualTo(size);
    }

    // ---- ways to send and to receive

    @Test
    void T13_a_part_goes_from_a_source_to_a_target_and_no_byte_more() throws Exception {
        Rendezvous rendezvous = rendezvous();
        byte[] content = Payload.seeded(4, 3_000_000);
        Offer offer = offer(content.length).withSeekable();
        Sender sender = rendezvous.offer(offer);
        var receipt = start(() -> serveFromSource(sender, content));
        for (var part : List.of(part("1000000-2500001"), part("2500001-3000000"), part("0-1000000"))) {
            Receiver receiver = rendezvous.claim(Claim.of(offer.id()).part(part.from(), part.to()));
            var target = new TestTarget();
            assertThat(receiver.transferTo(target)).isEqualTo(new Frame.Done(part.to()));
            assertThat(target.taken()).isEqualTo(Arrays.copyOfRange(content, (int) part.from(), (int) part.to()));
            receiver.complete();
        }
        assertThat(receipt.result().bytes()).isEqualTo(content.length);
    }

    @Test
    void T13_what_is_sent_to_a_target_ends_with_its_part() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Sender sender = rendezvous.offer(offer);
        var receipt = start(() -> serve(sender, TEN, 10));
        for (var part : List.of(part("4-7"), part("7-10"), part("0-4"))) {
            Receiver receiver = rendezvous.claim(Claim.of(offer.id()).part(part.from(), part.to()));
            var target = new TestTarget().withRuns(1);
            assertThat(receiver.transferTo(target)).isEqualTo(new Frame.Done(part.to()));
            assertThat(target.taken()).isEqualTo(Arrays.copyOfRange(TEN, (int) part.from(), (int) part.to()));
            receiver.complete();
        }
        assertThat(receipt.result().bytes()).isEqualTo(10);
    }

    @Test
    void T13_a_sender_that_comes_back_goes_on_within_the_part() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Pair pair = meet(rendezvous, offer, Claim.of(offer.id()).part(2, 8));
        pair.send("23");
        byte[] begun = Delivery.atLeast(2, pair.receiver()::receive);
        pair.sender().detach();
        Sender again = rendezvous.resume(offer.id(), pair.sender().token());
        var sending = start(() -> serve(again, TEN, 3));
        Delivery rest = receiveAll(pair.receiver());
        assertThat(begun).asString().isEqualTo("23");
        assertThat(rest.text()).isEqualTo("4567");
        assertThat(receiveAll(rendezvous.claim(Claim.of(offer.id()))).text()).isEqualTo("0123456789");
        assertThat(sending.result().bytes()).isEqualTo(10);
    }

    // ---- what is refused

    @Test
    void T8_a_sender_that_ends_before_the_part_does_has_truncated_it() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer offer = offer(10).withSeekable();
        Pair pair = meet(rendezvous, offer, Claim.of(offer.id()).part(2, 8));
        pair.send("234");
        assertEnded(InterruptReason.TRUNCATED, pair.sender()::done);
        Delivery delivery = Delivery.of(pair.receiver()::receive);
        assertThat(delivery.reason()).contains(InterruptReason.TRUNCATED);
        assertEnded(InterruptReason.TRUNCATED, pair.receiver()::complete);
    }

    @Test
    void T5_a_part_that_the_sender_cannot_bring_is_refused_and_consumes_nothing() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Offer streamed = offer(10);
        Offer seekable = offer(10).withSeekable();
        Offer unknown = offer().withSeekable();
        rendezvous.offer(streamed);
        rendezvous.offer(seekable);
        rendezvous.offer(unknown);
        assertRejected("part", () -> rendezvous.claim(Claim.of(seekable.id()).part(0, 11)));
        assertRejected("part", () -> rendezvous.claim(Claim.of(streamed.id()).part(0, 9)));
        assertRejected("part", () -> rendezvous.claim(Claim.of(unknown.id()).part(0, 1)));
        assertRejected("part", () -> Claim.of(seekable.id()).part(2, 1));
        assertRejected("part", () -> Claim.of(seekable.id()).part(-1, 1));
        assertRejected("offset", () -> Claim.of(seekable.id()).part(2, 4).from(1));
        assertRejected("offset", () -> Claim.of(seekable.id()).part(2, 4).from(5));
        for (Offer offer : List.of(streamed, seekable, unknown)) {
            assertThat(state(rendezvous, offer)).isEqualTo(new TransferState.Offered());
        }
        rendezvous.claim(Claim.of(streamed.id()).part(0, 10));
    }

    // ----

    private static Claim.Part part(String text) {
        String[] ends = text.split("-", -1);
        return new Claim.Part(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
    }

    private static long[] longs(String numbers) {
        return Arrays.stream(numbers.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private static Offer files(LongStream sizes) {
        List<FileMetadata> files = sizes.mapToObj(size -> FileMetadata.of("a", OptionalLong.of(size), "text/plain"))
                .toList();
        return new Offer(TransferId.random(), files, true, 1, false, Offer.DEFAULT_PATIENCE);
    }

    /** Receives a part and puts it where it belongs. */
    private static void take(Rendezvous rendezvous, Offer offer, Claim.Part part, byte[] received)
            throws InterruptedException {
        Receiver receiver = rendezvous.claim(Claim.of(offer.id()).part(part.from(), part.to()));
        Delivery delivery = receiveAll(receiver);
        assertThat(delivery.done().totalBytes()).isEqualTo(part.to());
        byte[] bytes = delivery.bytes();
        assertThat(bytes).hasSize((int) (part.to() - part.from()));
        System.arraycopy(bytes, 0, received, (int) part.from(), bytes.length);
    }

    /** One attempt of a sender. */
    private interface Attempt {
        Receipt from(long offset) throws Exception;
    }

    private static Receipt serve(Sender sender, byte[] content, int maxChunk) throws Exception {
        return serve(sender, offset -> {
            send(sender, content, offset, content.length, maxChunk);
            return sender.done();
        });
    }

    private static Receipt serveFromSource(Sender sender, byte[] content) throws Exception {
        return serve(sender, offset -> {
            int at = (int) offset;
            ReadableByteChannel source =
                    Channels.newChannel(new ByteArrayInputStream(content, at, content.length - at));
            while (sender.transferFrom(source) >= 0) {
                assertThat(source.isOpen()).isTrue();
            }
            return sender.done();
        });
    }

    /** Serves receiver after receiver, as {@link Sender} tells to, until all has been delivered. */
    private static Receipt serve(Sender sender, Attempt attempt) throws Exception {
        while (true) {
            try {
                return attempt.from(demand(sender).offset());
            } catch (TransferException.Paused next) {
                // It says where it wants to begin.
            } catch (TransferException.Ended over) {
                if (over.state() instanceof TransferState.Completed) {
                    return sender.done();
                }
                throw over;
            }
        }
    }
}
