package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
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

        ServerRequestHeaders asked = server.downloads().poll(30, TimeUnit.SECONDS);
        assertThat(asked).isNotNull();
        URI here = server.uri("");
        assertThat(asked.first(HeaderNames.ORIGIN)).contains(here.toString());
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
        "interrupted, gone, The sender is gone"
    })
    void it_says_plainly_why_there_is_nothing_to_be_had(String status, String state, String words) {
        openOffered();
        server.status(ID, status, 0);
        browser.awaitState(state);
        assertThat(browser.text("main")).startsWith(words).doesNotContain("Download File");
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
        for (String state : List.of("ready", "absent", "receiving", "delivered", "busy", "gone", "spent", "broken")) {
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
