package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request without a body that is answered in short leaves its connection to the next one. */
@Timeout(120)
class KeepAliveTest {
    @RegisterExtension
    final TestServer server = new TestServer();

    @Test
    void small_answers_keep_the_connection() throws Exception {
        RawClient client = server.connect();
        for (int i = 0; i < 5; i++) {
            assertThat(client.send(server.head("GET /health")).reply().status()).isEqualTo(200);
            assertThat(client.send(server.head("GET /")).reply().status()).isEqualTo(200);
            assertThat(client.send(server.head("GET /unknown")).reply().status())
                    .isEqualTo(404);
            assertThat(client.send(server.head("GET /bad.id")).reply().status()).isEqualTo(400);
            assertThat(client.send(server.head("DELETE /my-id")).reply().status())
                    .isEqualTo(405);
        }
    }

    @Test
    void so_does_the_refusal_of_an_offer_without_a_body() throws Exception {
        server.request("PUT /my-id/a|Content-Length: 1");
        server.transfers().awaitOffered("my-id");

        RawClient client = server.connect().send(server.head("PUT /my-id/b") + server.head("GET /health"));

        Reply refusal = client.reply();
        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.header("Connection")).isEqualTo("keep-alive");
        assertThat(client.reply().status()).isEqualTo(200);
    }

    @Test
    void requests_may_come_before_the_answers() throws Exception {
        RawClient client = server.connect()
                .send(server.head("GET /health") + server.head("GET /unknown") + server.head("GET /health"));
        assertThat(client.reply().status()).isEqualTo(200);
        assertThat(client.reply().status()).isEqualTo(404);
        assertThat(client.reply().status()).isEqualTo(200);
    }

    @Test
    void a_file_may_be_asked_for_and_offered_on_a_connection_that_was_used_before() throws Exception {
        RawClient sender = server.connect();
        assertThat(sender.send(server.head("GET /health")).reply().status()).isEqualTo(200);
        sender.send(server.head("PUT /my-id/a|Transfer-Encoding: chunked"));
        server.transfers().awaitOffered("my-id");
        sender.send("5\r\nhello\r\n0\r\n\r\n");

        RawClient receiver = server.connect();
        assertThat(receiver.send(server.head("GET /unknown")).reply().status()).isEqualTo(404);
        assertThat(receiver.send(server.head("GET /my-id")).reply().body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "Close", "keep-alive, close"})
    void who_asks_for_the_end_of_the_connection_gets_it(String option) throws Exception {
        for (String path : List.of("/", "/health", "/unknown")) {
            RawClient client = server.request("GET " + path + "|Connection: " + option);
            assertThat(client.reply().header("Connection")).isEqualTo("close");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void what_comes_behind_the_last_request_is_none() throws Exception {
        RawClient client =
                server.connect().send(server.head("GET /health|Connection: close") + server.head("GET /health"));
        assertThat(client.reply().status()).isEqualTo(200);
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void a_head_that_cannot_be_read_is_answered_though_it_is_still_being_sent() throws Exception {
        RawClient client = server.connect().send("GET / HTTP/1.1\r\nHost: localhost\r\n");
        client.send(("X-Much: " + "x".repeat(1_000) + "\r\n").repeat(2_000));
        assertThat(client.reply().status()).isEqualTo(431);
        assertThat(client.isAtEnd()).isTrue();
    }
}
