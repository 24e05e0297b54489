package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What broke off goes on to the very bytes, or is said not to: real programs and a sender that can seek, at either of two nodes,
 * broken at random points of a transfer, up to three times. The points are always the same ones; {@code -Dtransit.cuts=100} makes
 * it twenty-five of each kind, see docs/proofs.md.
 */
@Timeout(3600)
class BreaksIT {
    private static final int EACH = Math.max(4, Integer.getInteger("transit.cuts", 0) / 4);
    private static final int AT_ONCE = 4;

    @TempDir
    static Path home;

    @AutoClose
    private static TwoNodes nodes;

    private static final Map<Break.Pace, Original> ORIGINALS = new EnumMap<>(Break.Pace.class);

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        nodes = TwoNodes.start(home);
        for (Break.Pace pace : Break.Pace.values()) {
            ORIGINALS.put(pace, Original.create(home.resolve(pace.name()), pace.size));
        }
    }

    @ParameterizedTest
    @EnumSource(Break.Kind.class)
    void what_broke_off_goes_on_to_the_very_bytes(Break.Kind kind) throws Exception {
        List<BrokenTransfer.Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<BrokenTransfer.Outcome>> trials = IntStream.range(0, EACH)
                    .mapToObj(number -> Break.of(kind, number))
                    .<Callable<BrokenTransfer.Outcome>>map(plan -> () -> transfer(plan))
                    .toList();
            for (Future<BrokenTransfer.Outcome> outcome : threads.invokeAll(trials)) {
                outcomes.add(outcome.get());
            }
        }
        CutTable.addBreaks(outcomes);
        assertThat(outcomes.stream().flatMap(outcome -> outcome.violations().stream()))
                .isEmpty();
    }

    private BrokenTransfer.Outcome transfer(Break plan) throws Exception {
        Path place = Files.createDirectory(directory.resolve(plan.name()));
        Original original = Objects.requireNonNull(ORIGINALS.get(plan.pace()));
        return new BrokenTransfer(plan, original, nodes, place).run();
    }
}
