package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What either end is told when the other one cancels, leaves or comes late; each of them a page or curl. */
@Timeout(120)
class BrowserLeavesIT {
    /** Before the stall time, which would end it too; how soon it really is, docs/proofs.md says. */
    private static final Duration SOON = Duration.ofSeconds(40);

    private static final long SLOW = 1_000_000;

    /** Of which no end is seen here; it takes no room, as there is nothing in it. */
    private static final long ENDLESS = 10L << 30;

    private static final int TAKEN = 20_000_000;

    /** What the receiver's own system keeps for it. */
    private static final int HELD = 64 * 1024;

    /** That, and what the server's system keeps for the receiver: 4 MiB at most, unless its operator has said otherwise. */
    private static final int ON_ITS_WAY = 5_000_000;

    @RegisterExtension
    static final Browser sender = new Browser();

    @RegisterExtension
    static final Browser receiver = new Browser();

    @RegisterExtension
    final TestServer server = new TestServer();

    @RegisterExtension
    final TestServer impatient =
            new TestServer(HttpSettings.DEFAULT.withWaitReceiver(Duration.ofSeconds(2)), TransferLimits.DEFAULT);

    @TempDir
    Path directory;

    private Path endless;

    @BeforeEach
    void write() throws IOException {
        endless = directory.resolve("film.mkv");
        try (var file = new RandomAccessFile(endless.toFile(), "rw")) {
            file.setLength(ENDLESS);
        }
    }

    @AfterEach
    void leave() {
        sender.leave();
        receiver.leave();
    }

    private URI offer() {
        return sender.offer(server.uri("/"), endless);
    }

    /** Offers by curl, under my-id. */
    private Curl put() throws IOException {
        Curl curl = Curl.start("--limit-rate", SLOW, "-T", endless, server.uri("/my-id/"));
        server.transfers().awaitOffered("my-id");
        return curl;
    }

    /** Takes its time. */
    private static Curl get(URI link) throws IOException {
        return Curl.start("--limit-rate", SLOW, link);
    }

    private static void download(URI link) throws IOException {
        receiver.open(link).awaitState("ready");
        receiver.nameDownloadsById();
        receiver.find("#form button").click();
        receiver.awaitState("receiving");
    }

    private static void cancel() {
        sender.find("main[data-state=waiting] .link .cancel, main[data-state=sending] .last .cancel")
                .click();
        sender.awaitState("choose");
        assertThat(sender.text("#notice")).isEqualTo("Cancelled. The link does not work any more.");
    }

    /** The page says that the receiver is away, and that the same link still works. */
    private static void isPaused() {
        sender.awaitState("paused");
        assertThat(sender.title()).startsWith("Paused");
        assertThat(sender.find("#link").isDisplayed()).isTrue();
    }

    private static void isBroken(String why) {
        receiver.awaitState("broken");
        assertThat(receiver.text("#reason")).isEqualTo(why);
        assertThat(receiver.title()).startsWith("Not delivered");
    }

    @Test
    void one_who_cancels_while_waiting_is_gone_for_who_looks_at_the_link() {
        receiver.open(offer()).awaitState("ready");
        cancel();
        receiver.awaitState("gone");
    }

    @Test
    void a_page_that_cancels_fails_the_curl_that_receives() throws Exception {
        try (Curl curl = get(offer())) {
            sender.awaitState("sending");
            cancel();
            assertThat(curl.exitCode()).isNotZero();
        }
    }

    @Test
    void a_page_that_cancels_is_told_to_the_page_that_receives() throws IOException {
        receiver.throttle(SLOW);
        download(offer());
        cancel();
        isBroken("The sender cancelled it.");
    }

    @Test
    void a_curl_that_stops_sending_is_told_to_the_page_that_receives() throws Exception {
        try (Curl curl = put()) {
            download(server.uri("/my-id"));
            curl.interrupt();
            isBroken("The sender left, or lost the connection.");
        }
    }

    @Test
    void a_curl_that_stops_waiting_is_gone_for_who_looks_at_the_link() throws Exception {
        try (Curl curl = put()) {
            receiver.open(server.uri("/my-id")).awaitState("ready");
            curl.interrupt();
            receiver.awaitState("gone");
        }
    }

    @Test
    void a_curl_that_stops_receiving_is_told_to_the_page_that_sends() throws Exception {
        try (Curl curl = get(offer())) {
            sender.awaitState("sending");
            curl.interrupt();
            isPaused();
        }
    }

    @Test
    void a_download_that_is_cancelled_is_told_to_both_pages() throws Exception {
        receiver.throttle(SLOW);
        download(offer());
        receiver.cancelDownload();
        isPaused();
    }

    @Test
    void a_download_that_is_cancelled_fails_the_curl_that_sends() throws Exception {
        try (Curl curl = put()) {
            download(server.uri("/my-id"));
            receiver.cancelDownload();
            assertThat(curl.exitCode()).isNotZero();
            isBroken("The download was stopped, or the connection was lost.");
        }
    }

    @Test
    void a_sender_whose_tab_is_closed_while_it_waits_lets_go_of_its_id_soon() throws Exception {
        String id = offer().getPath().substring(1);
        Instant closed = Instant.now();
        sender.closeTab();
        server.transfers().awaitEnded(id);
        assertThat(Duration.between(closed, Instant.now())).isLessThan(SOON);

        RawClient again = server.put("/" + id + "/", "hello");
        assertThat(server.get("/" + id).reply().body()).isEqualTo("hello");
        assertThat(again.reply().status()).isEqualTo(200);
    }

