package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayedChecksumsTest {
    private static final int BLOCK = 1 << 20;

    private final byte[] file = new byte[5 * BLOCK];
    private final RelayedChecksums checksums = new RelayedChecksums();

    RelayedChecksumsTest() {
        new Random(1).nextBytes(file);
    }

    private void relay(int from, int to, int piece) {
        checksums.begin(from);
        for (int at = from; at < to; at += piece) {
            ByteBuffer bytes = ByteBuffer.wrap(file, at, Math.min(piece, to - at));
            checksums.relayed(bytes);
            assertThat(bytes.position()).isEqualTo(at);
        }
    }

    private int block(int number) {
        var crc = new CRC32C();
        crc.update(file, number * BLOCK, BLOCK);
        return (int) crc.getValue();
    }

    @Test
    void each_whole_block_that_was_relayed_is_known_in_whatever_pieces_it_came() {
        for (int piece : new int[] {1_000_003, 4_096, 5 * BLOCK, 333_333}) {
            relay(0, 3 * BLOCK + 5, piece);
            assertThat(checksums.before(BLOCK - 1)).isEmpty();
            assertThat(checksums.before(BLOCK)).hasValue(block(0));
            assertThat(checksums.before(2 * BLOCK - 1)).hasValue(block(0));
            assertThat(checksums.before(3 * BLOCK)).hasValue(block(2));
            assertThat(checksums.before(3 * BLOCK + 5)).hasValue(block(2));
            assertThat(checksums.before(4 * BLOCK)).isEmpty();
        }
    }

    @Test
    void a_block_of_which_only_a_part_was_seen_at_once_is_not_known() {
        relay(BLOCK / 2, 3 * BLOCK, 100_000);
        assertThat(checksums.before(BLOCK)).isEmpty();
        assertThat(checksums.before(2 * BLOCK)).hasValue(block(1));
        relay(3 * BLOCK + 1, 5 * BLOCK, 100_000);
        assertThat(checksums.before(4 * BLOCK)).isEmpty();
        assertThat(checksums.before(5 * BLOCK)).hasValue(block(4));
        assertThat(checksums.before(2 * BLOCK)).hasValue(block(1));
    }

    @Test
    void only_the_last_of_many_are_kept() {
        checksums.begin(0);
        ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
        for (int i = 0; i < 300; i++) {
            checksums.relayed(zeros);
        }
        assertThat(checksums.before(44L * BLOCK)).isEmpty();
        assertThat(checksums.before(45L * BLOCK)).isPresent();
        assertThat(checksums.before(300L * BLOCK)).isPresent();
        assertThat(checksums.before(301L * BLOCK)).isEmpty();
    }

    @Test
    void nothing_is_known_at_first() {
        assertThat(checksums.before(0)).isEmpty();
        assertThat(checksums.before(Long.MAX_VALUE)).isEmpty();
    }
}
