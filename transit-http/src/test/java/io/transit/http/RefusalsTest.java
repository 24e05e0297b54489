package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of statuses in docs/http-api.md, for requests that anyone could send at any time. */
@Timeout(120)
class RefusalsTest {
    @RegisterExtension
    final TestServer server = new TestServer(HttpSettings.DEFAULT.withMaxSize(100), TransferLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /invalid_id!",
                "GET /bad%20id",
                "GET /a.b",
                "GET /%2e%2e",
                "GET /a%2Fb",
                "GET /a%00",
                "GET /%C3%A9",
                "GET /send",
                "GET /Health/",
                "GET /robots/x",
                "GET //",
                "GET //name",
                "GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "PUT /invalid_id!/a",
                "PUT /bad%20id/a",
                "PUT /send/a",
                "PUT /API/a",
                "PUT //a",
                "PUT /a/b/c",
                "POST /bad.id/a",
                "HEAD /bad.id",
                "GET /%ff",
                "GET /%c0%af",
                "GET /id/%ff",
                "PUT /id/%ff",
                "PUT /%ff",
                "PUT /id/?name=%ff",
                "PUT /?name=%c3",
                "PUT /?name=%",
                "PUT /id/a|Content-Length: +5",
                "PUT /id/a|Content-Length: -5",
                "PUT /id/a|Content-Length: 5, 5",
                "PUT /id/a|Content-Length: 5|Content-Length: 5",
                "PUT /id/a|Content-Length: 5|content-length: 6",
                "PUT /id/a|Content-Length: 0x5",
                "PUT /id/a|Content-Length:",
                "PUT /id/a|Content-Length: 9223372036854775808",
                "PUT /id/a|Content-Length: 5|Transfer-Encoding: chunked",
                "PUT /id/a|Transfer-Encoding: chunked|Content-Length: 5",
                "GET /id|Content-Length: 5|Transfer-Encoding: chunked",
                "GET /id|Content-Length: x",
                "PUT /id/|X-Transit-Name: \u00e6\u0097\u00a5",
                "PUT /|X-Transit-Name: \u00e9.txt"
            })
    void malformed_is_400_and_says_why(String head) throws Exception {
        RawClient client = server.request(head);
        if (head.startsWith("HEAD")) {
            assertThat(client.replyToHead().status()).isEqualTo(400);
        } else {
            Reply answer = client.reply();
            assertThat(answer.status()).isEqualTo(400);
            assertOneLine(answer);
        }
        assertThat(server.transfers().seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%",
                "GET /%zz",
                "GET /a%4",
                "PUT /id/%zz",
                "GET /a|b",
                "GET /[",
                "PUT /id/\"",
                "PUT /id/?name=%zz",
                "PUT /id/?name=\u00e6\u0097\u00a5"
            })
    void what_is_no_path_is_400(String head) throws Exception {
        RawClient client = server.connect().send(head.replace('|', '\\') + " HTTP/1.1\r\nHost: a\r\n\r\n");
        Reply answer = client.reply();
        assertThat(answer.status()).isEqualTo(400);
        assertOneLine(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity", "gzip, chunked", "chunked, chunked", "xchunked", "chunked;q=1"})
    void another_transfer_coding_is_501(String coding) throws Exception {
        RawClient client = server.request("PUT /id/a|Transfer-Encoding: " + coding);
        Reply answer = client.reply();
        assertThat(answer.status()).isEqualTo(501);
        assertOneLine(answer);
        assertThat(client.isAtEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE /my-id",
                "PATCH /my-id",
                "OPTIONS /my-id",
                "OPTIONS *",
                "TRACE /",
                "FOO /",
                "CONNECT /",
                "CONNECT a:443"
            })
    void another_method_is_405_and_says_which_there_are(String head) throws Exception {
        Reply answer = server.ask(head);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow").split(", ?")).containsExactlyInAnyOrder("GET", "HEAD", "POST", "PUT");
        assertOneLine(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /unknown",
                "GET /unknown/",
                "GET /unknown/name",
                "GET /unknown?download",
                "GET /id/with/slash"
            })
    void what_is_not_there_is_404(String head) throws Exception {
        Reply answer = server.ask(head);
        assertThat(answer.status()).isEqualTo(404);
        assertOneLine(answer);
        assertThat(server.request("HEAD" + head.substring(3)).replyToHead().status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nocolon", ": nameless", "A B: c", "A: \u0000b", "Host: another"})
    void a_malformed_header_is_400(String header) throws Exception {
        Reply answer = server.ask("GET /health|" + header);
        assertThat(answer.status()).isEqualTo(400);
        assertOneLine(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G(T / HTTP/1.1",
                ",GET / HTTP/1.1",
                "GET/ HTTP/1.1",
                "GET",
                "GET /",
                "\u0000 / HTTP/1.1",
                " GET / HTTP/1.1"
            })
    void A12_a_malformed_request_line_is_400_and_no_failure_of_ours(String line) throws Exception {
        Reply answer = server.connect().send(line + "\r\nHost: a\r\n\r\n").reply();
        assertThat(answer.status()).isEqualTo(400);
        assertOneLine(answer);
    }

    @Test
    void a_request_without_a_host_is_400() throws Exception {
        Reply answer = server.connect().send("GET /health HTTP/1.1\r\n\r\n").reply();
        assertThat(answer.status()).isEqualTo(400);
        assertOneLine(answer);
    }

    @Test
    void A12_a_flood_of_headers_is_431() throws Exception {
        assertTooLarge("A: b\r\n".repeat(20_000));
    }

    @Test
    void A12_a_header_without_end_is_431() throws Exception {
        assertTooLarge("A: " + "b".repeat(20_000));
        assertTooLarge("A".repeat(20_000));
    }

    private void assertTooLarge(String headers) throws Exception {
        Reply answer = server.connect()
                .send("GET /health HTTP/1.1\r\nHost: a\r\n" + headers)
                .reply();
        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.body()).isEqualTo("the headers are too large\n");
        assertOneLine(answer);
    }

    @Test
    void a_file_over_the_limit_is_413_before_any_of_it_is_read() throws Exception {
        RawClient client = server.request("PUT /my-id/a|Content-Length: 101");
        Reply answer = client.reply();
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("100 bytes");
        assertOneLine(answer);
        assertThat(client.isAtEnd()).isTrue();
        assertThat(server.transfers().seen()).isEmpty();
    }

    @Test
    void a_file_of_the_limit_passes() throws Exception {
        RawClient sender = server.put("/my-id/a", "x".repeat(100));
        assertThat(server.ask("GET /my-id").body()).hasSize(100);
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void a_file_that_turns_out_to_be_over_the_limit_is_413_and_no_file() throws Exception {
        RawClient sender = server.putChunked("/my-id/a", "32\r\n" + "x".repeat(50) + "\r\n");
        RawClient receiver = server.get("/my-id");
        receiver.awaitBody("x");
        sender.send("33\r\n" + "x".repeat(51) + "\r\n0\r\n\r\n");

        assertThat(sender.reply().status()).isEqualTo(413);
        Reply file = receiver.reply();
        assertThat(file.whole()).isFalse();
        assertThat(file.body().length()).isLessThanOrEqualTo(100);
    }

    @Test
    void A14_an_older_version_is_505() throws Exception {
        Reply answer =
                server.connect().send("GET / HTTP/1.0\r\nHost: a\r\n\r\n").reply();
        assertThat(answer.status()).isEqualTo(505);
        assertOneLine(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/0.9", "HTTP/1.2", "HTTP/x", "http/1.1", "HTTP/1.1 ", "HTTP/1.11"})
    void A14_a_version_that_there_is_not_is_refused(String version) throws Exception {
        Reply answer = server.connect()
                .send("GET / " + version + "\r\nHost: a\r\n\r\n")
                .reply();
        assertThat(answer.status()).isIn(400, 505);
        assertOneLine(answer);
    }

    @Test
    void a_request_line_without_end_is_414() throws Exception {
        RawClient client = server.connect().send("GET /" + "a".repeat(20_000));
        Reply answer = client.reply();
        assertThat(answer.status()).isEqualTo(414);
        assertOneLine(answer);
    }

    @Test
    void who_is_refused_can_still_read_it_after_sending_much() throws Exception {
        RawClient client = server.request("PUT /send/a|Content-Length: 100000000");
        var sending = server.beside(() -> client.sendForever("x".repeat(100_000)));
        assertThat(client.reply().status()).isEqualTo(400);
        sending.get();
    }

    @Test
    void health_is_as_it_always_was() throws Exception {
        Reply answer = server.ask("GET /health");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void the_usage_names_this_host() throws Exception {
        Reply answer = server.ask("GET /");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("curl -T film.mkv http://" + server.host() + "/");
    }

    @Test
    void help_is_the_usage_for_everybody() throws Exception {
        String usage = server.ask("GET /").body();
        for (String agent : new String[] {"curl/8.5.0", "Mozilla/5.0|Accept: text/html", "Slackbot"}) {
            Reply answer = server.ask("GET /help|User-Agent: " + agent);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).startsWith("text/plain");
            assertThat(answer.body()).isEqualTo(usage);
        }
        assertThat(server.request("HEAD /help").replyToHead().status()).isEqualTo(200);
    }

    private static void assertOneLine(Reply answer) {
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(answer.body()).matches("[ -~]+\n");
    }
}
