package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckupTest {
    private final RedisSettings settings = RedisSettings.of("redis://localhost");
    private final Checkup checkup = new Checkup(settings, RedisAddress.parse(settings.uri()));

    @Test
    void a_server_that_lacks_a_command_is_too_old() {
        assertThat(checkup.fault(Map.of("redis_version", "6.2.14")))
                .hasValue("is of version 6.2.14: transit needs 7.0 or later, or Valkey");
        assertThat(checkup.fault(Map.of("redis_version", "7.0.0"))).isEmpty();
        assertThat(checkup.fault(Map.of("redis_version", "10.1.0"))).isEmpty();
    }

    @Test
    void one_that_says_little_may_do() {
        assertThat(checkup.fault(Map.of())).isEmpty();
        assertThat(checkup.fault(Map.of("redis_version", "unstable"))).isEmpty();
    }

    @Test
    void servers_that_call_themselves_masters_do() {
        assertThat(checkup.fault(Map.of("role", "master", "redis_mode", "standalone")))
                .isEmpty();
        assertThat(checkup.fault(Map.of("role", "slave"))).isPresent();
    }
}
