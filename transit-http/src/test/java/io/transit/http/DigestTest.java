package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Either side may have the SHA-256 of the file computed on the way; all who look can then see it. */
@Timeout(120)
class DigestTest {
    // Made with sha256sum, and with openssl base64.
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final String HELLO_TRAILER = "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:";
    private static final String EMPTY_TRAILER = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

    @RegisterExtension
    final TestServer server = new TestServer();

    @ParameterizedTest
    @CsvSource({
        "?digest, '',      '', ''",
        "'',      '|Want-Repr-Digest: sha-256=10', '', ''",
        "'',      '|Want-Repr-Digest: sha-512=3|Want-Repr-Digest: sha-256=1', '', ''",
        "'',      '',      ?digest, ''",
        "'',      '',      ?digest=1, ''",
        "'',      '',      '', '|Want-Repr-Digest: sha-512=3, sha-256=10'",
        "?digest, '',      ?digest, '|TE: trailers'"
    })
    void either_side_may_ask_and_both_can_see_it(
            String sendQuery, String sendHeaders, String receiveQuery, String receiveHeaders) throws Exception {
        RawClient sender = server.request("PUT /my-id/a" + sendQuery + "|Content-Length: 5" + sendHeaders)
                .send("hello");
        server.transfers().awaitOffered("my-id");

        assertThat(server.ask("GET /my-id" + receiveQuery + receiveHeaders).body())
                .isEqualTo("hello");

        assertThat(sender.reply().body()).isEqualTo("Transfer complete. 5 bytes\nsha256 " + HELLO + "\n");
        assertThat(server.ask("GET /api/transfers/my-id").body()).contains("\"sha256\":\"" + HELLO + "\"");
    }

    @Test
    void the_live_text_ends_with_it() throws Exception {
        RawClient sender =
                server.request("PUT /my-id/a?progress&digest|Content-Length: 5").send("hello");
        server.transfers().awaitOffered("my-id");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");

        Reply report = sender.reply();
        assertThat(report.body()).contains("\nDelivered: 5 bytes");
        assertThat(report.lastLine()).isEqualTo("sha256 " + HELLO);
        assertThat(report.whole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "|Want-Repr-Digest: sha-512=10", "|Want-Repr-Digest: sha-256=0"})
    void nobody_gets_it_unasked(String headers) throws Exception {
        RawClient sender = server.request("PUT /my-id/a|Transfer-Encoding: chunked" + headers)
                .send("5\r\nhello\r\n0\r\n\r\n");
        server.transfers().awaitOffered("my-id");

        Reply file = server.ask("GET /my-id|TE: trailers" + headers);

        assertThat(file.whole()).isTrue();
        assertThat(file.trailers()).isEmpty();
        assertThat(file.hasHeader("Trailer")).isFalse();
        assertThat(sender.reply().body()).isEqualTo("Transfer complete. 5 bytes\n");
        assertThat(server.ask("GET /api/transfers/my-id").body()).contains("\"sha256\":null");
    }

    @ParameterizedTest
    @CsvSource({"hello, " + HELLO_TRAILER, "'', " + EMPTY_TRAILER})
    void a_receiver_that_asks_and_takes_trailers_gets_one_behind_chunks(String content, String trailer)
            throws Exception {
        RawClient sender = server.put("/my-id/a", content);

        Reply file = server.ask("GET /my-id?digest|TE: deflate;q=0.5, Trailers|Connection: TE");

        assertThat(file.body()).isEqualTo(content);
        assertThat(file.whole()).isTrue();
        assertThat(file.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(file.hasHeader("Content-Length")).isFalse();
        assertThat(file.header("Trailer")).isEqualTo("Repr-Digest");
        assertThat(file.trailers()).isEqualTo(Map.of("repr-digest", List.of(trailer)));
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "|TE: gzip", "|TE: trailers-not"})
    void one_that_takes_none_gets_the_length(String headers) throws Exception {
        RawClient sender = server.put("/my-id/a", "hello");

        Reply file = server.ask("GET /my-id?digest" + headers);

        assertThat(file.header("Content-Length")).isEqualTo("5");
        assertThat(file.hasHeader("Trailer")).isFalse();
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void what_the_sender_asked_for_follows_a_file_of_unknown_length() throws Exception {
        RawClient sender = server.putChunked("/my-id/a?digest", "5\r\nhello\r\n0\r\n\r\n");

        Reply file = server.ask("GET /my-id|TE: trailers");

        assertThat(file.body()).isEqualTo("hello");
        assertThat(file.header("Trailer")).isEqualTo("Repr-Digest");
        assertThat(file.trailers()).isEqualTo(Map.of("repr-digest", List.of(HELLO_TRAILER)));
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void it_does_not_take_the_length_from_a_receiver_that_did_not_ask() throws Exception {
        RawClient sender =
                server.request("PUT /my-id/a?digest|Content-Length: 5").send("hello");
        server.transfers().awaitOffered("my-id");

        Reply file = server.ask("GET /my-id|TE: trailers");

        assertThat(file.header("Content-Length")).isEqualTo("5");
        assertThat(file.hasHeader("Trailer")).isFalse();
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void F4_a_file_that_was_cut_short_has_neither_end_nor_trailer() throws Exception {
        RawClient sender = server.request("PUT /my-id/a|Content-Length: 10");
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.request("GET /my-id?digest|TE: trailers");
        sender.send("hello");
        receiver.awaitBody("hello");

        sender.vanish();

        Reply file = receiver.reply();
        assertThat(file.whole()).isFalse();
        assertThat(file.trailers()).isEmpty();
    }

    @Test
    void A15_a_HEAD_computes_nothing() throws Exception {
        RawClient sender = server.put("/my-id/a", "hello");
        Reply head = server.request("HEAD /my-id?digest|TE: trailers").replyToHead();
        assertThat(head.header("Content-Length")).isEqualTo("5");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().body()).isEqualTo("Transfer complete. 5 bytes\n");
    }
}
