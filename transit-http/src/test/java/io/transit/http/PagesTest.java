package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PagesTest {
    private static final String BASE = "/under/here/";
    private static final TransferId ID = new TransferId("my-id");
    private static final Assets ASSETS = new Assets(new BasePath(BASE));
    private static final Pages PAGES = new Pages(new BasePath(BASE), ASSETS);

    private static Offer offer(String name, long size, String type) {
        return Offer.of(ID, FileMetadata.of(name, OptionalLong.of(size), type));
    }

    private static Map<String, Page> all() {
        Offer film = offer("film.mkv", 1_400_000_000, "video/x-matroska");
        return Map.of(
                "send", PAGES.send(),
                "receive", PAGES.receive(film),
                "receive later", PAGES.receive(ID),
                "preview", PAGES.preview("https://transit.example/my-id", film),
                "preview of nothing", PAGES.preview("https://transit.example/my-id"),
                "error", PAGES.error(Status.GONE_410, "the sender left"));
    }

    static Stream<String> names() {
        return all().keySet().stream();
    }

    private static Page page(String name) {
        return Objects.requireNonNull(all().get(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void A21_its_headers_let_it_do_what_was_meant_and_nothing_else(String name) {
        var headers = page(name).headers();
        Map.of(
                        "Content-Type", "text/html; charset=utf-8",
                        "X-Content-Type-Options", "nosniff",
                        "Referrer-Policy", "no-referrer",
                        "Cross-Origin-Opener-Policy", "same-origin",
                        "Cross-Origin-Resource-Policy", "same-origin")
                .forEach((header, value) -> assertThat(headers.first(HeaderNames.create(header)))
                        .as(header)
                        .contains(value));
        assertThat(headers.get(HeaderNames.create("Content-Security-Policy")).get())
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
                        + "connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-src 'self'; "
                        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(headers.get(HeaderNames.create("Permissions-Policy")).get()).contains("camera=()", "geolocation=()");
    }

    @ParameterizedTest
    @MethodSource("names")
    void A22_no_cache_keeps_a_page_that_carries_an_id_and_no_search_finds_it(String name) {
        var headers = page(name).headers();
        if (name.equals("send")) {
            assertThat(headers.first(HeaderNames.CACHE_CONTROL)).contains("no-cache");
        } else {
            assertThat(headers.first(HeaderNames.CACHE_CONTROL)).contains("no-store");
            assertThat(headers.first(HeaderNames.create("X-Robots-Tag"))).contains("noindex");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothing_in_it_is_inline_and_all_of_it_is_under_the_base(String name) {
        String html = page(name).text();
        assertThat(html)
                .startsWith("<!doctype html>\n<html lang=\"en\"")
                .doesNotContain("{{", "<style", " style=", "javascript:")
                .doesNotContainPattern("(?i)\\son[a-z]+=")
                .doesNotContainPattern("<script(?![^>]* src=)");
        Pattern.compile(" (?:href|src|action)=\"([^\"]*)\"")
                .matcher(html)
                .results()
                .forEach(address -> assertThat(address.group(1)).startsWith(BASE));
    }

    @Test
    void the_receiving_page_says_what_there_is_and_downloads_without_a_script() {
        assertThat(PAGES.receive(offer("film.mkv", 1_400_000_000, "video/x-matroska; codecs=av1"))
                        .text())
                .contains("Ready to download", "Download File")
                .contains("<title>film.mkv – transit</title>")
                .contains("<bdi id=\"name\">film.mkv</bdi>")
                .contains("<data id=\"size\" value=\"1400000000\">1.4\u00a0GB</data>")
                .contains("<span id=\"type\">video/x-matroska</span>")
                .contains("<form id=\"form\" method=\"post\" action=\"/under/here/my-id?download\">")
                .contains("<main data-state=\"ready\" data-id=\"my-id\">");
    }

    @Test
    void what_nobody_knows_of_a_file_is_not_shown() {
        assertThat(PAGES.receive(Offer.of(ID, FileMetadata.named("pipe"))).text())
                .contains("<data id=\"size\" value=\"\"></data> <span id=\"type\"></span>");
    }

    @Test
    void with_no_sender_the_receiving_page_waits_for_one() {
        assertThat(PAGES.receive(ID).text())
                .contains("<main data-state=\"absent\" data-id=\"my-id\">", "Waiting for the sender")
                .contains("Ready to download", "Download File");
    }

    @Test
    void A19_a_preview_tells_of_the_file_and_has_nothing_to_click() {
        assertThat(page("preview").text())
                .contains("<meta property=\"og:title\" content=\"film.mkv\">")
                .contains(
                        "<meta property=\"og:description\" content=\"1.4\u00a0GB. Open the link to receive this file.\">")
                .contains("<meta property=\"og:url\" content=\"https://transit.example/my-id\">")
                .doesNotContain("Ready to download", "Download File", "<form", "<script", "<a ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's & more",
                "&lt;b&gt; it&#39;s",
                "`${x}` {{base}} 'on=",
                "\u202efdp.exe",
                "تقرير.pdf",
                "$1\\$2"
            })
    void A4_A7_a_hostile_name_or_type_changes_nothing_but_the_text(String name) {
        Offer hostile = offer(name, 1, "text/x; a=\"</title><script>alert(1)</script>\"");
        Offer plain = offer("NAME", 1, "text/x");
        String cleaned = hostile.files().get(0).name();
        String escaped = new Template("{{x}}").with(Map.of("x", cleaned));

        for (var render : List.<Function<Offer, Page>>of(
                offer -> PAGES.receive(offer), offer -> PAGES.preview("https://transit.example/x", offer))) {
            assertThat(render.apply(hostile).text())
                    .isEqualTo(render.apply(plain).text().replace("NAME", escaped));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | this id is reserved | This id is reserved. | typing error",
                "404 | there is no such transfer | There is no such transfer. | ask for a new one",
                "409 | a receiver is already there | A receiver is already there. | ask for a new one",
                "410 | the sender left (SENDER_LEFT) | The sender left. | ask for a new one",
                "503 | the server is shutting down (SHUTDOWN) | The server is shutting down. | Try again",
                "500 | <b>this | &lt;b&gt;this. | ''"
            })
    void an_error_says_what_happened_and_what_to_do(int status, String why, String told, String advice) {
        assertThat(PAGES.error(Status.create(status), why).text())
                .contains("<p>" + told + "</p>", advice, Integer.toString(status), "href=\"/under/here/\"");
    }
}
