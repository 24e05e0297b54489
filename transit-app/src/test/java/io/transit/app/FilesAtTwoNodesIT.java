package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.app.SeekingSender.Film;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Several files are offered at one node. At the other, curl has each of them, and all of them as an archive; it is killed with
 * SIGKILL in the middle, and again, and goes on at either node to the very bytes.
 */
@Timeout(300)
class FilesAtTwoNodesIT {
    private static final String CURL = "exec curl -q -sS -N -f --noproxy '*' ";
    private static final Instant CHANGED = Instant.parse("2024-02-29T12:34:56Z");

    /** What an archive may hold back, and what it has besides the files. */
    private static final int SLACK = 256 << 10;

    private static final long LOOK_NANOS = 5_000_000;

    @TempDir
    static Path home;

    @AutoClose
    private static TwoNodes nodes;

    private static List<Film> films;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        for (String program : List.of("curl", "unzip", "tar")) {
            Shell.requireProgram(program);
        }
        nodes = TwoNodes.start(home);
        films = List.of(film("one.mkv", 3 << 20), film("empty", 0), film("folder/three.mkv", (2 << 20) + 7));
    }

    private static Film film(String path, int size) throws IOException {
        Original file = Original.create(home.resolve("film-" + size), size);
        return new Film(path, file, CHANGED.plusSeconds(2L * size).toEpochMilli());
    }

    private static int size() {
        return films.stream().mapToInt(film -> film.file().size()).sum();
    }

    private static SeekingSender offer() throws Exception {
        return SeekingSender.offer(nodes.client(), nodes.one(), films, size());
    }

    private static String link(URI node, String id, String query) {
        return "'" + node + id + "?" + query + "' ";
    }

    @Test
    void each_file_alone_and_the_rest_of_one_that_broke_off() throws Exception {
        try (SeekingSender sender = offer()) {
            String id = sender.id();
            Path third = directory.resolve("3");
            int begin = films.getFirst().file().size();
            breakOff(sender, third, link(nodes.two(), id, "file=3"), begin + 700_000, 700_000);
            breakOff(sender, third, link(nodes.two(), id, "file=3"), begin + 1_500_000, 1_500_000);
            assertGoesOn(sender, third, link(nodes.one(), id, "file=3"));
            for (int number : new int[] {2, 1}) {
                Shell.run(directory, CURL + "-o " + number + " " + link(nodes.two(), id, "file=" + number));
            }
            assertThat(sender.end()).contains("\"delivered\"", "\"bytes\":" + size());
            for (int number = 1; number <= films.size(); number++) {
                assertThat(films.get(number - 1).file().isWhole(directory.resolve("" + number)))
                        .as("file %d", number)
                        .isTrue();
            }
            awaitState(id, "completed");
        }
    }

    /** The other node has not sent its beginning, and cannot know what there is of it: it is told by the tag. */
    @ParameterizedTest
    @CsvSource({"zip, unzip -q", "tar, tar xf"})
    void an_archive_and_the_rest_of_one_that_broke_off(String format, String unpack) throws Exception {
        String query = "format=" + format;
        try (SeekingSender sender = offer()) {
            String id = sender.id();
            Path archive = directory.resolve("archive");
            breakOff(sender, archive, link(nodes.two(), id, query), 1_500_000, 1_500_000 - SLACK);
            breakOff(sender, archive, link(nodes.two(), id, query), 4_000_000, 4_000_000 - SLACK);
            assertThat(code(nodes.one(), id, query, "-r 1000-")).isEqualTo("409");
            String tag = header(nodes.one(), id, query, "etag");
            assertGoesOn(sender, archive, "-H 'If-Range: " + tag + "' " + link(nodes.one(), id, query));
            assertThat(sender.end()).contains("\"delivered\"", "\"bytes\":" + size());
            awaitState(id, "completed");
        }
        if (format.equals("zip")) {
            assertThat(Shell.run(directory, "unzip -tq archive")).contains("No errors detected");
        }
        Shell.run(directory, unpack + " archive");
        for (Film film : films) {
            Path unpacked = directory.resolve(film.path());
            assertThat(film.file().isWhole(unpacked)).as(film.path()).isTrue();
            assertThat(Files.getLastModifiedTime(unpacked).toInstant())
                    .isEqualTo(Instant.ofEpochMilli(film.lastModified()));
        }
    }

    @Test
    void both_nodes_have_the_same_tags_and_refuse_the_rest_of_anything_else() throws Exception {
        try (SeekingSender sender = offer()) {
            String id = sender.id();
            List<String> forms = List.of("file=1", "file=2", "file=3", "format=zip", "format=tar");
            for (String form : forms) {
                String tag = header(nodes.one(), id, form, "etag");
                assertThat(tag).startsWith("\"").endsWith("\"");
                for (String name : List.of("etag", "content-length", "content-type", "content-disposition")) {
                    assertThat(header(nodes.two(), id, form, name))
                            .isNotEmpty()
                            .isEqualTo(header(nodes.one(), id, form, name));
                }
                for (URI node : List.of(nodes.one(), nodes.two())) {
                    assertThat(code(node, id, form, "-r 9- -H 'If-Range: \"other\"'"))
                            .isEqualTo("409");
                }
            }
            assertThat(forms.stream().map(form -> quietly(id, form)).distinct()).hasSameSizeAs(forms);
            assertThat(nodes.status(nodes.two()).of(id)).isEqualTo("waiting");

            for (URI node : List.of(nodes.two(), nodes.one())) {
                String tag = header(node, id, "file=1", "etag");
                assertThat(code(node, id, "file=1", "-r 9- -H 'If-Range: " + tag + "'"))
                        .isEqualTo("206");
            }
        }
    }

    private static String quietly(String id, String form) {
        try {
            return header(nodes.two(), id, form, "etag");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    // ---- curl

    /** Receives until so many bytes are there, of a sender that sends no byte behind the mark, and is killed. */
    private void breakOff(SeekingSender sender, Path copy, String link, int mark, int bytes) throws Exception {
        sender.haltAt(mark);
        try (Shell receiver = Shell.start(directory, CURL + "-C - -o " + copy + " " + link)) {
            while (!Files.exists(copy) || Files.size(copy) < bytes) {
                assertThat(receiver.isOverWithin(Duration.ZERO))
                        .as("it is still receiving")
                        .isFalse();
                LockSupport.parkNanos(LOOK_NANOS);
            }
            receiver.kill();
        }
        awaitState(sender.id(), "paused RECEIVER_LEFT");
    }

    private void assertGoesOn(SeekingSender sender, Path copy, String link) throws Exception {
        sender.goOn();
        assertThat(Shell.run(directory, CURL + "-w '%{http_code}' -C - -o " + copy + " " + link))
                .isEqualTo("206\n");
    }

    private static String code(URI node, String id, String query, String options) throws Exception {
        String curl = CURL.replace(" -f ", " ");
        return Shell.run(home, curl + options + " -o /dev/null -w '%{http_code}' " + link(node, id, query))
                .strip();
    }

    private static String header(URI node, String id, String query, String name) throws Exception {
        return Shell.run(home, CURL + "-I -o /dev/null -w '%header{" + name + "}' " + link(node, id, query))
                .strip();
    }

    private static void awaitState(String id, String state) throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        for (URI node : List.of(nodes.one(), nodes.two())) {
            for (String now = ""; !now.equals(state); now = nodes.status(node).of(id)) {
                assertThat(System.nanoTime()).as("%s is %s", id, now).isLessThan(deadline);
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }
}
