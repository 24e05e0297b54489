package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the pages show for a terminal to run is run here, as it stands there. */
@Timeout(300)
class PageCommandsIT {
    private static final int SIZE = 6 << 20;

    /** Far more than curl reads at once, some 10 MB, before it keeps to a rate. */
    private static final int LARGE = 48 << 20;

    @TempDir
    static Path home;

    @AutoClose
    private static TransitProcess transit;

    @AutoClose
    private static Chromium browser;

    private static URI base;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        Shell.requireProgram("chromium");
        Shell.requireProgram("chromedriver");
        transit = TransitProcess.start(home, Map.of());
        base = transit.address();
        browser = Chromium.start(Files.createDirectory(home.resolve("browser")));
    }

    private Path received() throws IOException {
        return Files.createDirectories(directory.resolve("received"));
    }

    private static String quiet(String command) {
        assertThat(command).startsWith("curl ");
        return command.replace("curl ", "curl -sS -N ");
    }

    /** Begins to receive by a command, and is killed. */
    private void receiveSome(String command) throws Exception {
        try (Shell receiver = Shell.start(received(), "exec " + quiet(command) + " --limit-rate 1M")) {
            Shell.run(received(), "until [ -s film.mkv ]; do sleep 0.1; done");
            receiver.kill();
        }
        assertThat(Files.size(received().resolve("film.mkv"))).isLessThan(LARGE);
    }

    @Test
    void that_of_the_page_that_sends_sends_and_that_of_the_page_that_receives_receives() throws Exception {
        Original film = Original.create(directory.resolve("film.mkv"), SIZE);
        String send = browser.open(base, "choose").value("usage");
        try (Shell sender = Shell.start(directory, quiet(send))) {
            browser.open(URI.create(sender.firstLine()), "ready");
            Shell.run(received(), quiet(browser.value("command")));
            assertThat(sender.exitCode()).as(sender.output()).isZero();
        }
        assertThat(film.isWhole(received().resolve("film.mkv"))).isTrue();
    }

    @Test
    void those_beside_a_link_receive_and_go_on_where_that_broke_off() throws Exception {
        Original film = Original.create(directory.resolve("film.mkv"), LARGE);
        URI link = base.resolve(browser.offer(base, film.path()));
        String receive = browser.value("command");
        try (var receiver = Chromium.start(Files.createDirectory(directory.resolve("receiver")))) {
            receiver.open(link, "ready");
            assertThat(receiver.value("command")).isEqualTo(receive);
            String goOn = receiver.value("continue");
            receiveSome(receive);
            browser.awaitState("paused");
            Shell.run(received(), quiet(goOn));
        }
        browser.awaitState("delivered");
        assertThat(film.isWhole(received().resolve("film.mkv"))).isTrue();
    }

    @Test
    void that_of_a_page_of_which_there_is_only_the_rest_adds_it() throws Exception {
        Original film = Original.create(directory.resolve("film.mkv"), SIZE);
        String goOn;
        String link;
        try (Shell sender = Shell.start(directory, "exec curl -sS -N --limit-rate 1M -T film.mkv " + base)) {
            link = sender.firstLine();
            goOn = sender.rest("If it breaks off:  ");
            try (Shell receiver = Shell.start(received(), "exec curl -sS -OJ " + link)) {
                Shell.run(received(), "until [ -s film.mkv ]; do sleep 0.1; done");
                sender.kill();
                assertThat(receiver.exitCode()).isNotZero();
            }
        }
        try (Shell sender = Shell.start(directory, goOn)) {
            String adding = browser.open(URI.create(link), "rest").value("rest-command");
            Shell.run(received(), quiet(adding));
            assertThat(sender.exitCode()).as(sender.output()).isZero();
        }
        assertThat(film.isWhole(received().resolve("film.mkv"))).isTrue();
    }
}
