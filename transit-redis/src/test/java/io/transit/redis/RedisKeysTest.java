package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferId;
import org.junit.jupiter.api.Test;

class RedisKeysTest {
    private final RedisKeys keys = new RedisKeys("transit", new TransferId("my-id"));

    @Test
    void all_keys_of_a_transfer_share_its_hash_tag() {
        assertThat(new String[] {
                    keys.offer(),
                    keys.lease("b"),
                    keys.queue(7),
                    keys.signal(),
                    keys.signal("b"),
                    keys.status(),
                    keys.offered()
                })
                .allMatch(key -> key.startsWith("transit:{my-id}:"))
                .doesNotHaveDuplicates();
    }

    @Test
    void attempts_have_queues_of_their_own() {
        assertThat(keys.queue(-1)).isEqualTo("transit:{my-id}:q:ffffffffffffffff");
        assertThat(keys.queue(1)).isEqualTo("transit:{my-id}:q:0000000000000001");
    }
}
