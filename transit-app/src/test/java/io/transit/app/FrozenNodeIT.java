package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.redis.testing.RedisResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node stands still for longer than its lease, and goes on as if nothing had been: the others have gone on without it. For 20 s,
 * with the default lease, if {@code -Dtransit.cuts=100}, and otherwise for a shorter one.
 */
@Timeout(300)
class FrozenNodeIT {
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);
    private static final boolean IS_LONG = Integer.getInteger("transit.cuts", 5) >= 100;
    private static final Duration FROZEN = Duration.ofSeconds(IS_LONG ? 20 : 5);
    private static final Duration FORGOTTEN_WITHIN = Duration.ofSeconds(60);

    @TempDir
    Path home;

    /** At the node of the sender, or at that of the receiver. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_is_at_another_node_is_told_and_the_one_that_awakes_serves_again(boolean isSenders) throws Exception {
        Original film = Original.create(home.resolve("film.mkv"), (16 << 20) + 11);
        Map<String, String> lease =
                Map.of("TRANSIT_REDIS_LEASE", IS_LONG ? "15s" : "3s", "TRANSIT_REDIS_RENEWAL", IS_LONG ? "5s" : "1s");
        try (var nodes = TwoNodes.start(home, RedisResource.uri(), lease);
                var redis = new SharedRedis(RedisResource.uri())) {
            TransitProcess frozen = nodes.first();
            TransitProcess other = nodes.second();
            StatusApi there = nodes.status(nodes.one());
            StatusApi here = nodes.status(nodes.two());
            String id = isSenders ? "frozen-sender" : "frozen-receiver";
            String curl = "exec curl -q -sS -N -f --noproxy '*' ";
            StatusApi from = isSenders ? there : here;
            StatusApi to = isSenders ? here : there;
            try (Shell sender = Shell.start(
                            home, curl + "--limit-rate 1M -T " + film.path() + " " + from.base() + id + "/");
                    Shell receiver = Shell.start(home, curl + "-o " + id + " '" + to.base() + id + "?wait=60'")) {
                while (!here.of(id).equals("streaming")) {
                    assertThat(sender.isOverWithin(Duration.ofMillis(50))).isFalse();
                }
                long begun = System.nanoTime();
                Shell.run(home, "kill -STOP " + frozen.pid());
                Shell survivor = isSenders ? receiver : sender;
                assertThat(survivor.isOverWithin(TOLD_WITHIN)).isTrue();
                assertThat(survivor.exitCode()).as(survivor.output()).isNotZero();
                assertThat(film.isBegun(home.resolve(id))).isTrue();
                assertThat(other.isOverWithin(FROZEN.minusNanos(System.nanoTime() - begun)))
                        .isFalse();
                Shell.run(home, "kill -CONT " + frozen.pid());
                assertThat(sender.exitCode()).isNotZero();
                assertThat(receiver.exitCode()).isNotZero();
                assertThat(film.isBegun(home.resolve(id))).isTrue();
                long awake = System.nanoTime();
                while (!redis.leftOf(id).isEmpty()) {
                    assertThat(System.nanoTime() - awake).isLessThan(FORGOTTEN_WITHIN.toNanos());
                    assertThat(other.isOverWithin(Duration.ofMillis(250))).isFalse();
                }
            }
            try (Shell sender = Shell.start(home, curl + "-T " + film.path() + " " + from.base() + id + "-again/")) {
                Shell.run(home, curl + "-o again '" + to.base() + id + "-again?wait=60'");
                assertThat(sender.exitCode()).as(sender.output()).isZero();
            }
            assertThat(film.isWhole(home.resolve("again"))).isTrue();
        }
    }
}