    @Test
    void a_sender_who_leaves_the_page_lets_go_of_its_id_too_though_the_browser_keeps_the_page() {
        String id = offer().getPath().substring(1);
        sender.find("#copy-link").click();
        sender.open(server.uri("/health"));
        server.transfers().awaitEnded(id);
        sender.back();
        sender.awaitState("failed");
        assertThat(sender.text("#what")).isEqualTo("This page was left.");
    }

    @Test
    void a_sender_whose_tab_is_closed_while_it_sends_fails_the_receiver_soon() throws Exception {
        try (Curl curl = get(offer())) {
            sender.awaitState("sending");
            Instant closed = Instant.now();
            sender.closeTab();
            assertThat(curl.exitCode()).isNotZero();
            assertThat(Duration.between(closed, Instant.now())).isLessThan(SOON);
        }
    }

    @Test
    void who_looked_at_the_link_and_closed_the_tab_has_taken_nothing() throws Exception {
        URI link = offer();
        receiver.open(link).awaitState("ready");
        receiver.closeTab();
        assertThat(sender.find("main").getDomAttribute("data-state")).isEqualTo("waiting");
        try (Curl curl = get(link)) {
            sender.awaitState("sending");
            curl.interrupt();
            isPaused();
        }
    }

    @Test
    void a_download_outlives_the_tab_it_was_begun_in() throws Exception {
        Path file = Files.write(directory.resolve("outlives.bin"), new byte[6_000_000]);
        try (Curl curl = Curl.start("--limit-rate", 2 * SLOW, "-T", file, server.uri("/my-id/"))) {
            server.transfers().awaitOffered("my-id");
            receiver.open(server.uri("/my-id")).awaitState("ready");
            receiver.find("#form button").click();
            receiver.awaitState("receiving");
            receiver.closeTab();
            assertThat(curl.exitCode()).isZero();
            assertThat(receiver.awaitDownload("outlives.bin")).hasSize(6_000_000);
        }
    }

    @Test
    void a_page_that_is_loaded_again_shows_what_it_showed() throws Exception {
        try (Curl curl = put()) {
            receiver.open(server.uri("/my-id")).awaitState("ready");
            receiver.reload();
            receiver.awaitState("ready");
            download(server.uri("/my-id"));

            receiver.reload();
            receiver.awaitState("receiving");
            receiver.cancelDownload();
            isBroken("The download was stopped, or the connection was lost.");
            assertThat(curl.exitCode()).isNotZero();
        }
    }

    @Test
    void a_receiver_who_comes_first_waits_and_the_download_starts_by_itself() throws Exception {
        receiver.open(server.uri("/my-id")).awaitState("absent");
        assertThat(receiver.text("main")).startsWith("Waiting for the sender");
        Path file = Files.writeString(directory.resolve("hello.txt"), "hello");
        try (Curl curl = Curl.start("-T", file, server.uri("/my-id/"))) {
            receiver.awaitState("delivered");
            assertThat(receiver.awaitDownload("hello.txt")).hasContent("hello");
            assertThat(curl.exitCode()).isZero();
        }
    }

    @Test
    void a_link_that_nobody_opened_in_time_is_told_and_another_offered() throws Exception {
        sender.open(impatient.uri("/")).find("#file").sendKeys(endless.toString());
        sender.awaitState("expired");
        assertThat(sender.text("main")).contains("The link has expired", "film.mkv", "Nobody opened it in time.");
        assertThat(sender.title()).startsWith("The link has expired");
        String spent = sender.find("#link").getDomProperty("value");
        sender.find("#renew").click();
        sender.awaitState("waiting");
        assertThat(sender.find("#link").getDomProperty("value")).isNotEqualTo(spent);
    }

    @Test
    void a_server_that_shuts_down_is_told_to_both_pages() throws Exception {
        receiver.open(offer()).awaitState("ready");
        server.shutDown();
        sender.await("!document.getElementById('trouble').hidden");
        assertThat(sender.text("#trouble")).startsWith("Reconnecting…");
        assertThat(sender.title()).startsWith("Reconnecting…");
        receiver.await("!document.getElementById('offline').hidden");
    }

    @Test
    void the_page_shows_what_the_receiver_has_taken_and_no_more() throws Exception {
        Path file = directory.resolve("half.bin");
        Files.write(file, new byte[3 * TAKEN]);
        URI link = sender.offer(server.uri("/"), file);
        try (var client = RawClient.holding(HELD, link.getPort())) {
            client.send(server.head("GET " + link.getPath()));
            client.take(TAKEN);
            sender.awaitState("sending");
            // A minute is what it takes to be given up as stalled; what is on its way settles long before.
            sender.awaitText("#progress .rest", "No byte has moved for a while");
            var shown = (Long) Objects.requireNonNull(sender.run("return document.querySelector('progress').value"));
            assertThat(shown).isBetween((long) TAKEN, (long) TAKEN + ON_ITS_WAY);
            assertThat(sender.title()).startsWith(shown * 100 / (3 * TAKEN) + "\u00a0% – ");
            assertThat(server.ask("GET /api/transfers" + link.getPath()).body()).contains("\"bytes\":" + shown);
        }
        isPaused();
    }
}
