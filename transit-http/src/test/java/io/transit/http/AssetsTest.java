package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AssetsTest {
    private static final Pattern IMPORTED = Pattern.compile("(?:from|new URL\\() ?'(\\./)?([^']+\\.js)'");

    @RegisterExtension
    final PageServer server = new PageServer();

    private Reply ask(String method, String path, String... headers) throws IOException {
        try (var client = new RawClient(server.port())) {
            client.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", headers) + "\r\n");
            return method.equals("HEAD") ? client.replyToHead() : client.reply();
        }
    }

    private String path(String name) {
        return server.assets().path() + name;
    }

    @ParameterizedTest
    @CsvSource({
        "send.js, javascript",
        "words/de.js, javascript",
        "page.css, text/css",
        "icon.svg, image/svg+xml",
        "icon-180.png, image/png"
    })
    void one_of_this_version_may_be_kept_for_ever(String name, String type) throws IOException {
        for (String method : new String[] {"GET", "HEAD"}) {
            Reply reply = ask(method, path(name));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).contains(type);
            assertThat(reply.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self'");
            assertThat(reply.header("Content-Length")).isNotEqualTo("0");
        }
        assertThat(ask("GET", path(name)).body().getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(resource(name));
    }

    @Test
    void one_of_another_version_is_answered_with_this_one_and_not_kept() throws IOException {
        Reply reply = ask("GET", "/assets/0123456789abcdef/send.js");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no.js", "send.js/", "../page/send.html", "%2e%2e/page/send.html", "..%2fpage/x"})
    void nothing_else_is_to_be_had_and_that_is_not_kept(String name) throws IOException {
        Reply reply = ask("GET", path(name));
        assertThat(reply.status()).isIn(400, 404);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void A12_a_body_is_refused_and_not_taken_for_the_next_request() throws IOException {
        try (var client = new RawClient(server.port())) {
            client.send("GET " + path("send.js")
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 29\r\n\r\nGET / HTTP/1.1\r\nHost: none\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(400);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void A15_a_part_is_never_answered_with_other_bytes() throws IOException {
        assertThat(ask("GET", path("send.js"), "Range: bytes=5-9\r\n").status()).isEqualTo(416);
    }

    @Test
    void one_that_is_known_is_not_sent_again_and_the_connection_goes_on() throws IOException {
        String tag = ask("GET", path("send.js")).header("ETag");
        try (var client = new RawClient(server.port())) {
            client.send(
                    "GET " + path("send.js") + " HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + tag + "\r\n\r\n");
            client.send("GET " + path("icon.svg") + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.replyToHead().status()).isEqualTo(304);
            assertThat(client.reply().body()).startsWith("<svg");
        }
    }

    @Test
    void every_file_is_listed_and_each_imports_only_what_is_there() throws IOException {
        Path web = Path.of("src", "main", "resources", "io", "transit", "http", "web");
        try (Stream<Path> files = Files.walk(web)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> web.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(Assets.NAMES);
        }
        for (String name : Assets.NAMES) {
            String text = new String(resource(name), StandardCharsets.UTF_8);
            assertThat(IMPORTED.matcher(text).results().map(match -> match.group(2)))
                    .isSubsetOf(Assets.NAMES);
            assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                    .as("%s names no other host", name)
                    .doesNotContainPattern("https?://");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "receive"})
    void all_that_a_page_loads_in_any_language_is_at_most_100_KiB(String page) throws IOException {
        Set<String> loaded = new TreeSet<>(Set.of("page.css", "icon.svg", "icon-180.png"));
        load(page + ".js", loaded);
        long bytes = Template.named(page + ".html").text().getBytes(StandardCharsets.UTF_8).length;
        for (String name : loaded) {
            bytes += resource(name).length;
        }
        long translation = 0;
        for (String name : Assets.NAMES) {
            translation = Math.max(translation, name.startsWith("words/") ? resource(name).length : 0);
        }
        assertThat(loaded).contains("words.js", "words/en.js");
        assertThat(bytes + translation).isLessThanOrEqualTo(100 * 1024);
    }

    /** Adds a script, and what that needs. */
    private static void load(String name, Set<String> loaded) throws IOException {
        if (loaded.add(name)) {
            String text = new String(resource(name), StandardCharsets.UTF_8);
            for (MatchResult needed : IMPORTED.matcher(text).results().toList()) {
                load(needed.group(2), loaded);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "favicon.ico, image/svg+xml, <svg",
        "robots.txt, text/plain; charset=utf-8, Disallow: /api/",
        "manifest.webmanifest, application/manifest+json, icon.svg",
        "manifest.webmanifest, application/manifest+json, '\"action\": \"assets/shared/\"'"
    })
    void what_browsers_and_robots_look_for_is_there(String name, String type, String text) throws IOException {
        Reply reply = ask("GET", "/" + name);
        assertThat(reply.header("Content-Type")).isEqualTo(type);
        assertThat(reply.header("Cache-Control")).isEqualTo("public, max-age=86400");
        assertThat(reply.body()).contains(text).doesNotContain("{{");
        assertThat(server.assets().wellKnown("film.mkv")).isEmpty();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = AssetsTest.class.getResourceAsStream("web/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
