package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {
    @ParameterizedTest
    @CsvSource({
        "20000, 1000000, 100, 20000",
        "20000,    1024, 100,   796",
        "  500,    1024, 100,   500",
        "20000,     256, 100,    78",
        "20000,     100,  99,     1",
    })
    void A30_there_are_never_more_connections_than_files_to_have_them(int wanted, long most, long open, long allowed) {
        assertThat(Descriptors.allow(wanted, most, open)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"1", "17"})
    void what_is_wanted_is_allowed_if_there_is_room(int wanted) {
        assertThat(Descriptors.allow(wanted)).isEqualTo(wanted);
    }
}
