package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page that sends goes on when its network was cut, and when the transfer was given up without it, and nobody has to do
 * anything. {@code -Dtransit.cuts=100} makes the first of them long.
 */
@Timeout(300)
class ResumingPageIT {
    private static final int MIB = 1 << 20;
    private static final int CUT_MIB = Integer.getInteger("transit.cuts", 5) < 100 ? 24 : 200;
    private static final int CUTS = 10;

    @RegisterExtension
    static final Browser browser = new Browser();

    @RegisterExtension
    static final Browser other = new Browser();

    @RegisterExtension
    final TestServer server = new TestServer();

    /** Gives up a sender that is away soon. */
    @RegisterExtension
    final TestServer impatient = new TestServer(
            HttpSettings.DEFAULT, TransferLimits.DEFAULT.withGrace(Duration.ofMillis(1), Duration.ofMillis(1)));

    @TempDir
    Path directory;

    @AfterEach
    void leave() {
        browser.leave();
        other.leave();
    }

    private Path file(String name, int mib) throws IOException {
        Path file = directory.resolve(name);
        var piece = new byte[MIB];
        new Random(1).nextBytes(piece);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mib; i++) {
                // No piece is like another.
                ByteBuffer.wrap(piece).putInt(i);
                out.write(piece);
            }
            out.write(new byte[] {1, 2, 3});
        }
        return file;
    }

    @Test
    void a_send_goes_on_through_ten_cuts_of_its_network_and_arrives_as_it_was() throws Exception {
        Path film = file("film.mkv", CUT_MIB);
        try (var proxy = new CuttingProxy(server.uri("/").getPort())) {
            URI link = browser.offer(proxy.uri("/"), film);
            proxy.cutAt(
                    new Random(7).longs(CUTS, 1, CUT_MIB * (long) MIB).sorted().toArray());
            Path copy = directory.resolve("copy");
            try (Curl curl = Curl.receive(server.uri(link.getPath()), copy)) {
                browser.awaitState("delivered");
                assertThat(curl.exitCode()).isZero();
            }
            assertThat(proxy.cutSoFar()).isEqualTo(CUTS);
            assertThat(Files.mismatch(copy, film)).isEqualTo(-1);
        }
    }

    @Test
    void a_receiver_that_is_cut_five_times_goes_on_where_it_was_each_time() throws Exception {
        Path film = file("film.mkv", 12);
        try (var proxy = new CuttingProxy(server.uri("/").getPort())) {
            URI link = proxy.uri(browser.offer(server.uri("/"), film).getPath());
            proxy.cutAt(new Random(8).longs(5, 1, 12 * MIB).sorted().toArray());
            Path copy = directory.resolve("copy");
            int exit = receiveRest(link, copy);
            assertThat(exit).isNotZero();
            browser.awaitState("paused");
            for (int run = 0; exit != 0 && run < 10; run++) {
                exit = receiveRest(link, copy);
            }
            assertThat(exit).isZero();
            browser.awaitState("delivered");
            assertThat(proxy.cutSoFar()).isEqualTo(5);
            assertThat(Files.mismatch(copy, film)).isEqualTo(-1);
        }
    }

    /** Receives what is not there yet. */
    private static int receiveRest(URI link, Path copy) throws IOException, InterruptedException {
        try (Curl curl = Curl.start("-C", "-", "-o", copy, link)) {
            return curl.exitCode();
        }
    }

    @Test
    void a_page_that_waits_says_that_it_is_cut_off_and_comes_back_by_itself() throws Exception {
        Path film = file("film.mkv", 1);
        try (var proxy = new CuttingProxy(server.uri("/").getPort())) {
            URI link = browser.offer(proxy.uri("/"), film);
            proxy.setGone(true);
            browser.await("!document.getElementById('trouble').hidden");
            assertThat(browser.text("#trouble")).startsWith("Reconnecting…");
            assertThat(browser.title()).startsWith("Reconnecting…");
            assertThat(browser.text("#said")).startsWith("Reconnecting…");
            proxy.setGone(false);
            browser.await("document.getElementById('trouble').hidden");
            assertThat(browser.title()).startsWith("Waiting");

            Path copy = directory.resolve("copy");
            try (Curl curl = Curl.receive(server.uri(link.getPath()), copy)) {
                assertThat(curl.exitCode()).isZero();
            }
            browser.awaitState("delivered");
            assertThat(Files.mismatch(copy, film)).isEqualTo(-1);
        }
    }

    @Test
    void what_was_given_up_meanwhile_is_offered_anew_under_the_same_link() throws Exception {
        Path film = file("film.mkv", 1);
        try (var proxy = new CuttingProxy(impatient.uri("/").getPort())) {
            URI link = browser.offer(proxy.uri("/"), film);
            proxy.setGone(true);
            impatient.transfers().awaitEnded(link.getPath().substring(1));
            proxy.setGone(false);
            browser.awaitText("#notice", "The server had let go of it, so it is offered anew under the same link.");
            assertThat(browser.find("#link").getDomProperty("value")).isEqualTo(link.toString());

            Path copy = directory.resolve("copy");
            try (Curl curl = Curl.receive(impatient.uri(link.getPath()), copy)) {
                assertThat(curl.exitCode()).isZero();
            }
            browser.awaitState("delivered");
            assertThat(Files.mismatch(copy, film)).isEqualTo(-1);
        }
    }

    @Test
    void a_folder_arrives_as_an_archive_of_all_that_is_in_it() throws Exception {
        Path photos = directory.resolve("photos");
        Files.createDirectories(photos.resolve("2024"));
        Files.copy(file("one.jpg", 1), photos.resolve("one.jpg"));
        Files.copy(file("two.jpg", 2), photos.resolve("2024/two.jpg"));
        Files.createFile(photos.resolve("empty.txt"));
        browser.open(server.uri("/")).find("#folder").sendKeys(photos.toString());
        browser.awaitText("#until", "The link works until ");
        Path copy = directory.resolve("copy.zip");
        try (Curl curl = Curl.receive(browser.link(), copy)) {
            assertThat(curl.exitCode()).isZero();
        }
        browser.awaitState("delivered");
        try (FileSystem zip = FileSystems.newFileSystem(copy)) {
            for (String name : List.of("one.jpg", "2024/two.jpg", "empty.txt")) {
                assertThat(Files.mismatch(zip.getPath("photos/" + name), photos.resolve(name)))
                        .as(name)
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void a_text_that_was_written_arrives_as_a_file() throws Exception {
        browser.open(server.uri("/")).find("#write").click();
        browser.find("#text").sendKeys("Grüße, 世界");
        browser.find("#send-text").click();
        browser.awaitText("#until", "The link works until ");
        Path copy = directory.resolve("copy");
        try (Curl curl = Curl.receive(browser.link(), copy)) {
            assertThat(curl.exitCode()).isZero();
        }
        assertThat(copy).hasContent("Grüße, 世界");
        browser.awaitState("delivered");
    }

    @Test
    void T5_of_two_tabs_that_race_for_one_link_one_has_it_and_the_other_is_told() throws Exception {
        Path film = file("film.mkv", 1);
        for (Browser tab : List.of(browser, other)) {
            tab.open(server.uri("/")).run("crypto.getRandomValues = bytes => bytes.fill(7)");
        }
        browser.find("#file").sendKeys(film.toString());
        other.find("#file").sendKeys(film.toString());
        for (Browser tab : List.of(browser, other)) {
            tab.await("document.getElementById('until').textContent || document.querySelector('[data-state=failed]')");
        }
        List<Browser> told = List.of(browser, other).stream()
                .filter(tab -> !tab.findAll("[data-state=failed]").isEmpty())
                .toList();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).text("#what")).isEqualTo("This link is taken already.");
    }

    /**
     * Sends a file to a server that says what the test wants, and returns how it ended and what that was told; what is said
     * again and again, once.
     */
    private String told(String afterOffer, String heard) {
        browser.open(server.uri("/"));
        return String.valueOf(browser.runWith(new Assets(BasePath.ROOT), """
                    const told = [];
                    const server = {};
                    globalThis.WebSocket = class {
                        static OPEN = 1;
                        readyState = 1;
                        bufferedAmount = 0;
                        constructor(url, protocol) {
                            told.push(protocol);
                            server.says = message => this.onmessage({data: JSON.stringify(message)});
                            setTimeout(() => this.onopen());
                        }
                        send(data) {
                            told.push(typeof data === 'string' ? JSON.parse(data) : data.byteLength);
                            server.heard?.(told.at(-1));
                        }
                        close() {}
                    };
                    const {Sending} = await web('sending.js');
                    const file = new File([new Uint8Array(3 * 1024 * 1024)], 'film.mkv', {lastModified: 7});
                    const ends = await new Promise(resolve => {
                        const on = Object.fromEntries(['ready', 'started', 'progress', 'paused', 'lost']
                            .map(type => [type, () => {}]));
                        on.failed = on.delivered = resolve;
                        server.heard = message => {
                            if (message.type === 'offer') {
                                server.says({type: 'ready', id: 'my-id', token: 't', expiresIn: 9});
                                %s
                            }
                            %s
                        };
                        new Sending({id: 'my-id', files: [{file, path: 'a/film.mkv'}], addresses: {socket: 'x', status: 'y'}}, on);
                    });
                    return [ends.cause ?? ends.type, ...told.map(message => message.type ?? message)]
                        .filter((message, i, all) => message !== all[i - 1]).join(' ');""".formatted(afterOffer, heard)));
    }

    @Test
    void a_file_that_is_not_the_one_that_the_receiver_has_the_beginning_of_is_not_sent() {
        assertThat(told("server.says({type: 'go', offset: 2097152, attempt: '1', crc32c: 1});", ""))
                .isEqualTo("changed transit.v2 offer cancel");
    }

    @Test
    void the_rest_of_a_file_follows_its_fence_and_what_is_asked_for_anew_ends_what_was_asked_before() {
        assertThat(told(
                        "server.says({type: 'go', offset: 2097160, attempt: '1'});",
                        "if (message === 262144 && !server.again) {"
                                + " server.again = true; server.says({type: 'go', offset: 3145720, attempt: '2'}); }"
                                + " if (message.type === 'done') { server.says({type: 'delivered'}); }"))
                .isEqualTo("delivered transit.v2 offer start 262144 start 8 done");
    }
}
