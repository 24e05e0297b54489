package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A2 to A6: under which name a real client saves a file, and that it is saved nowhere else than where it was told to. */
@Timeout(300)
class SavedNamesIT {
    private static final int SECONDS = 60;
    private static final int AT_A_TIME = 4;

    /** It leaves room for endings of its own. */
    private static final int MAX_LENGTH_OF_WGET = 255 - 19;

    @RegisterExtension
    static final Browser browser = new Browser();

    @RegisterExtension
    final TestServer server = new TestServer();

    @TempDir
    Path home;

    /** A client: receives a file in a directory of its own. */
    private interface Client {
        void receive(String id, Path directory) throws Exception;
    }

    @Test
    void curl_saves_under_what_is_plain_of_the_name() throws Exception {
        requireProgram("curl");
        List<String> saved = saved(
                (id, directory) -> run(directory, "curl", "-q", "-sSf", "--noproxy", "*", "-OJ", uri(id).toString()));
        // Newer ones may come to know the other parameter.
        assertNames(saved, (name, as) -> as.equals(name.plain()) || as.equals(name.saved()));
    }

    @Test
    void wget_saves_under_the_name_if_that_is_not_too_long_once_encoded() throws Exception {
        requireProgram("wget");
        List<String> saved = saved((id, directory) -> run(
                directory,
                "wget",
                "--no-config",
                "--no-proxy",
                "-nv",
                "--tries=1",
                "--content-disposition",
                uri(id).toString()));
        // Newer ones may come to do better.
        assertNames(saved, (name, as) -> as.equals(name.saved()) || as.equals(byWget(name)) || isCutByWget(name, as));
    }

