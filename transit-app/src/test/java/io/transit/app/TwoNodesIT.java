package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.redis.testing.RedisResource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two nodes with one Redis: any of them serves either end, to real curls. */
@Timeout(180)
class TwoNodesIT {
    private static final String CURL = "curl -q -sS --noproxy '*' ";

    @TempDir
    static Path home;

    @AutoClose
    private static TwoNodes nodes;

    private static URI one;
    private static URI two;

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        nodes = TwoNodes.start(home);
        one = nodes.one();
        two = nodes.two();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "65535", "65536", "1048577", "67108864"})
    void a_file_goes_from_one_node_to_the_other(int bytes) throws Exception {
        for (boolean known : new boolean[] {true, false}) {
            Path place = home.resolve(bytes + "-" + known);
            String id = "between-" + bytes + "-" + known;
            Original file = Original.create(home.resolve("file-" + bytes + "-" + known), bytes);
            String upload = known ? "-T " + file.path() : "-T - ";
            try (Shell sender = Shell.start(
                    place, CURL + upload + " " + one + id + "/film.mkv" + (known ? "" : " < " + file.path()))) {
                awaitState(two, id, "waiting");
                Shell.run(place, CURL + "-f -OJ " + two + id);
                assertThat(sender.exitCode()).as(sender.output()).isZero();
                assertThat(sender.output()).contains("Transfer complete. " + bytes + " bytes");
            }
            assertThat(place.resolve("film.mkv")).hasSameBinaryContentAs(file.path());
            awaitState(one, id, "completed");
            awaitState(two, id, "completed");
        }
    }

    @Test
    void an_id_is_taken_at_both_and_a_receiver_may_come_first() throws Exception {
        try (Shell receiver = Shell.start(home, CURL + "-f -o early.mkv '" + two + "early?wait=60'")) {
            Original file = Original.create(home.resolve("early"), 100_000);
            Shell.run(home, CURL + "-f -T " + file.path() + " " + one + "early/");
            assertThat(receiver.exitCode()).as(receiver.output()).isZero();
            assertThat(home.resolve("early.mkv")).hasSameBinaryContentAs(file.path());
        }
        try (Shell sender = Shell.start(home, CURL + "-T " + home.resolve("early") + " " + one + "taken/")) {
            awaitState(two, "taken", "waiting");
            assertThat(Shell.run(home, CURL + "-w '%{http_code}' -o no -T early " + two + "taken/"))
                    .contains("409");
            assertThat(sender.isOverWithin(Duration.ZERO)).isFalse();
        }
    }

    @Test
    void a_node_that_is_killed_fails_the_receiver_at_the_other() throws Exception {
        var third = TransitProcess.start(
                home,
                Map.of("REDIS_URL", RedisResource.uri(), "TRANSIT_REDIS_LEASE", "3s", "TRANSIT_REDIS_RENEWAL", "1s"));
        Original file = Original.create(home.resolve("lost"), 8 << 20);
        try (third;
                Shell sender = Shell.start(
                        home, CURL + "--limit-rate 2M -T " + file.path() + " " + third.address() + "lost/")) {
            awaitState(two, "lost", "waiting");
            try (Shell receiver = Shell.start(home, CURL + "-f -o lost.mkv " + two + "lost")) {
                awaitState(two, "lost", "streaming");
                third.kill();
                assertThat(receiver.exitCode()).isNotZero();
                assertThat(sender.exitCode()).isNotZero();
            }
        }
    }

    @Test
    void a_node_says_no_more_than_one_that_is_alone() throws Exception {
        try (var node = TransitProcess.start(home, Map.of("REDIS_URL", RedisResource.uri()))) {
            assertThat(node.address().getPort()).isPositive();
            node.terminate();
            assertThat(node.exitCode()).isEqualTo(143);
            assertThat(node.errors().lines())
                    .satisfiesExactly(
                            line -> assertThat(line).contains("no new transfers"),
                            line -> assertThat(line).endsWith("stopped"));
        }
    }

    private static void awaitState(URI node, String id, String state) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        StatusApi status = nodes.status(node);
        for (String now = ""; !now.equals(state); now = status.of(id)) {
            assertThat(System.nanoTime()).as("%s is %s", id, now).isLessThan(deadline);
            assertThat(nodes.first().isOverWithin(Duration.ofMillis(50))).isFalse();
        }
    }
}
