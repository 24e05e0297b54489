package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request's body, or what came in its place, is never taken for the next request. */
@Timeout(120)
class SmugglingTest {
    private static final String SECRET = "smuggled";
    private static final String INNER = "PUT /" + SECRET + "/x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";

    @RegisterExtension
    final TestServer server = new TestServer(HttpSettings.DEFAULT.withMaxSize(1_000), TransferLimits.DEFAULT);

    /** The body of each is {@link #INNER}; {@code N} is its length. */
    @ParameterizedTest
    @CsvSource({
        "409, PUT /taken/a|Content-Length: N",
        "409, PUT /taken/a|Content-Length: N|Expect: 100-continue",
        "409, PUT /taken/a|Transfer-Encoding: chunked",
        "409, PUT /taken/a|Content-Length: N|Connection: keep-alive",
        "413, PUT /my-id/a|Content-Length: 1001",
        "413, PUT /|Content-Length: 1001",
        "400, PUT /send/a|Content-Length: N",
        "400, PUT /bad.id/a|Content-Length: N",
        "400, PUT /my-id/%ff|Content-Length: N",
        "400, GET /bad.id|Content-Length: N",
        "404, GET /unknown|Content-Length: N",
        "404, GET /unknown|Transfer-Encoding: chunked",
        "200, GET /health|Content-Length: N",
        "200, GET /|Content-Length: N|Connection: keep-alive",
        "200, GET /|Transfer-Encoding: chunked",
        "405, DELETE /taken|Content-Length: N",
        "405, OPTIONS /taken|Transfer-Encoding: chunked",
        "400, PUT /my-id/a|Content-Length: 0|Content-Length: N",
        "400, PUT /my-id/a|Content-Length: N|Content-Length: N",
        "400, PUT /my-id/a|Content-Length: 0|Transfer-Encoding: chunked",
        "400, GET /|Content-Length: 0|Transfer-Encoding: chunked",
        "400, GET /|Transfer-Encoding: chunked|Content-Length: N",
        "400, GET /|Content-Length: +N",
        "501, PUT /my-id/a|Transfer-Encoding: identity",
        "501, GET /|Transfer-Encoding: gzip",
        "501, GET /|Transfer-Encoding: xchunked",
        "501, GET /|Transfer-Encoding: chunked|Transfer-Encoding: identity",
        "501, GET /|Transfer-Encoding: gzip|Transfer-Encoding: chunked",
        "501, GET /|Transfer-Encoding:"
    })
    void A12_what_is_answered_before_its_body_is_read_ends_the_connection(int status, String head) throws Exception {
        RawClient holder = server.put("/taken/a", "hello");

        RawClient client =
                server.connect().send(server.head(head.replace("N", String.valueOf(INNER.length()))) + INNER + INNER);

        Reply answer = client.reply();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(client.isAtEnd()).isTrue();
        assertThat(server.transfers().seen()).containsExactly("taken");
        server.ask("GET /taken");
        assertThat(holder.reply().status()).isEqualTo(200);
    }

    /** The library's parser answers some of these itself; what counts is that nothing is taken for a request. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "Content-Length : 0",
                "Content-Length\t: 0",
                "|Content-Length:\n0|",
                "Transfer-Encoding : chunked",
                "|Transfer-Encoding:\r\n chunked|",
                "|Transfer-Encoding: \u000bchunked|",
                "|Transfer-Encoding: chunked\u0000|",
                "|A: b\nTransfer-Encoding: chunked|",
                "|A: b\rTransfer-Encoding: chunked|",
                "| Transfer-Encoding: chunked|",
                "|\tContent-Length: 3|",
                "nocolon",
                "A B: c"
            })
    void A12_a_header_that_two_parsers_read_differently_is_400(String header) throws Exception {
        String head = "GET /unknown HTTP/1.1\r\nHost: a\r\n" + header.replace("\\n", "\n") + "\r\n\r\n";

        String answer = server.connect().send(head + INNER).rest();

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(answer.substring(1)).doesNotContain("HTTP/1.1");
        assertThat(server.transfers().seen()).isEmpty();
    }

    @Test
    void A12_what_follows_a_body_of_known_length_is_dropped_with_the_connection() throws Exception {
        RawClient sender = server.put("/my-id/a", "hello");
        sender.send(INNER);

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");

        assertThat(sender.reply().status()).isEqualTo(200);
        assertThat(sender.isAtEnd()).isTrue();
        assertThat(server.transfers().seen()).containsExactly("my-id");
    }

    @Test
    void A12_what_follows_the_last_chunk_is_dropped_with_the_connection() throws Exception {
        RawClient sender = server.putChunked("/my-id/a", "5\r\nhello\r\n0\r\n\r\n" + INNER);

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");

        assertThat(sender.reply().status()).isEqualTo(200);
        assertThat(sender.isAtEnd()).isTrue();
        assertThat(server.transfers().seen()).containsExactly("my-id");
    }

    @Test
    void A12_what_follows_a_sender_that_was_cut_is_dropped_with_the_connection() throws Exception {
        RawClient sender = server.putChunked("/my-id/a", "5\r\nhelloXX" + INNER + INNER);

        assertThat(server.ask("GET /my-id").whole()).isFalse();

        assertThat(sender.reply().status()).isEqualTo(400);
        assertThat(sender.isAtEnd()).isTrue();
        assertThat(server.transfers().seen()).containsExactly("my-id");
    }
}
