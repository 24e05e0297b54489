package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A sender that is killed while it waits leaves nothing that could be received, and its id to whoever wants it next. */
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class VanishedSendersIT {
    private static final int EACH = Math.max(1, Integer.getInteger("transit.cuts", 5) / 5);
    private static final int AT_ONCE = 20;
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int DEADLINE_SECONDS = 30;

    @TempDir
    static Path home;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static TransitProcess transit;
    private static StatusApi status;
    private static Original first;
    private static Original second;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        first = Original.create(home.resolve("film.mkv"), (16 << 20) + 1);
        second = Original.create(home.resolve("other.mkv"), (1 << 20) + 1);
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

    @Test
    void the_id_of_a_sender_that_was_killed_while_it_waited_is_soon_free() throws Exception {
        Map<Waiting, List<Future<Duration>>> trials = new EnumMap<>(Waiting.class);
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Waiting waiting : Waiting.values()) {
                trials.put(
                        waiting,
                        IntStream.range(0, EACH)
                                .mapToObj(number -> threads.submit(() -> vanish(waiting, waiting.id(number))))
                                .toList());
            }
        }
        for (var trial : trials.entrySet()) {
            List<Duration> times = new ArrayList<>();
            for (Future<Duration> time : trial.getValue()) {
                times.add(time.get());
            }
            CutTable.add(trial.getKey(), times);
        }
    }

    /** Returns how long it took until the id was free. */
    private Duration vanish(Waiting waiting, String id) throws Exception {
        Path place = Files.createDirectory(directory.resolve(id));
        URI link = status.base().resolve("/" + id);
        long killed;
        try (Shell sender = Shell.start(place, waiting.command(link, first.path()))) {
            await(id, "waiting");
            if (waiting.isFull()) {
                awaitFullBuffers(sender);
            }
            killed = System.nanoTime();
            sender.kill();
            await(id, "interrupted SENDER_LEFT");
        }
        Duration time = Duration.ofNanos(System.nanoTime() - killed);
        assertThat(answer(link)).isEqualTo("410");

        try (Shell sender =
                Shell.start(place, "exec curl -q -sS --noproxy '*' -T " + second.path() + " " + link + "/")) {
            await(id, "waiting");
            Shell.run(place, "curl -q -sS -f --noproxy '*' -OJ " + link);
            assertThat(sender.exitCode()).as(sender.output()).isZero();
        }
        assertThat(place.resolve("other.mkv")).hasSameBinaryContentAs(second.path());
        return time;
    }

    private String answer(URI link) throws Exception {
        return Shell.run(directory, "curl -q -sS --noproxy '*' -o refused -w '%{http_code}' " + link)
                .strip();
    }

    private static void await(String id, String state) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(DEADLINE_SECONDS).toNanos();
        while (!status.of(id).equals(state)) {
            assertThat(System.nanoTime())
                    .as("%s is %s: %s", id, state, status.of(id))
                    .isLessThan(deadline);
            assertThat(transit.isOverWithin(LOOK)).isFalse();
        }
    }

    /** Waits until a sender has read as much of its file as it can send, which is when it reads no more. */
    private static void awaitFullBuffers(Shell sender) throws Exception {
        long before = -1;
        long now = sender.bytesRead();
        while (now != before || now < 1 << 20) {
            assertThat(sender.isOverWithin(Duration.ofMillis(300))).isFalse();
            before = now;
            now = sender.bytesRead();
        }
    }
}
