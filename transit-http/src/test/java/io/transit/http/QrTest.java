package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link is a QR code too, for whoever asks for it and for whoever sends from a terminal. */
@Timeout(120)
class QrTest {
    private static final String FIREFOX =
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    @RegisterExtension
    final TestServer server = new TestServer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/transfers/my-id/qr|User-Agent: curl/8.5.0|Accept: */*",
                "GET /api/transfers/my-id/qr",
                "GET /api/transfers/my-id/qr?format=text|" + FIREFOX,
                "GET /api/transfers/my-id/qr?format=text|Accept: image/*"
            })
    void a_terminal_gets_text(String head) throws Exception {
        Reply answer = server.ask(head);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(utf8(answer))
                .isEqualTo(code("http://" + server.host() + "/my-id").text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/transfers/my-id/qr|" + FIREFOX,
                "GET /api/transfers/my-id/qr|Accept: image/*",
                "GET /api/transfers/my-id/qr|Accept: image/avif,image/webp,image/svg+xml,*/*;q=0.8",
                "GET /api/transfers/my-id/qr?format=svg",
                "GET /api/transfers/my-id/qr?format=svg|User-Agent: curl/8.5.0|Accept: */*"
            })
    void a_browser_gets_a_drawing_that_can_do_nothing(String head) throws Exception {
        Reply answer = server.ask(head);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(answer.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(utf8(answer))
                .isEqualTo(code("http://" + server.host() + "/my-id").svg());
    }

    @Test
    void the_link_in_it_has_the_host_that_was_asked() throws Exception {
        Reply answer = server.connect()
                .send("GET /api/transfers/my-id/qr HTTP/1.1\r\nHost: transit.example:81\r\n\r\n")
                .reply();
        assertThat(utf8(answer))
                .isEqualTo(code("http://transit.example:81/my-id").text());
    }

    @Test
    void it_consumes_nothing() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "hello");
        assertThat(server.ask("GET /api/transfers/my-id/qr").status()).isEqualTo(200);
        assertThat(server.ask("GET /api/transfers/my-id/qr?download").status()).isEqualTo(200);
        Reply head = server.request("HEAD /api/transfers/my-id/qr?format=svg").replyToHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("image/svg+xml");

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/transfers/bad.id/qr",
                "GET /api/transfers/bad%20id/qr",
                "GET /api/transfers/health/qr",
                "GET /api/transfers//qr",
                "GET /api/transfers/my-id/qr?format=png"
            })
    void what_can_be_no_link_or_no_format_is_400(String head) throws Exception {
        assertThat(server.ask(head).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/transfers/my-id/qr.svg",
                "GET /api/transfers/my-id/qr/",
                "GET /api/transfers/my-id/",
                "GET /api/transfers/my-id/QR"
            })
    void what_is_none_of_it_is_404(String head) throws Exception {
        assertThat(server.ask(head).status()).isEqualTo(404);
    }

    @Test
    void a_link_that_no_code_can_hold_is_400_and_no_failure_of_ours() throws Exception {
        String head = "GET /api/transfers/my-id/qr HTTP/1.1\r\nHost: " + "a".repeat(4000) + "\r\n\r\n";
        assertThat(server.connect().send(head).reply().status()).isEqualTo(400);

        RawClient sender = server.connect().send(head.replace("GET /api/transfers/my-id/qr", "PUT /my-id/a?progress"));
        assertThat(sender.awaitBody("Waiting").body()).doesNotContain("\u001b");
        assertThat(server.ask("GET /my-id").status()).isEqualTo(200);
        assertThat(sender.reply().lastLine()).startsWith("Delivered");
    }

    @Test
    void the_live_text_shows_it_below_the_link_and_the_command() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv?progress", "hello");
        sender.awaitBody("Waiting for the receiver.");
        assertThat(server.ask("GET /my-id").status()).isEqualTo(200);

        String link = "http://" + server.host() + "/my-id";
        assertThat(utf8(sender.reply()))
                .startsWith(link + "\n\nReceive it with:  curl -OJ " + link + "\nIf it breaks off:  curl -C ")
                .contains("'\n" + code(link).text() + "Waiting for the receiver.");
    }

    @Test
    void the_live_text_does_without_it_where_that_is_asked_for() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv?progress&qr=0", "hello");
        sender.awaitBody("Waiting for the receiver.");
        assertThat(server.ask("GET /my-id").status()).isEqualTo(200);

        assertThat(sender.reply().body()).matches("[ -~\n]+").contains("Receive it with");
    }

    private static String utf8(Reply reply) {
        return new String(reply.bytes(), StandardCharsets.UTF_8);
    }

    private static QrImage code(String link) {
        return QrImage.of(link).orElseThrow();
    }
}
