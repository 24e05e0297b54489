package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of docs/screenshots anew: {@code -Dtransit.screenshots=} and the directory that they go to. */
@EnabledIfSystemProperty(named = "transit.screenshots", matches = ".+")
@Timeout(300)
class ScreenshotsIT {
    private static final TransferId ONE = new TransferId("bk7q-x2mn-4hta-9wrd");
    private static final TransferId SEVERAL = new TransferId("ezjr-fds0-mtwt-wvx4");
    private static final String OF_SENDER = "\"SENDER_LEFT\"";
    private static final String OF_RECEIVER = "\"RECEIVER_LEFT\"";

    @RegisterExtension
    static final Browser browser = new Browser();

    @RegisterExtension
    final PageServer pages = new PageServer();

    @RegisterExtension
    final TestServer server = new TestServer();

    @TempDir
    Path directory;

    @AfterEach
    void leave() {
        browser.leave();
    }

    private void wide(String name) throws IOException {
        take(name, 1280, 800, "light");
    }

    private void wideDark(String name) throws IOException {
        take(name, 1280, 800, "dark");
    }

    private void narrow(String name) throws IOException {
        take(name, 320, 720, "light");
    }

    private void narrowDark(String name) throws IOException {
        take(name, 320, 720, "dark");
    }

    private static void take(String name, int width, int height, String scheme) throws IOException {
        browser.showOn(width, height, scheme);
        Path folder = Path.of(Objects.requireNonNull(System.getProperty("transit.screenshots")));
        browser.photograph(folder.resolve(name + ".png"));
    }

    private Path file(String name, long size) throws IOException {
        Path file = directory.resolve(name);
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(size);
        }
        return file;
    }

    @Test
    void of_the_page_that_sends() throws IOException {
        browser.open(server.uri("/"));
        wide("send");
    }

    @Test
    void of_the_page_that_waits() throws Exception {
        browser.offer(server.uri("/"), file("film.mkv", 60_000_000));
        wide("waiting");
        browser.run("document.querySelector('main').dataset.state = 'expired'");
        wideDark("expired-dark");
        browser.open(server.uri("/?lang=de"));
        browser.find("#write").click();
        browser.find("#text").sendKeys("Der Code für die Tür ist 4711.");
        narrowDark("text-narrow-dark-german");
        browser.find("#send-text").click();
        browser.awaitText("#until", "Der Link gilt bis");
        narrowDark("waiting-narrow-dark-german");
    }

    @Test
    void of_the_page_while_bytes_flow() throws Exception {
        var link = browser.offer(server.uri("/"), file("film.mkv", 60_000_000));
        try (Curl curl = Curl.start("--limit-rate", "6M", "-o", directory.resolve("copy"), link)) {
            browser.await("document.querySelector('progress').value > 20_000_000");
            wideDark("sending-dark");
            browser.run("document.getElementById('trouble').hidden = false");
            narrow("reconnecting-narrow");
            browser.run("document.getElementById('trouble').hidden = true");
            curl.interrupt();
            browser.awaitState("paused");
            wide("receiver-away");
        }
        try (Curl curl = Curl.start("-C", "-", "-o", directory.resolve("copy"), link)) {
            assertThat(curl.exitCode()).isZero();
        }
        browser.awaitState("delivered");
        narrow("delivered-narrow");
    }

    @Test
    void of_the_page_that_sends_several_files() throws Exception {
        browser.open(server.uri("/"));
        browser.find("#file")
                .sendKeys(file("IMG_0412.jpg", 4_812_345) + "\n" + file("IMG_0413.jpg", 5_112_345) + "\n"
                        + file("notes.txt", 1_204) + "\n" + file("film.mkv", 60_000_000));
        browser.awaitText("#until", "The link works until ");
        browser.find("#many summary").click();
        wide("several-files");
        try (Curl curl = Curl.receive(browser.link() + "?file=2", directory.resolve("copy"))) {
            assertThat(curl.exitCode()).isZero();
        }
        browser.awaitState("partly");
        wide("one-of-several-delivered");
    }

    private void openOne(String state, long bytes, String reason, String expiresIn) {
        pages.offer(Offer.of(
                ONE, FileMetadata.of("Holiday film 2026.mkv", OptionalLong.of(1_400_000_000), "video/x-matroska")));
        browser.open(pages.uri("/" + ONE)).awaitState("ready");
        if (List.of("receiving", "paused", "halted", "delivered", "broken").contains(state)) {
            browser.find("#download").click();
            pages.status(ONE, "streaming", bytes);
            browser.awaitState("receiving");
        }
        switch (state) {
            case "paused", "halted" -> pages.status(ONE, "paused", bytes, reason, expiresIn);
            case "delivered", "spent" -> pages.status(ONE, "completed", bytes);
            case "broken", "gone" -> pages.status(ONE, "interrupted", bytes, reason, expiresIn);
            case "busy" -> pages.status(ONE, "streaming", bytes);
            case "rest" -> pages.rest(ONE, bytes);
            default -> {}
        }
        browser.awaitState(state);
    }

    private void both(String name) throws IOException {
        wide(name);
        narrowDark(name + "-narrow-dark");
    }

    @Test
    void of_the_page_that_receives() throws Exception {
        openOne("ready", 0, "null", "900");
        browser.find("#terminal summary").click();
        wide("receive");
        for (String state : List.of("paused", "broken", "gone")) {
            openOne(state, 560_000_000, OF_SENDER, "null");
            both("receive-" + state);
        }
        openOne("halted", 560_000_000, OF_RECEIVER, "900");
        both("receive-halted");
        for (String state : List.of("rest", "delivered", "busy", "spent")) {
            openOne(state, 1_200_000_000, "null", "null");
            both("receive-" + state);
        }
        browser.open(pages.uri("/2xqn-3h7t-vb0k-m5sd")).awaitState("absent");
        both("receive-absent");
    }

    @Test
    void of_the_page_that_receives_several_files() throws Exception {
        var photo = FileMetadata.of("IMG_0412.jpg", OptionalLong.of(4_812_345), "image/jpeg")
                .inFolder("photos/2026-08 Sicily");
        var second = FileMetadata.of("IMG_0413.jpg", OptionalLong.of(5_112_345), "image/jpeg")
                .inFolder("photos/2026-08 Sicily");
        var notes = FileMetadata.of("notes.txt", OptionalLong.of(1_204), "text/plain")
                .inFolder("photos");
        var film = FileMetadata.of("film.mkv", OptionalLong.of(84_000_000), "video/x-matroska");
        pages.offer(new Offer(SEVERAL, List.of(photo, second, notes, film), true, 1, false, Offer.DEFAULT_PATIENCE));
        browser.open(pages.uri("/" + SEVERAL)).awaitState("ready");
        wide("receive-several-ready");
        wideDark("receive-several-dark");
        narrowDark("receive-several-narrow-dark");
        browser.find(".files li:nth-child(2) button").click();
        pages.status(SEVERAL, "streaming", 9_000_000);
        browser.awaitState("receiving");
        pages.status(SEVERAL, "paused", 9_924_690, OF_RECEIVER, "900");
        browser.awaitState("ready");
        wide("receive-several-part");
        narrow("receive-several-part-narrow");
        browser.find("#download").click();
        pages.status(SEVERAL, "streaming", 30_000_000);
        browser.awaitState("receiving");
        wide("receive-several-receiving");
    }
}
