package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who chooses the id hears nothing until all is over, and then how. */
@Timeout(120)
class ChosenIdTest {
    @RegisterExtension
    final TestServer server = new TestServer();

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST"})
    void a_sender_is_held_and_then_told_that_all_is_delivered(String method) throws Exception {
        RawClient sender = server.request(method + " /my-id/film.mkv|Content-Length: 5");
        server.transfers().awaitOffered("my-id");
        sender.send("hello");
        assertThat(sender.heardNothing()).isTrue();

        Reply file = server.ask("GET /my-id");

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body()).isEqualTo("hello");
        assertThat(file.whole()).isTrue();
        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("Transfer complete.")
                .contains("5 bytes")
                .endsWith("\n");
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(server.transfers().awaitEnded("my-id")).isEqualTo(new TransferState.Completed(5));
    }

    @Test
    void both_connections_end_in_order() throws Exception {
        RawClient sender = server.put("/my-id/", "hello");
        RawClient receiver = server.get("/my-id");

        assertThat(receiver.reply().header("Connection")).isEqualTo("close");
        assertThat(receiver.isAtEnd()).isTrue();
        assertThat(sender.reply().header("Connection")).isEqualTo("close");
        assertThat(sender.isAtEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/my-id", "/my-id/", "/my-id/any-name.txt", "/my-id/%E6%97%A5", "/%6Dy-id", "/my-id?download"})
    void a_receiver_may_ask_for_any_name(String path) throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "hello");

        assertThat(server.ask("GET " + path).body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html; charset=utf-8, text/html; charset=utf-8",
        "image/svg+xml,            image/svg+xml",
        "nonsense,                 application/octet-stream",
        "text/,                    application/octet-stream"
    })
    void A7_a_file_comes_with_headers_that_let_nothing_of_it_run(String declared, String type) throws Exception {
        RawClient sender = server.request("PUT /my-id/page.html|Content-Length: 5|Content-Type: " + declared);
        server.transfers().awaitOffered("my-id");
        sender.send("hello");

        Reply file = server.ask("GET /my-id");

        assertThat(file.header("Content-Type")).isEqualTo(type);
        assertThat(file.header("Content-Length")).isEqualTo("5");
        assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=page.html");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
        assertThat(file.header("Cache-Control")).isEqualTo("no-store");
        assertThat(file.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void A31_a_content_encoding_is_refused_as_no_receiver_would_be_told() throws Exception {
        Reply refusal = server.ask("PUT /my-id/a.gz|Content-Length: 5|Content-Encoding: gzip");
        assertThat(refusal.status()).isEqualTo(415);
        assertThat(server.transfers().seen()).isEmpty();

        RawClient sender = server.request("PUT /my-id/a|Content-Length: 5|Content-Encoding: identity");
        server.transfers().awaitOffered("my-id");
        sender.send("hello");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void an_id_may_be_used_again() throws Exception {
        for (String payload : new String[] {"first", "second", "third"}) {
            RawClient sender = server.put("/my-id/", payload);
            assertThat(server.ask("GET /my-id").body()).isEqualTo(payload);
            assertThat(sender.reply().status()).isEqualTo(200);
            server.transfers().awaitEnded("my-id");
        }
    }

    @Test
    void with_progress_it_is_told_what_happens_while_it_happens() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv?progress", "hello");
        Reply waiting = sender.awaitBody("Waiting");
        assertThat(waiting.body()).startsWith("http://" + server.host() + "/my-id\n");

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");

        Reply answer = sender.reply();
        assertThat(answer.lastLine()).startsWith("Delivered").contains("5 bytes");
        assertThat(answer.whole()).isTrue();
    }
}
