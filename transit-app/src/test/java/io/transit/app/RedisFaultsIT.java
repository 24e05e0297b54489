package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Something happens to Redis while files go from one node to another: none of them has a hole, both sides are told in time, what
 * goes on within a node goes on, and the nodes find their way back. The same two nodes live through all of it; {@code
 * -Dtransit.cuts=100} makes it twenty files of each kind, see docs/proofs.md.
 */
@Timeout(1800)
class RedisFaultsIT {
    private static final int ROUNDS = Math.max(1, Integer.getInteger("transit.cuts", 5) / 25);
    private static final int AT_ONCE = ROUNDS == 1 ? 3 : 5;
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path home;

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    @AutoClose
    private static FaultyRedis redis;

    @AutoClose
    private static TwoNodes nodes;

    private static URI one;
    private static URI two;
    private static Original film;

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        Shell.requireProgram("wget");
        film = Original.create(home.resolve("film.mkv"), (16 << 20) + 11);
        redis = new FaultyRedis();
        nodes = TwoNodes.start(home, redis.uri(), Map.of());
        one = nodes.one();
        two = nodes.two();
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void what_befalls_redis_ends_transfers_between_nodes_with_a_reason_or_not_at_all(RedisFault fault)
            throws Exception {
        List<Crossing.Outcome> outcomes = new ArrayList<>();
        var back = Duration.ZERO;
        for (int round = 0; round < ROUNDS; round++) {
            String name = (fault + "-" + round).toLowerCase(Locale.ROOT).replace('_', '-');
            try (var along = Crossing.start(name + "-along", Crossing.Manner.SLOW_SENDER, film, one, one, home);
                    Shell waiting = Shell.start(
                            home, "exec curl -q -sS -f --noproxy '*' -T " + film.path() + " " + one + name + "/")) {
                outcomes.addAll(strike(fault, name, along));
                Duration ready = awaitReady(200);
                back = ready.compareTo(back) > 0 ? ready : back;
                Shell.run(home, "curl -q -sS -f --noproxy '*' -o film-" + name + " '" + two + name + "?wait=20'");
                assertThat(waiting.exitCode()).as(waiting.output()).isZero();
                assertThat(film.isWhole(home.resolve("film-" + name))).isTrue();
                assertAllKeysExpire();
            }
        }
        CutTable.add(fault, outcomes, back);
        assertThat(outcomes).allMatch(Crossing.Outcome::isRight);
        assertThat(outcomes)
                .allMatch(
                        outcome -> outcome.reason().isEmpty() || outcome.told().compareTo(TOLD_WITHIN) < 0);
    }

    private static void assertAllKeysExpire() {
        try (var keys = new SharedRedis(redis.uri())) {
            assertThat(keys.keys()).allMatch(keys::isExpiring);
        }
    }

    /** Has it happen while a few files cross, and one goes along within a node. */
    private static List<Crossing.Outcome> strike(RedisFault fault, String name, Crossing along) throws Exception {
        List<Crossing> crossings = new ArrayList<>();
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                var manner = Crossing.Manner.of(i);
                crossings.add(Crossing.start(
                        name + "-" + i, manner, film, i % 2 == 0 ? one : two, i % 2 == 0 ? two : one, home));
            }
            along.awaitMidway();
            for (Crossing crossing : crossings) {
                crossing.awaitMidway();
            }
            long struck = System.nanoTime();
            fault.strike(redis);
            List<Future<Crossing.Outcome>> ends = new ArrayList<>();
            crossings.forEach(crossing -> ends.add(THREADS.submit(() -> crossing.end(struck))));
            Future<Crossing.Outcome> beside = THREADS.submit(() -> along.end(struck));
            assertThat(nodes.first().isOverWithin(fault.time())).isFalse();
            if (fault == RedisFault.KILLED) {
                awaitReady(503);
            }
            fault.heal(redis);
            List<Crossing.Outcome> outcomes = new ArrayList<>();
            for (Future<Crossing.Outcome> end : ends) {
                outcomes.add(end.get());
            }
            assertThat(beside.get().reason()).isEmpty();
            assertThat(beside.get().whole()).isTrue();
            return outcomes;
        } finally {
            crossings.forEach(Crossing::close);
        }
    }

    /** Waits until both nodes say that they are ready, or that they are not; returns how long that took. */
    private static Duration awaitReady(int status) throws Exception {
        long begun = System.nanoTime();
        for (URI node : new URI[] {one, two}) {
            var request = HttpRequest.newBuilder(node.resolve("/observe/health/ready"))
                    .build();
            while (nodes.client().send(request, BodyHandlers.discarding()).statusCode() / 100 != status / 100) {
                assertThat(System.nanoTime() - begun).isLessThan(PATIENCE.toNanos());
                assertThat(nodes.first().isOverWithin(Duration.ofMillis(50))).isFalse();
            }
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
