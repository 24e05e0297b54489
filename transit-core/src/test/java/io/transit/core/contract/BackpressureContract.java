package io.transit.core.contract;

import static io.transit.core.contract.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Frame;
import io.transit.core.Offer;
import io.transit.core.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pace is that of the slower one, and what lies between them is bounded. */
abstract class BackpressureContract extends RendezvousSuite {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 65_536})
    void T3_a_full_window_blocks_until_there_is_room(int window) throws Exception {
        Pair pair = meet(rendezvous(LIMITS.withWindow(window)), offer());
        pair.sender().send(Payload.zeros(window));
        var surplus = start(() -> {
            pair.sender().send(Payload.zeros(1));
            return pair.sender().done();
        });
        surplus.awaitParked();
        assertThat(surplus.isOver()).isFalse();
        assertThat(receiveAll(pair.receiver()).bytes()).hasSize(window + 1);
        assertThat(surplus.result().bytes()).isEqualTo(window + 1);
    }

    @Test
    void T3_a_chunk_larger_than_the_window_goes_through_in_pieces() throws Exception {
        byte[] content = Payload.seeded(3, 100_000);
        Pair pair = meet(rendezvous(LIMITS.withWindow(999)), offer(content.length));
        var receipt = start(() -> {
            pair.sender().send(ByteBuffer.wrap(content));
            return pair.sender().done();
        });
        assertThat(receiveAll(pair.receiver()).bytes()).isEqualTo(content);
        receipt.result();
    }

    @Test
    void T3_sixteen_mebibytes_pass_a_window_of_a_thousand_bytes() throws Exception {
        byte[] content = Payload.seeded(16, 16 << 20);
        Pair pair = meet(rendezvous(LIMITS.withWindow(1_000)), offer(content.length));
        var receipt = start(() -> {
            send(pair.sender(), content, 0, content.length, 5_000);
            return pair.sender().done();
        });
        MessageDigest digest = Sha256.newDigest();
        Frame frame = pair.receiver().receive();
        while (frame instanceof Frame.Data(ByteBuffer payload)) {
            digest.update(payload);
            frame = pair.receiver().receive();
        }
        assertThat(frame).isEqualTo(new Frame.Done(content.length));
        pair.receiver().complete();
        assertThat(receipt.result().bytes()).isEqualTo(content.length);
        assertThat(Sha256.of(digest)).isEqualTo(Payload.sha256(content));
    }

    /** The reader lets go of what it was given only when it asks for more, and does so once the sender can go no further. */
    @ParameterizedTest
    @CsvSource({"1, 1", "100, 1", "100, 7", "100, 100", "1000, 33", "1000, 999"})
    void T12_bytes_in_flight_never_exceed_the_window(int window, int chunk) throws Exception {
        int total = window * 30 / chunk * chunk;
        Pair pair = meet(rendezvous(LIMITS.withWindow(window)), offer(total));
        var sent = new AtomicLong();
        var receipt = start(() -> {
            while (sent.get() < total) {
                pair.sender().send(Payload.zeros(chunk));
                sent.addAndGet(chunk);
            }
            return pair.sender().done();
        });
        long letGo = 0;
        Frame frame = pair.receiver().receive();
        while (frame instanceof Frame.Data(ByteBuffer payload)) {
            receipt.awaitParked();
            assertThat(sent.get() - letGo).as("in flight after %d", letGo).isLessThanOrEqualTo(window);
            letGo += payload.remaining();
            frame = pair.receiver().receive();
        }
        assertThat(letGo).isEqualTo(total);
        pair.receiver().complete();
        receipt.result();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void T12_a_sender_without_a_reader_fills_the_window_and_no_more(int window) throws Exception {
        Pair pair = meet(rendezvous(LIMITS.withWindow(window)), offer());
        var sent = new AtomicLong();
        var sending = start(() -> {
            while (true) {
                pair.sender().send(Payload.zeros(1));
                sent.incrementAndGet();
            }
        });
        await(() -> sent.get() == window);
        sending.awaitParked();
        assertThat(sent.get()).isEqualTo(window);
        pair.receiver().close();
        sending.awaitEnd();
        assertThat(sent.get()).isEqualTo(window);
    }

    @Test
    void T12_no_payload_is_larger_than_the_window() throws Exception {
        Pair pair = meet(rendezvous(LIMITS.withWindow(10)), offer(1_000));
        var receipt = start(() -> {
            pair.sender().send(Payload.zeros(1_000));
            return pair.sender().done();
        });
        Frame frame = pair.receiver().receive();
        while (frame instanceof Frame.Data(ByteBuffer payload)) {
            assertThat(payload.remaining()).isBetween(1, 10);
            frame = pair.receiver().receive();
        }
        pair.receiver().complete();
        receipt.result();
    }

    @Test
    void T12_a_status_counts_only_what_was_taken() throws Exception {
        var rendezvous = rendezvous();
        Offer offer = offer(6);
        Pair pair = meet(rendezvous, offer);
        pair.send("abc");
        assertThat(pair.sender().taken()).isZero();
        Delivery.atLeast(3, pair.receiver()::receive);
        pair.send("def");
        var receiving = start(() -> receiveAll(pair.receiver()));
        await(() -> pair.sender().taken() == 6);
        assertThat(pair.sender().done().bytes()).isEqualTo(6);
        receiving.result();
    }
}
