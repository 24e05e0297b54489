package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MaskTest {
    private static final int LONGEST = 40;

    @Test
    void the_example_of_RFC_6455_section_5_7() {
        ByteBuffer run = ByteBuffer.wrap(HexFormat.of().parseHex("7f9f4d5158"));
        Mask.apply(run, 0x37fa213d, 0);
        assertThat(run).isEqualTo(ByteBuffer.wrap("Hello".getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_length_at_every_phase_and_place_is_as_if_done_byte_by_byte(boolean direct) {
        var random = new Random(1);
        for (int length = 0; length <= LONGEST; length++) {
            for (int phase = 0; phase < 8; phase++) {
                for (int at = 0; at < 8; at++) {
                    byte[] bytes = new byte[at + length + 8];
                    random.nextBytes(bytes);
                    int key = random.nextInt();
                    ByteBuffer buffer = buffer(bytes, direct);
                    Mask.apply(buffer.limit(at + length).position(at), key, phase);
                    assertThat(buffer.position()).isEqualTo(at);
                    assertThat(contents(buffer)).isEqualTo(plainly(bytes, at, length, key, phase));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_payload_may_be_split_anywhere(long seed) {
        var random = new Random(seed);
        for (int times = 0; times < 500; times++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            int key = random.nextInt();
            ByteBuffer buffer = buffer(bytes, random.nextBoolean());
            long offset = 0;
            while (offset < bytes.length) {
                int length = 1 + random.nextInt(bytes.length - (int) offset);
                Mask.apply(buffer.slice((int) offset, length), key, offset);
                offset += length;
            }
            assertThat(contents(buffer)).isEqualTo(plainly(bytes, 0, bytes.length, key, 0));
        }
    }

    @Test
    void an_offset_may_be_beyond_what_an_int_holds() {
        byte[] bytes = new byte[20];
        ByteBuffer buffer = ByteBuffer.wrap(bytes.clone());
        Mask.apply(buffer, 0x01020304, (1L << 62) + 3);
        assertThat(contents(buffer)).isEqualTo(plainly(bytes, 0, bytes.length, 0x01020304, 3));
    }

    private static byte[] plainly(byte[] bytes, int at, int length, int key, int phase) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < length; i++) {
            masked[at + i] ^= (byte) (key >>> (24 - (phase + i) % 4 * 8));
        }
        return masked;
    }

    private static ByteBuffer buffer(byte[] bytes, boolean direct) {
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(bytes.length) : ByteBuffer.allocate(bytes.length);
        return buffer.put(bytes).clear();
    }

    private static byte[] contents(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.duplicate().clear().get(bytes);
        return bytes;
    }
}
