package io.transit.http;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that receives, in a browser. */
@Timeout(120)
class ReceivePageIT {
    private static final TransferId ID = new TransferId("my-id");

    @RegisterExtension
    static final Browser browser = new Browser();

    @RegisterExtension
    final PageServer server = new PageServer();

    @RegisterExtension
    final PageServer silent = new PageServer(false);

    private void openOffered() {
        server.offer(Offer.of(ID, PageServer.FILM));
        browser.open(server.uri("/my-id"));
    }

    @Test
    void it_loads_without_an_error_or_a_violation_of_its_policy() {
        openOffered();
        browser.awaitState("ready");
        assertThat(browser.text("main")).contains("Ready to download", "film.mkv", "4 bytes video/x-matroska");
        assertThat(browser.title()).isEqualTo("film.mkv – transit");
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void A20_its_button_asks_for_the_file_from_this_very_origin_with_and_without_scripts(boolean scripts)
            throws InterruptedException {
        if (!scripts) {
            browser.disableScripts();
        }
        openOffered();
        browser.find("#form button").click();

        PageServer.Download download = server.downloads().poll(30, TimeUnit.SECONDS);
        assertThat(download).isNotNull();
        ServerRequestHeaders asked = download.headers();
        URI here = server.uri("");
        // A request that a browser can repeat for the rest, or that of a form, which names its origin.
        assertThat(asked.first(HeaderNames.ORIGIN))
                .isEqualTo(scripts ? Optional.empty() : Optional.of(here.toString()));
        assertThat(asked.first(HeaderNames.create("Sec-Fetch-Site"))).contains("same-origin");
        assertThat(asked.first(HeaderNames.REFERER).orElse("")).matches("(" + here + "/my-id)?");
    }

    @Test
    void it_tells_how_far_the_download_is_and_when_it_is_over() {
        openOffered();
        browser.find("#form button").click();
        browser.awaitState("starting");

        server.status(ID, "streaming", 1);
        browser.awaitState("receiving");
        assertThat(browser.text(".amount").replace('\u00a0', ' ')).isEqualTo("1 byte of 4 bytes · 25 %");

        server.status(ID, "completed", 4);
        browser.awaitState("delivered");
        assertThat(browser.text("main")).startsWith("Delivered");
        assertThat(browser.title()).startsWith("Delivered");
    }

    @ParameterizedTest
    @CsvSource({
        "streaming, busy, Someone else is receiving this",
        "completed, spent, This link is spent",
        "interrupted, over, This link does not work any more"
    })
    void it_says_plainly_why_there_is_nothing_to_be_had(String status, String state, String words) {
        openOffered();
        server.status(ID, status, 0);
        browser.awaitState(state);
        assertThat(browser.text("main")).startsWith(words).doesNotContain("Download File");
    }

    @Test
    void it_says_that_the_sender_is_gone() {
        openOffered();
        server.status(ID, "interrupted", 0, "\"SENDER_LEFT\"", "600");
        browser.awaitState("gone");
        assertThat(browser.text("main")).startsWith("The sender is gone").contains("Ask the sender");
    }

    @Test
    void it_says_when_the_sender_lost_its_connection_and_goes_on_when_that_is_back() {
        openOffered();
        browser.find("#form button").click();
        server.status(ID, "streaming", 1);
        browser.awaitState("receiving");
        server.status(ID, "paused", 2, "\"SENDER_LEFT\"", "null");
        browser.awaitState("paused");
        assertThat(browser.text("main"))
                .startsWith("The sender is reconnecting")
                .contains("goes on by itself");

        server.status(ID, "streaming", 3);
        browser.awaitState("receiving");
    }

    @Test
    void a_download_that_stopped_can_be_begun_again_and_the_terminal_can_go_on() throws InterruptedException {
        openOffered();
        browser.find("#form button").click();
        assertThat(server.downloads().poll(30, TimeUnit.SECONDS)).isNotNull();
        server.status(ID, "streaming", 1);
        browser.awaitState("receiving");
        server.status(ID, "paused", 2, "\"RECEIVER_LEFT\"", "900");
        browser.awaitState("halted");
        assertThat(browser.text("#halted-what").replace('\u00a0', ' ')).startsWith("50 % of it had arrived");
        assertThat(browser.find("#continue").getDomProperty("value"))
                .isEqualTo("curl -C - -o film.mkv " + server.uri("/my-id"));

        browser.find("#again").click();
        browser.awaitState("starting");
        assertThat(server.downloads().poll(30, TimeUnit.SECONDS)).isNotNull();
        server.status(ID, "completed", 4);
        browser.awaitState("delivered");
    }

    @Test
    void of_a_rest_there_is_no_download_but_the_command_that_adds_it_to_the_beginning() {
        openOffered();
        server.status(ID, "interrupted", 2, "\"SENDER_LEFT\"", "600");
        browser.awaitState("gone");
        server.rest(ID, 2);
        browser.awaitState("rest");
        assertThat(browser.text("main"))
                .startsWith("Only the rest is being sent")
                .contains("film.mkv", "goes on where it was")
                .doesNotContain("Download File");
        assertThat(browser.find("#rest-command").getDomProperty("value"))
                .isEqualTo("curl -C - -o film.mkv " + server.uri("/my-id"));
        server.status(ID, "waiting", 0);
        browser.awaitState("ready");
    }

    @Test
    void a_download_that_did_not_finish_may_be_gone_on_with_by_the_browser_or_sent_anew() {
        openOffered();
        browser.find("#form button").click();
        server.status(ID, "streaming", 1);
        browser.awaitState("receiving");
        server.status(ID, "interrupted", 2, "\"SENDER_LEFT\"", "600");
        browser.awaitState("broken");
        server.rest(ID, 2);
        browser.awaitState("rest");
        server.status(ID, "streaming", 3);
        browser.awaitState("receiving");
        server.status(ID, "interrupted", 3, "\"SENDER_LEFT\"", "600");
        browser.awaitState("broken");
        server.status(ID, "waiting", 0);
        browser.awaitState("ready");
    }

    @Test
    void one_who_stays_when_the_server_gives_the_file_to_another_sees_so() throws InterruptedException {
        openOffered();
        server.refuse();
        browser.find("#form button").click();
        assertThat(server.downloads().poll(30, TimeUnit.SECONDS)).isNotNull();
        server.status(ID, "streaming", 1);
        browser.awaitState("busy");
        assertThat(browser.text("main")).startsWith("Someone else is receiving this");
    }

    private static Offer several() {
        var photo = FileMetadata.of("a & b.jpg", OptionalLong.of(2_000_000), "image/jpeg")
                .inFolder("holidays");
        return new Offer(ID, List.of(photo, PageServer.FILM, photo), true, 1, false, Offer.DEFAULT_PATIENCE);
    }

    private String marks() {
        return browser.findAll(".files li").stream()
                .map(row -> row.getDomAttribute("data-mark"))
                .map(mark -> mark == null || mark.isEmpty() ? "-" : mark)
                .collect(joining(" "));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_several_files_each_can_be_had_with_and_without_scripts(boolean scripts) throws InterruptedException {
        if (!scripts) {
            browser.disableScripts();
        }
        server.offer(several());
        browser.open(server.uri("/my-id"));
        assertThat(browser.text("main").replace('\u00a0', ' '))
                .startsWith("Ready to download")
                .contains("3 files", "4 MB", "holidays/a & b.jpg", "2 MB image/jpeg", "film.mkv");
        browser.find(".files li:nth-child(2) button").click();
        PageServer.Download download = server.downloads().poll(30, TimeUnit.SECONDS);
        assertThat(download).isNotNull();
        assertThat(download.query()).containsKey("download").containsEntry("file", List.of("2"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_several_files_the_button_gets_the_zip_with_and_without_scripts(boolean scripts)
            throws InterruptedException {
        if (!scripts) {
            browser.disableScripts();
        }
        server.offer(several());
        browser.open(server.uri("/my-id")).find("#download").click();
        PageServer.Download download = server.downloads().poll(30, TimeUnit.SECONDS);
        assertThat(download).isNotNull();
        assertThat(download.query()).containsKey("download").containsEntry("format", List.of("zip"));
    }

    @Test
    void it_tells_of_several_files_which_are_there_and_which_is_on_its_way() {
        server.offer(several());
        browser.open(server.uri("/my-id")).awaitState("ready");
        assertThat(browser.title()).isEqualTo("3 files – transit");
        browser.find(".files li:nth-child(2) button").click();
        server.status(ID, "streaming", 2_000_002);
        browser.awaitState("receiving");
        assertThat(marks()).isEqualTo("- here -");
        assertThat(browser.text(".amount").replace('\u00a0', ' ')).isEqualTo("2 bytes of 4 bytes · 50 %");
        server.status(ID, "paused", 2_000_004, "\"RECEIVER_LEFT\"", "900");
        browser.awaitState("ready");
        assertThat(marks()).isEqualTo("- had -");

        browser.reload();
        browser.await("document.querySelector('.files [data-mark=had]')");
        assertThat(marks()).isEqualTo("- had -");

        browser.find("#download").click();
        server.status(ID, "streaming", 2_000_010);
        browser.awaitState("receiving");
        assertThat(marks()).isEqualTo("had had here");
        server.status(ID, "completed", 4_000_004);
        browser.awaitState("delivered");
        assertThat(marks()).isEqualTo("had had had");
    }

    @Test
    void all_of_a_long_list_can_be_seen() {
        List<FileMetadata> many =
                Stream.generate(() -> PageServer.FILM).limit(1_000).toList();
        server.offer(new Offer(ID, many, true, 1, false, Offer.DEFAULT_PATIENCE));
        browser.open(server.uri("/my-id")).awaitText("#more", "Show the other 800");
        browser.find("#more").click();
        browser.await("document.querySelectorAll('.files li').length === 1000");
        assertThat(browser.find("#more").isDisplayed()).isFalse();
    }

    @Test
    void it_can_be_read_in_German() {
        server.offer(several());
        browser.open(server.uri("/my-id?lang=de")).awaitText("#download", "Alle als Zip");
        assertThat(browser.text("main")).startsWith("Bereit zum Herunterladen").contains("3 Dateien");
        assertThat(browser.find(".files button").getDomAttribute("aria-label"))
                .isEqualTo("holidays/a & b.jpg herunterladen");
    }

    @Test
    void where_no_events_come_through_it_asks() {
        silent.offer(Offer.of(ID, PageServer.FILM));
        browser.open(silent.uri("/my-id")).awaitState("ready");
        silent.status(ID, "streaming", 1);
        browser.awaitState("busy");
        silent.status(ID, "paused", 1, "\"RECEIVER_LEFT\"", "900");
        browser.awaitState("ready");
    }

    @Test
    void it_says_when_the_download_was_cut_and_that_what_was_saved_is_not_the_file() {
        openOffered();
        browser.find("#form button").click();
        server.status(ID, "interrupted", 2);
        browser.awaitState("broken");
        assertThat(browser.text("main"))
                .startsWith("The download did not finish")
                .contains("not the whole file");
    }

    @Test
    void it_notices_that_the_sender_left() {
        openOffered();
        browser.awaitState("ready");
        server.forget(ID);
        browser.awaitState("gone");
        assertThat(browser.text("#said")).isEqualTo("The sender is gone.");
    }

    @Test
    void it_waits_for_a_sender_who_is_not_there_yet_and_then_starts_by_itself() throws InterruptedException {
        browser.open(server.uri("/my-id"));
        browser.awaitState("absent");
        assertThat(browser.text("main")).startsWith("Waiting for the sender");

        server.status(ID, "waiting", 0);
        browser.awaitState("starting");
        assertThat(server.downloads().poll(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(browser.text("main")).contains("film.mkv", "4 bytes video/x-matroska");
    }

    @Test
    void it_says_that_the_server_cannot_be_reached_and_goes_on_when_it_can() {
        openOffered();
        browser.awaitState("ready");
        int port = server.port();
        server.stop();
        browser.await("!document.getElementById('offline').hidden");
        assertThat(browser.text("#offline")).isEqualTo("The server cannot be reached. This page keeps trying.");

        server.startAgain(port);
        browser.await("document.getElementById('offline').hidden");
        assertThat(browser.text("main")).startsWith("Ready to download");
    }

    @Test
    void A4_A7_a_hostile_name_is_text_and_stands_for_itself() {
        String name = "it's &lt;b&gt; & `x` تقرير.pdf";
        server.offer(Offer.of(
                ID, FileMetadata.of(name, OptionalLong.of(4), "text/x; a=\"</title><script>alert(1)</script>\"")));
        browser.open(server.uri("/my-id"));
        assertThat(browser.text("#name")).isEqualTo(name);
        assertThat(browser.find("#name").getTagName()).isEqualTo("bdi");
        assertThat(browser.findAll("main b, script:not([src])")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void all_of_it_can_be_read_and_touched(String scheme) {
        browser.resize(320);
        browser.prefer(scheme);
        openOffered();
        for (String state : List.of(
                "ready",
                "absent",
                "receiving",
                "paused",
                "halted",
                "rest",
                "delivered",
                "busy",
                "gone",
                "spent",
                "over",
                "broken")) {
            browser.run("document.querySelector('main').dataset.state = arguments[0]", state);
            assertThat(browser.hardToUse()).as("in the state %s", state).isEmpty();
        }
    }

    @Test
    void it_fits_a_narrow_screen_whatever_the_name() {
        browser.resize(320);
        server.offer(
                Offer.of(ID, FileMetadata.of("w".repeat(150) + ".mkv", OptionalLong.of(4), "x/" + "y".repeat(200))));
        browser.open(server.uri("/my-id"));
        assertThat(browser.isScrolledSideways()).isFalse();
    }
}
