package io.transit.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Frame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes, in any pieces, in any kind of buffer. */
abstract class PayloadContract extends RendezvousSuite {
    @ParameterizedTest
    @CsvSource({
        "''",
        "00",
        "01",
        "02",
        "00ff",
        "ff00",
        "dead",
        "0000000000000000",
        "010000000000000000000000000000000000",
        "02000000000000000001",
        "476f20666f722066696c65206368756e6b73",
        "4572726f723a20",
    })
    void T4_payload_bytes_are_never_read_as_signals(String payload) throws Exception {
        assertThat(atOnce(payload)).isEqualTo(payload);
        assertThat(byteByByte(payload)).isEqualTo(payload);
    }

    private String atOnce(String payload) throws InterruptedException {
        Pair pair = meet(rendezvous(), offer());
        var receipt = start(() -> {
            pair.sender().send(Payload.hex(payload));
            return pair.sender().done();
        });
        String received = receiveAll(pair.receiver()).hex();
        receipt.result();
        return received;
    }

    private String byteByByte(String payload) throws InterruptedException {
        Pair pair = meet(rendezvous(), offer());
        var receipt = start(() -> {
            for (byte next : Delivery.copy(Payload.hex(payload))) {
                pair.sender().send(ByteBuffer.wrap(new byte[] {next}));
            }
            return pair.sender().done();
        });
        String received = receiveAll(pair.receiver()).hex();
        receipt.result();
        return received;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 4_096, 300_000})
    void T4_chunks_of_any_size_are_put_together_again(int maxChunk) throws Exception {
        byte[] content = Payload.seeded(maxChunk, Math.min(200_000, maxChunk * 1_000));
        Pair pair = meet(rendezvous(LIMITS.withWindow(1_000)), offer(content.length));
        var receipt = start(() -> {
            send(pair.sender(), content, 0, content.length, maxChunk);
            return pair.sender().done();
        });
        assertThat(receiveAll(pair.receiver()).bytes()).isEqualTo(content);
        assertThat(receipt.result().bytes()).isEqualTo(content.length);
    }

    @Test
    void T4_empty_chunks_say_nothing() throws Exception {
        Pair pair = meet(rendezvous(), offer(2));
        var receipt = start(() -> {
            pair.send("");
            pair.send("a");
            pair.send("");
            pair.send("b");
            pair.send("");
            return pair.sender().done();
        });
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("ab");
        receipt.result();
    }

    static Stream<UnaryOperator<ByteBuffer>> buffers() {
        return Stream.of(
                bytes -> bytes,
                ByteBuffer::asReadOnlyBuffer,
                bytes -> ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip(),
                bytes -> ByteBuffer.allocate(bytes.remaining() + 20)
                        .position(7)
                        .put(bytes)
                        .flip()
                        .position(7),
                bytes -> ByteBuffer.allocate(bytes.remaining() + 20)
                        .position(7)
                        .put(bytes)
                        .flip()
                        .position(7)
                        .slice());
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void T4_a_buffer_of_any_kind_is_drained(UnaryOperator<ByteBuffer> kind) throws Exception {
        Pair pair = meet(rendezvous(), offer());
        ByteBuffer bytes = kind.apply(Payload.utf8("drained"));
        int limit = bytes.limit();
        var receipt = start(() -> {
            pair.sender().send(bytes);
            return pair.sender().done();
        });
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("drained");
        receipt.result();
        assertThat(bytes.position()).isEqualTo(limit);
        assertThat(bytes.limit()).isEqualTo(limit);
    }

    @Test
    void T4_a_sent_buffer_may_be_reused_at_once() throws Exception {
        Pair pair = meet(rendezvous(), offer());
        byte[] reused = new byte[4];
        for (byte value = 1; value <= 3; value++) {
            Arrays.fill(reused, value);
            pair.sender().send(ByteBuffer.wrap(reused));
        }
        Arrays.fill(reused, (byte) 0);
        var receipt = start(pair.sender()::done);
        assertThat(receiveAll(pair.receiver()).hex()).isEqualTo("010101010202020203030303");
        receipt.result();
    }

    @Test
    void T4_payload_that_the_receiver_does_not_read_counts_as_taken() throws Exception {
        Pair pair = meet(rendezvous(LIMITS.withWindow(4)), offer(12));
        var receipt = start(() -> {
            pair.send("not read one");
            return pair.sender().done();
        });
        Frame frame = pair.receiver().receive();
        while (frame instanceof Frame.Data) {
            frame = pair.receiver().receive();
        }
        assertThat(frame).isEqualTo(new Frame.Done(12));
        pair.receiver().complete();
        receipt.result();
    }
}
