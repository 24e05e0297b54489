package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets the file, and who only something to look at. */
@Timeout(120)
class VisitorsTest {
    private static final String CHROME =
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36"
                    + "|Accept: text/html,application/xhtml+xml,*/*;q=0.8";

    /** Of each of these a bot asks for the page and the head, as a program and as a browser: 20 requests. */
    private static final List<String> TARGETS =
            List.of("/my-id", "/my-id/", "/my-id/film.mkv", "/my-id?download", "/my-id/film.mkv?download=true");

    @RegisterExtension
    final TestServer server = new TestServer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "facebookexternalhit/1.1",
                "WhatsApp/2.23.20.0 A",
                "Twitterbot/1.0",
                "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
                "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
                "LinkedInBot/1.0 (compatible; Mozilla/5.0)",
                "Mozilla/5.0 (compatible; Pinterestbot/1.0)",
                "TelegramBot (like TwitterBot)",
                "http.rb/5.1.1 (Mastodon/4.2.0; +https://mastodon.social/)",
                "Iframely/1.3.1 (+https://iframely.com/docs/about)",
                "Mozilla/5.0 (compatible; redditbot/1.0)",
                "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
                "Mozilla/5.0 (compatible; YandexBot/3.0)"
            })
    void A19_a_bot_consumes_nothing_whatever_it_asks_for(String agent) throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "film");
        for (String target : TARGETS) {
            for (String accept : new String[] {"*/*", "text/html,*/*;q=0.8"}) {
                Reply preview = server.ask("GET " + target + "|User-Agent: " + agent + "|Accept: " + accept);
                assertThat(preview.status()).isEqualTo(200);
                assertThat(preview.header("content-type")).startsWith("text/html");
                assertThat(preview.body()).contains("og:title").doesNotContain("Ready to download", "Download File");
                RawClient head = server.request("HEAD " + target + "|User-Agent: " + agent + "|Accept: " + accept);
                assertThat(head.replyToHead().status()).isEqualTo(200);
            }
        }
        assertThat(server.ask("GET /my-id|User-Agent: curl/7.88.1").body()).isEqualTo("film");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sec-Purpose: prefetch;prerender", "Purpose: prefetch", "X-Purpose: preview", "X-Moz: prefetch"})
    void A19_what_a_browser_fetches_ahead_consumes_nothing(String header) throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "film");
        assertThat(server.ask("GET /my-id?download|" + CHROME + "|" + header).body())
                .contains("og:title");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("film");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "User-Agent: curl/7.88.1|Accept: */*",
                "User-Agent: Wget/1.21.3|Accept: */*",
                "User-Agent: aria2/1.36.0|Accept: */*",
                "User-Agent: HTTPie/3.2.1|Accept: */*",
                "User-Agent: Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621",
                "User-Agent: python-requests/2.31.0|Accept: */*",
                "User-Agent: Python-urllib/3.11",
                "User-Agent: Go-http-client/1.1",
                "User-Agent: okhttp/4.12.0",
                "User-Agent: Java-http-client/21",
                "User-Agent: node",
                "User-Agent: node|Accept: */*|Sec-Fetch-Mode: cors",
                "User-Agent: libwww-perl/6.68",
                "User-Agent: axios/1.6.0|Accept: application/json, text/plain, */*"
            })
    void A18_a_tool_gets_the_file(String headers) throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "film");
        Reply file = server.ask("GET /my-id" + (headers.isEmpty() ? "" : "|" + headers));
        assertThat(file.body()).isEqualTo("film");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {CHROME, "User-Agent: Mozilla/5.0", "Accept: text/html"})
    void A18_a_browser_gets_a_page_and_the_file_at_a_click(String headers) throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "film");
        Reply page = server.ask("GET /my-id|" + headers);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("Ready to download", "Download File", "film.mkv");
        assertThat(page.header("cache-control")).contains("no-store");

        Reply file =
                server.ask("POST /my-id?download|Origin: http://" + server.host() + "|Content-Length: 0|" + headers);

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body()).isEqualTo("film");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    /** Who says what of itself: agent, Accept, Fetch Metadata; and what it gets for the link, and for the link with ?download. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // agent      | accept              | site        | dest     | link    | download
                "-            | -                   | -           | -        | file    | file",
                "-            | */*                 | -           | -        | file    | file",
                "-            | text/html           | -           | -        | page    | file",
                "-            | TEXT/HTML           | -           | -        | page    | file",
                "-            | -                   | none        | document | page    | file",
                "-            | */*                 | same-origin | empty    | page    | file",
                "MyApp/1.0    | image/*             | cross-site  | image    | page    | refused",
                "MyApp/1.0    | */*                 | -           | -        | file    | file",
                "curl/8.5.0   | text/html           | -           | -        | file    | file",
                "curlew/1.0   | text/html           | -           | -        | page    | file",
                "Wget/1.21    | text/html,*/*;q=0.8 | -           | -        | file    | file",
                "Mozilla/5.0  | -                   | -           | -        | page    | file",
                "Mozilla/5.0  | */*                 | -           | -        | page    | file",
                "Mozilla/5.0  | text/html           | cross-site  | document | page    | file",
                "Mozilla/5.0  | text/html           | same-origin | iframe   | page    | file",
                "Mozilla/5.0  | text/html           | cross-site  | iframe   | page    | refused",
                "Mozilla/5.0  | */*                 | cross-site  | empty    | page    | refused",
                "Mozilla/5.0  | */*                 | same-origin | script   | page    | refused",
                "Mozilla/5.0  | */*                 | same-origin | worker   | page    | refused",
                "Mozilla/5.0 Googlebot/2.1 | text/html | none     | document | preview | preview",
                "curl/8 WhatsApp/2 | */*            | -           | -        | preview | preview"
            })
    void A18_what_a_client_says_of_itself_decides(
            @Nullable String agent,
            @Nullable String accept,
            @Nullable String site,
            @Nullable String destination,
            String link,
            String download)
            throws Exception {
        String headers = (agent == null ? "" : "|User-Agent: " + agent)
                + (accept == null ? "" : "|Accept: " + accept)
                + (site == null ? "" : "|Sec-Fetch-Site: " + site)
                + (destination == null ? "" : "|Sec-Fetch-Dest: " + destination);
        assertThat(whatIsGot("GET /my-id" + headers)).isEqualTo(link);
        assertThat(whatIsGot("GET /my-id?download" + headers)).isEqualTo(download);
    }

    /** Offers a file and asks; whoever does not get the file has left it to the next. */
    private String whatIsGot(String head) throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "film");
        Reply reply = server.ask(head);
        String got = reply.body().equals("film") ? "file" : "refused";
        if (reply.status() == 200 && !got.equals("file")) {
            got = reply.body().contains("Ready to download") ? "page" : "preview";
        }
        if (!got.equals("file")) {
            assertThat(server.ask("GET /my-id").body()).isEqualTo("film");
        }
        assertThat(sender.reply().status()).isEqualTo(200);
        server.transfers().awaitEnded("my-id");
        return got;
    }

    @Test
    void a_browser_that_says_download_gets_the_file() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "film");
        assertThat(server.ask("GET /my-id?download=true|" + CHROME).body()).isEqualTo("film");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void a_browser_that_comes_before_its_sender_gets_a_page_that_waits() throws Exception {
        Reply page = server.ask("GET /my-id|" + CHROME);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.body()).contains("Waiting for the sender");
    }

    @Test
    void a_browser_that_comes_too_late_gets_a_page_that_says_so() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "film");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("film");
        assertThat(sender.reply().status()).isEqualTo(200);

        Reply page = server.ask("GET /my-id|" + CHROME);

        assertThat(page.status()).isEqualTo(410);
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.body()).contains("already delivered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=2-", "bytes=0-1", "bytes=-1", "bytes=0-1,3-", "lines=1-", "bytes=2-|If-Range: \"x\""})
    void A15_a_part_that_cannot_be_had_consumes_nothing(String range) throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "film");
        Reply refused = server.ask("GET /my-id|Range: " + range);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).hasLineCount(1);

        assertThat(server.ask("GET /my-id|Range: bytes=0-").body()).isEqualTo("film");
        assertThat(sender.reply().status()).isEqualTo(200);
        assertThat(server.ask("GET /my-id|Range: " + range).status()).isEqualTo(410);
        assertThat(server.ask("GET /unknown|Range: " + range).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PUT /my-id/film.mkv", "POST /", "POST /my-id?download", "GET /my-id?download", "GET /my-id"})
    void A20_a_page_of_another_site_can_neither_send_nor_receive(String request) throws Exception {
        for (String origin : new String[] {"http://evil.example", "null", "http://localhost:1"}) {
            assertThat(server.ask(request + "|Content-Length: 0|Origin: " + origin)
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void the_status_tells_how_a_transfer_stands() throws Exception {
        assertThat(server.ask("GET /api/transfers/my-id").status()).isEqualTo(404);
        RawClient sender = server.put("/my-id/" + "%E6%97%A5%22", "film");
        assertThat(server.ask("GET /api/transfers/my-id").body())
                .startsWith("{\"id\":\"my-id\",\"state\":\"waiting\",\"files\":[{\"name\":\"")
                .contains(
                        "\"size\":4,\"type\":\"application/octet-stream\"}],\"bytes\":0,\"from\":null,\"sha256\":null,\"reason\":null")
                .containsPattern("\"expiresIn\":\\d+}$");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("film");
        assertThat(sender.reply().status()).isEqualTo(200);
        assertThat(server.ask("GET /api/transfers/my-id").body()).contains("\"state\":\"completed\"", "\"bytes\":4");
    }

    @Test
    void errors_come_as_objects_to_those_who_ask_for_objects() throws Exception {
        Reply error = server.ask("GET /my-id|Accept: application/json");
        assertThat(error.status()).isEqualTo(404);
        assertThat(error.header("content-type")).contains("application/problem+json");
        assertThat(error.body()).startsWith("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,");
    }
}
