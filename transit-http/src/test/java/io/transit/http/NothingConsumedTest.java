package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only looks at a link leaves it as it is. */
@Timeout(120)
class NothingConsumedTest {
    @RegisterExtension
    final TestServer server = new TestServer();

    @Test
    void A15_a_HEAD_tells_what_a_GET_would() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "hello");

        for (int i = 0; i < 3; i++) {
            RawClient client = server.request("HEAD /my-id");
            Reply head = client.replyToHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo("5");
            assertThat(head.header("Content-Disposition")).isEqualTo("attachment; filename=film.mkv");
            assertThat(client.isAtEnd()).isTrue();
        }

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void A15_a_HEAD_of_unknown_length_states_none_and_has_no_body() throws Exception {
        RawClient sender = server.putChunked("/my-id/", "5\r\nhello\r\n0\r\n\r\n");

        RawClient client = server.request("HEAD /my-id");
        Reply head = client.replyToHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.hasHeader("Content-Length")).isFalse();
        assertThat(client.isAtEnd()).isTrue();

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void A15_a_HEAD_while_bytes_flow_disturbs_nobody() throws Exception {
        RawClient sender = server.request("PUT /my-id/|Content-Length: 10");
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        sender.send("hello");
        receiver.awaitBody("hello");

        assertThat(server.request("HEAD /my-id").replyToHead().status()).isEqualTo(200);

        sender.send("world");
        assertThat(receiver.reply().body()).isEqualTo("helloworld");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPTIONS /my-id",
                "DELETE /my-id",
                "GET /my-id/a/b",
                "GET /my-id|Transfer-Encoding: gzip",
                "GET /my-id%2F"
            })
    void A15_what_is_refused_consumes_nothing(String head) throws Exception {
        RawClient sender = server.put("/my-id/", "hello");

        assertThat(server.ask(head).status()).isBetween(400, 501);

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void F3_before_the_first_byte_there_is_no_status_so_that_a_failure_has_one() throws Exception {
        RawClient sender = server.request("PUT /my-id/|Content-Length: 5");
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        server.transfers().awaitClaimed("my-id");
        assertThat(receiver.heardNothing()).isTrue();

        sender.vanish();

        Reply answer = receiver.reply();
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.body()).matches("[ -~]+\n").contains("SENDER_LEFT");
    }

    @Test
    void an_empty_file_has_its_status_with_DONE() throws Exception {
        RawClient sender = server.request("PUT /my-id/|Transfer-Encoding: chunked");
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        server.transfers().awaitClaimed("my-id");
        assertThat(receiver.heardNothing()).isTrue();

        sender.send("0\r\n\r\n");

        Reply answer = receiver.reply();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.whole()).isTrue();
        assertThat(sender.reply().status()).isEqualTo(200);
    }
}
