package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearMissTest {
    private static final List<String> KNOWN =
            Keys.ALL.stream().map(key -> key.name()).toList();

    @ParameterizedTest
    @CsvSource({
        "transit.stal, transit.stall",
        "transit.max-size, transit.max.size",
        "transit.Drain, transit.drain",
        "transit.stall.0, transit.stall",
        "transit.lease, transit.redis.lease",
        "transit.port, server.port"
    })
    void a_slip_or_a_wrong_group_is_guessed(String written, String meant) {
        assertThat(NearMiss.of(written, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"transit.tls", "server.backlog", "", "colour"})
    void nothing_is_guessed_where_nothing_is_near(String written) {
        assertThat(NearMiss.of(written, KNOWN)).isEmpty();
    }
}
