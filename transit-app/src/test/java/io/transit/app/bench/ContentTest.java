package io.transit.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {
    private static final int LENGTH = 64 << 10;

    private final Content content = Content.of(7);

    @Test
    void what_was_sent_is_taken_in_runs_of_any_length() {
        ByteBuffer sent = content.run(1_000_000, LENGTH);
        assertThatCode(() -> content.check(sent.slice(0, 1), 1_000_000)).doesNotThrowAnyException();
        assertThatCode(() -> content.check(sent.slice(1, LENGTH - 1), 1_000_001))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LENGTH - 1})
    void one_wrong_byte_is_found(int at) {
        ByteBuffer received =
                ByteBuffer.allocate(LENGTH).put(content.run(0, LENGTH)).flip();
        received.put(at, (byte) ~received.get(at));
        assertThatThrownBy(() -> content.check(received, 0))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("byte " + at + " ");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, LENGTH, 256 << 10, 1 << 20, 1 << 30})
    void what_belongs_elsewhere_is_found(long distance) {
        assertThatThrownBy(() -> content.check(content.run(distance, LENGTH), 0))
                .isInstanceOf(CorruptException.class);
    }

    @Test
    void what_is_of_another_file_is_found() {
        assertThatThrownBy(() -> content.check(Content.of(8).run(0, LENGTH), 0)).isInstanceOf(CorruptException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 262_146, 262_147, 3L << 30})
    void a_masked_run_is_the_plain_one_under_its_mask(long position) {
        ByteBuffer masked = content.maskedRun(position, LENGTH);
        ByteBuffer plain = ByteBuffer.allocate(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            plain.put((byte) (masked.get(i) ^ (content.mask(position) >>> (Byte.SIZE * (3 - (i & 3))))));
        }
        assertThat(plain.flip()).isEqualTo(content.run(position, LENGTH));
    }
}
