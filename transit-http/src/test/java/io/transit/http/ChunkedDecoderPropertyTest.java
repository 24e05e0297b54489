package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every body, shown for many random ones; a failure names its seed. */
@Timeout(120)
class ChunkedDecoderPropertyTest {
    private static final int BODIES = 200;
    private static final int MUTATIONS = 5_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_body_that_was_chunked_is_what_it_was_before(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < BODIES; i++) {
            byte[] payload = bytes(random, random.nextInt(2_000));
            byte[] wire = chunked(payload, random);
            assertThat(ChunkedVerdict.of(wire, Pieces.whole()))
                    .isEqualTo(new ChunkedVerdict(
                            HexFormat.of().formatHex(payload), ChunkedVerdict.End.FINISHED, wire.length));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void how_the_bytes_arrive_changes_nothing(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < BODIES; i++) {
            byte[] wire = chunked(bytes(random, random.nextInt(500)), random);
            if (random.nextBoolean()) {
                mutate(wire, random);
            }
            ChunkedVerdict atOnce = ChunkedVerdict.of(wire, Pieces.whole());
            assertThat(ChunkedVerdict.of(wire, Pieces.of(1))).isEqualTo(atOnce);
            assertThat(ChunkedVerdict.of(wire, Pieces.upTo(7, random))).isEqualTo(atOnce);
            assertThat(ChunkedVerdict.of(wire, Pieces.upTo(100, random))).isEqualTo(atOnce);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void to_take_many_chunks_at_once_changes_nothing(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < BODIES; i++) {
            byte[] wire = chunked(bytes(random, random.nextInt(500)), random);
            if (random.nextBoolean()) {
                mutate(wire, random);
            }
            ChunkedVerdict oneByOne = ChunkedVerdict.of(wire, Pieces.whole());
            assertThat(ChunkedVerdict.of(wire, Pieces.whole(), ChunkedDecoder::decodeAll))
                    .isEqualTo(oneByOne);
            assertThat(ChunkedVerdict.of(wire, Pieces.upTo(100, random), ChunkedDecoder::decodeAll))
                    .isEqualTo(oneByOne);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void A12_a_damaged_body_is_malformed_unfinished_or_another_body(long seed) {
        var random = new Random(seed);
        int malformed = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] wire = chunked(bytes(random, random.nextInt(50)), random);
            mutate(wire, random);
            // Anything but a verdict fails this test with what was thrown.
            if (ChunkedVerdict.of(wire, Pieces.upTo(1 + random.nextInt(20), random))
                            .end()
                    == ChunkedVerdict.End.MALFORMED) {
                malformed++;
            }
        }
        assertThat(malformed).isGreaterThan(MUTATIONS / 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_bytes_are_never_a_finished_body_without_its_last_line(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] wire = bytes(random, random.nextInt(40));
            ChunkedVerdict verdict = ChunkedVerdict.of(wire, Pieces.whole());
            if (verdict.end() == ChunkedVerdict.End.FINISHED) {
                String taken = new String(wire, 0, verdict.taken(), StandardCharsets.ISO_8859_1);
                assertThat(taken).endsWith("\r\n\r\n");
            }
        }
    }

    private static byte[] chunked(byte[] payload, Random random) {
        var wire = new ByteArrayOutputStream();
        int from = 0;
        while (from < payload.length) {
            int length = 1 + random.nextInt(Math.min(300, payload.length - from));
            wire.writeBytes(ascii(sizeLine(length, random)));
            wire.write(payload, from, length);
            wire.writeBytes(ascii("\r\n"));
            from += length;
        }
        wire.writeBytes(ascii(sizeLine(0, random)));
        for (int trailers = random.nextInt(3); trailers > 0; trailers--) {
            wire.writeBytes(ascii("Trailer-" + trailers + ": x\r\n"));
        }
        wire.writeBytes(ascii("\r\n"));
        return wire.toByteArray();
    }

    private static String sizeLine(int length, Random random) {
        String hex = "0".repeat(random.nextInt(4)) + Integer.toHexString(length);
        String extension = random.nextInt(4) == 0 ? ";name=\"" + "v".repeat(random.nextInt(20)) + "\"" : "";
        return (random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT)) + extension + "\r\n";
    }

    private static void mutate(byte[] wire, Random random) {
        byte[] likely = ascii("\r\n0;f \t\0");
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(wire.length);
            wire[at] = random.nextBoolean() ? likely[random.nextInt(likely.length)] : (byte) random.nextInt(256);
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
