package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A receiver never takes a truncated file for a whole one: real programs, killed at random points of a transfer. The points
 * are always the same ones; {@code -Dtransit.cuts} says how many of each kind, see docs/proofs.md.
 */
@Timeout(3600)
class CutsIT {
    private static final int CUTS = Integer.getInteger("transit.cuts", 5);
    private static final int AT_ONCE = 6;

    /** Each of them has a server of its own. */
    private static final int SERVERS = Math.max(2, CUTS / 5);

    private static final int SERVERS_AT_ONCE = 2;

    @TempDir
    static Path home;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Originals originals;
    private static TransitProcess transit;
    private static StatusApi status;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        Shell.requireProgram("wget");
        originals = Originals.create(home);
        transit = TransitProcess.start(home, Map.of());
        status = new StatusApi(CLIENT, transit.address());
    }

    @AfterAll
    static void stop() {
        if (transit != null) {
            transit.close();
        }
        CLIENT.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_killed_sender_leaves_no_file_that_seems_whole(Cut.Tool receiver, Cut.Length length) throws Exception {
        prove(cuts(Cut.Victim.SENDER, receiver, length, CUTS), AT_ONCE, this::cut);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_killed_receiver_is_told_to_its_sender(Cut.Tool receiver, Cut.Length length) throws Exception {
        prove(cuts(Cut.Victim.RECEIVER, receiver, length, CUTS), AT_ONCE, this::cut);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_killed_server_leaves_no_file_that_seems_whole(Cut.Tool receiver, Cut.Length length) throws Exception {
        prove(cuts(Cut.Victim.SERVER, receiver, length, SERVERS), SERVERS_AT_ONCE, this::cutWithServer);
    }

    /** What a receiver of the first file may do whose id was given to another one since. */
    @ParameterizedTest
    @ValueSource(
            strings = {"curl -q -sS -f --noproxy '*' -C - -o film.mkv ", "wget --no-config --no-proxy -nv --tries=2 -c "
            })
    void a_part_of_a_file_is_never_completed_with_another(String again) throws Exception {
        byte[] part = Arrays.copyOf(originals.of(Cut.Pace.SLOW).bytes(), 100_000);
        Path copy = Files.write(directory.resolve("film.mkv"), part);
        Path other = originals.of(Cut.Pace.FAST).path();
        String link = status.base() + "my-id/film.mkv";
        try (Shell sender = Shell.start(directory, "curl -q -sS --noproxy '*' -T " + other + " " + link)) {
            String retrying = "curl -q -sS -f --noproxy '*' --retry 50 --retry-all-errors --retry-delay 1 ";
            Shell.run(directory, retrying + "-I " + link);
            try (Shell receiver = Shell.start(directory, again + link)) {
                assertThat(receiver.exitCode()).as(receiver.output()).isNotZero();
            }
            assertThat(copy).hasBinaryContent(part);

            Shell.run(directory, retrying + "-o whole.mkv " + link);
            assertThat(directory.resolve("whole.mkv")).hasSameBinaryContentAs(other);
            assertThat(sender.exitCode()).as(sender.output()).isZero();
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(Cut.Tool.values())
                .flatMap(tool -> Stream.of(Cut.Length.values()).map(length -> Arguments.of(tool, length)));
    }

    private static List<Cut> cuts(Cut.Victim victim, Cut.Tool receiver, Cut.Length length, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Cut.of(victim, receiver, length, number))
                .toList();
    }

    private interface Trial {
        CutOutcome of(Cut cut) throws Exception;
    }

    private static void prove(List<Cut> cuts, int atOnce, Trial trial) throws Exception {
        List<CutOutcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Callable<CutOutcome>> trials = new ArrayList<>();
            cuts.forEach(cut -> trials.add(() -> trial.of(cut)));
            for (Future<CutOutcome> outcome : threads.invokeAll(trials)) {
                outcomes.add(outcome.get());
            }
        }
        CutTable.add(outcomes);
        assertThat(outcomes.stream().flatMap(outcome -> outcome.violations().stream()))
                .isEmpty();
    }

    private CutOutcome cut(Cut cut) throws Exception {
        return transfer(cut, status).run(transit::kill);
    }

    private CutOutcome cutWithServer(Cut cut) throws Exception {
        try (var server = TransitProcess.start(home, Map.of())) {
            return transfer(cut, new StatusApi(CLIENT, server.address())).run(server::kill);
        }
    }

    private CutTransfer transfer(Cut cut, StatusApi at) throws Exception {
        Path place = Files.createDirectory(directory.resolve(cut.name()));
        return new CutTransfer(cut, originals.of(cut.pace()), at, at, place);
    }
}
