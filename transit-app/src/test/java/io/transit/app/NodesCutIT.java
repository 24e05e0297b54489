package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.redis.testing.RedisResource;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The sender is at one node, the receiver at another, and one of the two nodes is killed at some point of the transfer: who is
 * at the other is told in time, nothing is left in Redis, and the other goes on. The points are always the same ones, as
 * {@link CutsIT} has them; {@code -Dtransit.cuts=100} makes it a hundred of each node, see docs/proofs.md.
 */
@Timeout(3600)
class NodesCutIT {
    private static final int EACH = Math.max(1, Integer.getInteger("transit.cuts", 5) / 4);
    private static final int AT_ONCE = 8;
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);
    private static final Duration FORGOTTEN_WITHIN = Duration.ofSeconds(60);

    @TempDir
    static Path home;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Originals originals;
    private static Original small;
    private static SharedRedis redis;
    private static TransitProcess survivor;
    private static StatusApi status;

    @TempDir
    Path directory;

    /** What came of one cut, and how long after it something of the transfer was left in Redis. */
    record Point(CutOutcome outcome, Duration forgotten) {}

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        Shell.requireProgram("wget");
        originals = Originals.create(home);
        small = Original.create(home.resolve("small"), 100_000);
        redis = new SharedRedis(RedisResource.uri());
        survivor = startNode();
        status = new StatusApi(CLIENT, survivor.address());
    }

    @AfterAll
    static void stop() {
        if (survivor != null) {
            survivor.close();
        }
        if (redis != null) {
            redis.close();
        }
        CLIENT.close();
    }

    private static TransitProcess startNode() throws Exception {
        return TransitProcess.start(home, Map.of("REDIS_URL", RedisResource.uri()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Cut.Victim.class,
            names = {"SENDERS_NODE", "RECEIVERS_NODE"})
    void a_killed_node_is_told_at_the_other_and_leaves_nothing(Cut.Victim victim) throws Exception {
        List<Point> points = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Point>> trials = new ArrayList<>();
            cuts(victim).forEach(cut -> trials.add(() -> cut(cut)));
            for (Future<Point> point : threads.invokeAll(trials)) {
                points.add(point.get());
            }
        }
        CutTable.addNodes(points);
        assertThat(points.stream().flatMap(point -> point.outcome().violations().stream()))
                .isEmpty();
        assertThat(points)
                .allSatisfy(point ->
                        assertThat(point.outcome().took()).as("%s", point).isLessThan(TOLD_WITHIN));
        assertIsWell();
    }

    /** So many of each kind, none with the number of another: what paces and points there are, even a few show. */
    private static List<Cut> cuts(Cut.Victim victim) {
        List<Cut> cuts = new ArrayList<>();
        for (int round = 0; round < EACH; round++) {
            for (Cut.Tool tool : Cut.Tool.values()) {
                for (Cut.Length length : Cut.Length.values()) {
                    cuts.add(Cut.of(victim, tool, length, cuts.size()));
                }
            }
        }
        return cuts;
    }

    private Point cut(Cut cut) throws Exception {
        Path place = Files.createDirectory(directory.resolve(cut.name()));
        try (var node = startNode()) {
            var there = new StatusApi(CLIENT, node.address());
            Original original = originals.of(cut.pace());
            boolean atSender = cut.victim() == Cut.Victim.SENDERS_NODE;
            var transfer = new CutTransfer(cut, original, atSender ? there : status, atSender ? status : there, place);
            var killed = new AtomicLong();
            CutOutcome outcome = transfer.run(() -> {
                killed.set(System.nanoTime());
                node.kill();
            });
            while (!redis.leftOf(transfer.id()).isEmpty()) {
                assertThat(System.nanoTime() - killed.get())
                        .as("%s is left", redis.leftOf(transfer.id()))
                        .isLessThan(FORGOTTEN_WITHIN.toNanos());
                assertThat(survivor.isOverWithin(Duration.ofMillis(250))).isFalse();
            }
            return new Point(outcome, Duration.ofNanos(System.nanoTime() - killed.get()));
        }
    }

    /** The node that has seen all the others die is ready, and serves both sides, its own and those of one that is new. */
    private void assertIsWell() throws Exception {
        assertThat(Shell.run(directory, "curl -q -sS -f --noproxy '*' " + status.base() + "observe/health/ready"))
                .isNotNull();
        try (var next = startNode()) {
            var there = new StatusApi(CLIENT, next.address());
            pass(status, there, "to-the-next");
            pass(there, status, "from-the-next");
            pass(status, status, "on-its-own");
        }
    }

    private void pass(StatusApi from, StatusApi to, String id) throws Exception {
        String curl = "exec curl -q -sS -f --noproxy '*' ";
        try (Shell sender = Shell.start(directory, curl + "-T " + small.path() + " " + from.base() + id + "/")) {
            Shell.run(directory, curl + "-o " + id + " '" + to.base() + id + "?wait=60'");
            assertThat(sender.exitCode()).as(sender.output()).isZero();
        }
        assertThat(small.isWhole(directory.resolve(id))).isTrue();
    }
}