    @Test
    void Chromium_saves_under_the_name() throws Exception {
        List<StrangeName> names = StrangeName.all();
        // A file that is there already is overwritten, by a browser without a window.
        List<List<Integer>> rounds = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).byChromium();
            long before = names.subList(0, i).stream()
                    .filter(it -> it.byChromium().equals(name))
                    .count();
            if (before == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(Math.toIntExact(before)).add(i);
        }
        String[] saved = new String[names.size()];
        for (List<Integer> round : rounds) {
            Path directory = Files.createDirectory(home.resolve("round" + rounds.indexOf(round)));
            saveWithChromium(names, round, directory).forEach((number, name) -> saved[number] = name);
        }
        assertNames(
                List.of(saved),
                (name, as) ->
                        as.equals(name.byChromium().equals("(id)") ? "n" + names.indexOf(name) : name.byChromium()));
    }

    private Map<Integer, String> saveWithChromium(List<StrangeName> names, List<Integer> numbers, Path directory)
            throws Exception {
        List<Callable<Boolean>> deliveries = new ArrayList<>();
        for (int number : numbers) {
            deliveries.add(offer(names.get(number), number));
        }
        browser.open(server.uri("/"));
        browser.saveIn(directory);
        try (WatchService changes = directory.getFileSystem().newWatchService()) {
            directory.register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
            // A frame may begin ten downloads at once, no more.
            browser.run("""
                    arguments[0].forEach((number, i) => {
                        if (i % 10 === 0) {
                            window.page = document.body.appendChild(document.createElement('iframe')).contentDocument;
                        }
                        const link = page.body.appendChild(page.createElement('a'));
                        link.href = `/n${number}?download`;
                        link.download = '';
                        link.click();
                    });""", numbers);
            for (Callable<Boolean> delivery : deliveries) {
                assertThat(delivery.call()).isTrue();
            }
            while (whole(directory).size() < numbers.size() || files(directory).size() > numbers.size()) {
                WatchKey change = changes.poll(SECONDS, TimeUnit.SECONDS);
                assertThat(change).as("saved were only %s", files(directory)).isNotNull();
                change.pollEvents();
                change.reset();
            }
        }
        return whole(directory);
    }

    /** The names of the files of which all is there, by what they contain. */
    private static Map<Integer, String> whole(Path directory) throws IOException {
        Map<Integer, String> names = new HashMap<>();
        for (Path file : files(directory)) {
            String name = nameOf(file);
            // It reserves a name with an empty file, and gives another to what it has until all is there.
            if (!name.endsWith(".crdownload") && Files.exists(file) && Files.size(file) > 0) {
                names.put(Integer.valueOf(Files.readString(file)), name);
            }
        }
        return names;
    }

    private static void assertNames(List<String> saved, BiPredicate<StrangeName, String> allowed) throws IOException {
        List<StrangeName> names = StrangeName.all();
        assertThat(saved).hasSize(names.size());
        assertSoftly(softly -> {
            for (int i = 0; i < names.size(); i++) {
                StrangeName name = names.get(i);
                softly.assertThat(allowed.test(name, saved.get(i)))
                        .as("%s, which is to be saved as %s, was saved as %s", name.given(), name.saved(), saved.get(i))
                        .isTrue();
            }
        });
    }

    /** Transfers a file of every name, each place in turn, and returns under which names they were saved. */
    private List<String> saved(Client client) throws Exception {
        List<StrangeName> names = StrangeName.all();
        var free = new Semaphore(AT_A_TIME);
        List<Future<String>> saved = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int number = i;
            free.acquire();
            saved.add(server.beside(() -> {
                try {
                    return saved(number, names.get(number), client);
                } finally {
                    free.release();
                }
            }));
        }
        List<String> result = new ArrayList<>();
        for (Future<String> name : saved) {
            result.add(name.get(SECONDS, TimeUnit.SECONDS));
        }
        assertThat(files(home)).as("nothing else was saved").hasSize(names.size());
        return result;
    }

    private String saved(int number, StrangeName name, Client client) throws Exception {
        Path directory = Files.createDirectory(home.resolve("n" + number));
        Callable<Boolean> delivery = offer(name, number);
        client.receive("n" + number, directory);
        assertThat(delivery.call()).as(name.given()).isTrue();
        List<Path> files = files(directory);
        assertThat(files)
                .as(name.given())
                .singleElement()
                .satisfies(file -> assertThat(file).hasContent(Integer.toString(number)));
        return nameOf(files.get(0));
    }

    private Callable<Boolean> offer(StrangeName name, int number) throws IOException {
        List<StrangeName.Place> places = name.places();
        return name.offer(server, "n" + number, places.get(number % places.size()), Integer.toString(number));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** The bytes of its name as UTF-8, whatever this system's locale takes them for. */
    private static String nameOf(Path file) {
        String uri = file.toUri().getRawPath();
        return decoded(uri.substring(uri.lastIndexOf('/') + 1));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** It decodes twice, and encodes what would be a path then. */
    private static String byWget(StrangeName name) {
        return name.saved().equals(name.plain())
                ? name.saved()
                : decoded(escaped(name).replaceAll("%25(?=\\p{XDigit}{2})", "%"))
                        .replace("/", "%2F");
    }

    /** It also cuts what is too long to be the name of a file before it is decoded: a beginning of it is left. */
    private static boolean isCutByWget(StrangeName name, String saved) {
        String beginning = saved.replaceAll("[%0-9A-F\ufffd]+$", "");
        return escaped(name).length() > MAX_LENGTH_OF_WGET
                && name.saved().startsWith(beginning)
                && beginning.length() > MAX_LENGTH_OF_WGET / 12;
    }

    private static String escaped(StrangeName name) {
        return StrangeName.percentEncoded(name.saved(), "[!#$&+.^_`|~0-9A-Za-z-]");
    }

    private URI uri(String id) {
        return server.uri("/" + id);
    }

    private static void run(Path directory, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static void requireProgram(String name) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(path -> new File(path, name).canExecute());
        assertThat(there || !"true".equals(System.getenv("CI")))
                .as(name + " is installed")
                .isTrue();
        assumeTrue(there, "install " + name + " to run this test");
    }
}
