package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden frames of {@code frames.csv}, and what holds for any. */
@Timeout(60)
class FrameDecoderTest {
    private static final int MAX_TEXT = 64 * 1024;

    @ParameterizedTest
    @CsvFileSource(resources = "/websocket/frames.csv", maxCharsPerColumn = 10_000)
    void frames_are_what_the_table_says_however_they_arrive(String wire, String meaning) {
        byte[] bytes = HexFormat.of().parseHex(wire.replace("M", "00000000").replace(" ", ""));
        assertThat(decode(bytes, bytes.length)).isEqualTo(meaning);
        assertThat(decode(bytes, 1)).isEqualTo(meaning);
        assertThat(decode(bytes, 3)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_messages_are_the_same_however_they_arrive(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            var wire = new RawFrames(random);
            var meaning = new StringJoiner(" ");
            for (int messages = random.nextInt(6); messages > 0; messages--) {
                meaning.add(wire.addRandomMessage());
            }
            byte[] bytes = wire.bytes();
            for (int piece : new int[] {1, 2, 7, 100, bytes.length + 1}) {
                assertThat(decode(bytes, piece)).isEqualTo(meaning.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void A16_damaged_frames_get_the_same_verdict_however_they_arrive(long seed) {
        var random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            var wire = new RawFrames(random);
            wire.addRandomMessage();
            wire.addRandomMessage();
            byte[] bytes = wire.bytes();
            bytes[random.nextInt(Math.min(bytes.length, 20))] ^= (byte) (1 << random.nextInt(8));
            String verdict = decode(bytes, bytes.length);
            assertThat(decode(bytes, 1 + random.nextInt(30))).isEqualTo(verdict);
            refused += verdict.matches(".*10\\d\\d") ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(300);
    }

    @Test
    void A13_a_frame_of_2_to_the_62_is_handed_on_as_it_comes() throws Exception {
        var decoder = new FrameDecoder(MAX_TEXT);
        ByteBuffer head = ByteBuffer.wrap(HexFormat.of().parseHex("82ff400000000000000000000000"));
        assertThat(decoder.decode(head)).isEmpty();
        ByteBuffer wire = ByteBuffer.allocate(64 * 1024);
        for (int i = 0; i < 100; i++) {
            Optional<Incoming> next = decoder.decode(wire.clear());
            assertThat(next).get().isInstanceOfSatisfying(Incoming.Payload.class, payload -> {
                assertThat(payload.run().remaining()).isEqualTo(wire.capacity());
                assertThat(payload.ends()).isFalse();
            });
        }
    }

    @Test
    void a_text_is_too_long_when_its_fragments_are_together() {
        var wire = new RawFrames(new Random(1));
        wire.add(0x01, new byte[MAX_TEXT - 1]);
        wire.add(0x00, new byte[1]);
        wire.add(0x80, new byte[1]);
        assertThat(decode(wire.bytes(), 1_000)).endsWith("1009");
    }

    @Test
    void a_text_may_be_as_long_as_that() {
        var wire = new RawFrames(new Random(1));
        wire.add(0x81, new byte[MAX_TEXT]);
        assertThat(decode(wire.bytes(), 1_000)).isEqualTo("T" + "00".repeat(MAX_TEXT));
    }

    private static String decode(byte[] bytes, int pieceLength) {
        return FrameMeaning.of(bytes, Pieces.of(pieceLength), MAX_TEXT);
    }
}
