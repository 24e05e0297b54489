package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.transit.core.FileMetadata;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    private static final FileMetadata FILM =
            FileMetadata.of("film.mkv", OptionalLong.of(1_400_000_000), "video/x-matroska");
    private static final String LINK = "https://transit.example/my-id";

    private static Page receive(Offer offer) {
        return PAGES.receive(LINK, PageServer.waiting(offer), false);
    }

    private static Page receive(TransferState state) {
        Offer film = offer("film.mkv", 4, "video/x-matroska");
        var status = new TransferStatus(ID, state, film.files(), Optional.empty(), Optional.empty());
        return PAGES.receive(LINK, status, false);
    }

    private static Offer several(FileMetadata... files) {
        return new Offer(ID, List.of(files), true, 1, false, Offer.DEFAULT_PATIENCE);
    }

    private static FileMetadata file(String path, long size, String type) {
        int slash = path.lastIndexOf('/');
        return FileMetadata.of(path, OptionalLong.of(size), type).inFolder(slash < 0 ? "" : path.substring(0, slash));
    }

    private static Offer offer(String name, long size, String type) {
        return Offer.of(ID, FileMetadata.of(name, OptionalLong.of(size), type));
    }

    private static Map<String, Page> all() {
        Offer film = Offer.of(ID, FILM);
        return Map.of(
                "send", PAGES.send(),
                "receive", receive(film),
                "receive several", receive(several(FILM, FILM)),
                "receive later", PAGES.receive(LINK, ID),
                "preview", PAGES.preview(LINK, film),
                "preview of nothing", PAGES.preview(LINK),
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
        Pattern.compile(" (?:href|src|(?:form)?action)=\"([^\"]*)\"")
                .matcher(html)
                .results()
                .filter(address -> !address.group(1).startsWith("&amp;"))
                .forEach(address -> assertThat(address.group(1)).startsWith(BASE));
    }

    @Test
    void the_receiving_page_says_what_there_is_and_downloads_without_a_script() {
        assertThat(receive(offer("film.mkv", 1_400_000_000, "video/x-matroska; codecs=av1"))
                        .text())
                .contains("Ready to download", "Download File")
                .contains("<title>film.mkv – transit</title>")
                .contains("<bdi id=\"name\">film.mkv</bdi>")
                .contains("<data id=\"size\" value=\"1400000000\">1.4\u00a0GB</data>")
                .contains("<span id=\"type\">video/x-matroska</span>")
                .contains("<form id=\"form\" method=\"post\" action=\"/under/here/my-id?download\">")
                .contains("<main data-state=\"ready\" data-id=\"my-id\">")
                .contains("value=\"curl -OJ https://transit.example/my-id\"");
    }

    @Test
    void of_several_files_it_has_each_and_all_without_a_script() {
        Offer offer = several(
                file("holidays/a & b.jpg", 2_000_000, "image/jpeg"), file("notes.txt", 999, FileMetadata.UNKNOWN_TYPE));
        assertThat(receive(offer).text())
                .contains("Ready to download", "<title>2 files – transit</title>", "<bdi id=\"name\">2 files</bdi>")
                .contains("<data id=\"size\" value=\"2000999\">2\u00a0MB</data> <span id=\"type\"></span>")
                .contains("formaction=\"/under/here/my-id?download&amp;format=zip\">Download all as zip</button>")
                .contains("<bdi><span class=\"folder\">holidays/</span><span class=\"base\">a &amp; b.jpg</span></bdi>")
                .contains("<span class=\"size\">2\u00a0MB</span> <span class=\"type\">image/jpeg</span>")
                .contains("formaction=\"/under/here/my-id?download&amp;file=1\"")
                .contains("formaction=\"/under/here/my-id?download&amp;file=2\" aria-label=\"Download notes.txt\"")
                .doesNotContain("file=3");
    }

    @Test
    void a_long_list_is_cut_and_says_how_many_there_are() {
        FileMetadata[] many =
                Stream.generate(() -> FILM).limit(ReceivingPage.LISTED + 7).toArray(FileMetadata[]::new);
        assertThat(receive(several(many)).text())
                .contains("207 files", "?download&amp;file=200\"")
                .doesNotContain("file=201");
    }

    @Test
    void it_begins_in_the_state_that_the_transfer_is_in() {
        Map.of(
                        new TransferState.Offered(), "ready",
                        new TransferState.Streaming(1), "busy",
                        new TransferState.Paused(1, InterruptReason.SENDER_LEFT), "busy",
                        new TransferState.Completed(4), "spent",
                        new TransferState.Interrupted(1, InterruptReason.SENDER_LEFT), "gone",
                        new TransferState.Interrupted(1, InterruptReason.RECEIVER_LEFT), "over")
                .forEach((state, shown) -> assertThat(receive(state).text())
                        .contains("<main data-state=\"" + shown + "\" data-id=\"my-id\">"));
        var seatIsFree = new TransferStatus(
                ID,
                new TransferState.Paused(1, InterruptReason.RECEIVER_LEFT),
                List.of(FILM),
                Optional.empty(),
                Optional.of(Duration.ofMinutes(1)));
        assertThat(PAGES.receive(LINK, seatIsFree, false).text()).contains("<main data-state=\"ready\"");
        assertThat(PAGES.receive(LINK, seatIsFree, true).text()).contains("<main data-state=\"rest\"");
    }

    @Test
    void what_nobody_knows_of_a_file_is_not_shown() {
        assertThat(receive(Offer.of(ID, FileMetadata.named("pipe"))).text())
                .contains("<data id=\"size\" value=\"\"></data> <span id=\"type\"></span>");
    }

    @Test
    void with_no_sender_the_receiving_page_waits_for_one() {
        assertThat(PAGES.receive(LINK, ID).text())
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
                .contains("<meta property=\"og:image\" content=\"https://transit.example" + ASSETS.path()
                        + "icon-180.png\">")
                .doesNotContain("Ready to download", "Download File", "<form", "<script", "<a ");
        assertThat(PAGES.preview(LINK, several(FILM, FILM, FILM)).text())
                .contains("<meta property=\"og:title\" content=\"3 files\">")
                .contains("content=\"4.2\u00a0GB. Open the link to receive these files.\">");
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

        for (var render : List.<Function<Offer, Page>>of(PagesTest::receive, offer -> PAGES.preview(LINK, offer))) {
            String part = cleaned.matches("[A-Za-z0-9.]+") ? cleaned : "my-id";
            String expected = render.apply(plain).text().replace("-o NAME ", "-o " + part + " ");
            assertThat(render.apply(hostile).text()).isEqualTo(expected.replace("NAME", escaped));
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
