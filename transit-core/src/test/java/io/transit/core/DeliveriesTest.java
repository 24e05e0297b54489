package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeliveriesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everything_is_what_every_byte_was_delivered_of(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int size = 1 + random.nextInt(40);
            Deliveries deliveries = deliveries(size);
            var bytes = new BitSet();
            while (bytes.cardinality() < size) {
                assertThat(deliveries.isEverything()).isFalse();
                int from = random.nextInt(size);
                int to = from + 1 + random.nextInt(size - from);
                bytes.set(from, to);
                deliveries.add(new Claim.Part(from, to));
            }
            assertThat(deliveries.isEverything()).isTrue();
        }
    }

    /** Whoever takes every second byte makes the account no longer than it may be, and never complete by mistake. */
    @Test
    void very_many_pieces_may_have_to_be_taken_again() {
        int size = 100_000;
        Deliveries deliveries = deliveries(size);
        for (int at = 0; at < size; at += 2) {
            deliveries.add(new Claim.Part(at, at + 1));
        }
        for (int at = 1; at < size; at += 2) {
            assertThat(deliveries.isEverything()).isFalse();
            deliveries.add(new Claim.Part(at, at + 1));
        }
        deliveries.add(new Claim.Part(0, size));
        assertThat(deliveries.isEverything()).isTrue();
    }

    private static Deliveries deliveries(long size) {
        return new Deliveries(Offer.of(TransferId.random(), FileMetadata.of("a", OptionalLong.of(size), "text/plain")));
    }
}
