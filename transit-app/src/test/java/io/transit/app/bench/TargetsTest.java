package io.transit.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the report says of what was measured. */
class TargetsTest {
    private final Results results = new Results();

    @Test
    void a_ratio_is_one_of_medians() {
        for (double speed : new double[] {700, 950, 1_000}) {
            results.add("P1", "transit", Bulk.SPEED, speed);
            results.add("P1", "socat", Bulk.SPEED, speed + 50);
        }
        assertThat(rows("P1")).contains(List.of("P1", "PUT → GET", "950 MiB/s, 0.95 ×", "≥ 0.95 × socat", "met"));
    }

    @Test
    void a_bound_that_is_exceeded_is_missed() {
        results.add("P1", "transit", Bulk.CPU, 0.81);
        assertThat(rows("P1")).contains(List.of("P1", "PUT → GET", "0.81 CPU s/GiB", "≤ 0.8", "**missed**"));
    }

    @Test
    void without_the_peer_nothing_is_said() {
        results.add("P4 8", "transit", Bulk.SPEED, 900);
        assertThat(rows("P4")).contains(List.of("P4", "8 at once", "–", "≥ 2 × piping-server", "not measured"));
    }

    @Test
    void growth_is_that_of_the_cost() {
        results.add("P10 8", "transit", Bulk.CPU, 1);
        results.add("P10 1000", "transit", Bulk.CPU, 1.5);
        assertThat(rows("P10"))
                .containsExactly(List.of(
                        "P10",
                        "1000 at once, 2 MiB each",
                        "1.50 CPU s/GiB, 1.50 ×",
                        "≤ 1.3 × that of 8",
                        "**missed**"));
    }

    @Test
    void only_what_was_asked_for_is_in_the_table() {
        assertThat(rows("P7"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row).first().isEqualTo("P7"));
    }

    @Test
    void everything_that_was_measured_is_listed_with_its_range() {
        results.add("P1", "socat", Bulk.SPEED, 900);
        results.add("P1", "socat", Bulk.SPEED, 1_100);
        assertThat(Table.of(List.of("#", "of", "median", "range", "runs"), results.rows()))
                .isEqualTo("""
                        | # | of | median | range | runs |
                        | --- | --- | --- | --- | --- |
                        | P1 | socat | 1,000 MiB/s | 900–1,100 | 2 |
                        """);
    }

    private List<List<String>> rows(String figure) {
        return Targets.rows(results, Options.parse(figure).orElseThrow());
    }
}
