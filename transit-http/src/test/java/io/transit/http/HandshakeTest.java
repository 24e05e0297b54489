package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may become a WebSocket, and what the others are answered; their connections end with that. */
@Timeout(120)
class HandshakeTest {
    private static final String PROPER = "|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13"
            + "|Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";

    @RegisterExtension
    final TestServer server = new TestServer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: websocket|Connection: Upgrade",
                "Upgrade: WebSocket|Connection: upgrade",
                "upgrade: WEBSOCKET|connection: UPGRADE",
                "Upgrade: h2c, websocket|Connection: keep-alive, Upgrade",
                "Upgrade: h2c|Upgrade: websocket|Connection: keep-alive|Connection: Upgrade",
                "Upgrade: websocket|Connection: Upgrade|Content-Length: 0",
                "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Protocol: transit.v2",
                "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Extensions: permessage-deflate"
            })
    void the_usual_forms_are_granted(String headers) throws Exception {
        Reply reply = server.ask("GET /receive/my-id|" + headers
                + "|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
        assertThat(reply.status()).isEqualTo(101);
        assertThat(reply.hasHeader("Sec-WebSocket-Protocol")).isFalse();
        assertThat(reply.hasHeader("Sec-WebSocket-Extensions")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "400; GET /send/bad_id",
                "400; GET /receive/bad_id",
                "400; GET /send/bad%20id",
                "400; GET /send/a%2Fb",
                "400; GET /send/%zz",
                "400; GET /send/",
                "400; GET /send/..",
                "400; GET /send/health",
                "400; GET /receive/SEND",
                "400; GET /send/0123456789012345678901234567890123456789012345678901234567890123x",
                "404; GET /send/my-id/a",
                "400; GET /send",
                "404; GET /my-id",
                "400; POST /send/my-id",
                "400; PUT /send/my-id"
            })
    void A1_other_paths_and_ids_are_refused(String status, String request) throws Exception {
        assertRefused(request + PROPER, Integer.parseInt(status));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Connection: Upgrade; Connection: keep-alive; 400",
                "|Connection: Upgrade; ''; 400",
                "Connection: Upgrade; Connection: upgraded; 400",
                "Version: 13; Version: 12; 426",
                "Version: 13; Version: 8, 13; 426",
                "Version: 13; Version: ; 426",
                "|Sec-WebSocket-Version: 13; ''; 426",
                "|Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==; ''; 400",
                "AAAAAAAAAAAAAAAAAAAAAA==; ''; 400",
                "AAAAAAAAAAAAAAAAAAAAAA==; AAAAAAAAAAAAAAAAAAAAAA; 400",
                "AAAAAAAAAAAAAAAAAAAAAA==; AAAAAAAAAAAAAAAAAAAAAAA=; 400",
                "AAAAAAAAAAAAAAAAAAAAAA==; AAAAAAAAAAAAAAAAAAAA; 400",
                "AAAAAAAAAAAAAAAAAAAAAA==; AAAAAAAAAAAAAAAAAAAAA!==; 400",
                "AAAAAAAAAAAAAAAAAAAAAA==; AAAAAAAAAAAAAAAAAAAAAA==|Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==; 400",
                "|Upgrade; |Content-Length: 5|Upgrade; 400",
                "|Upgrade; |Transfer-Encoding: chunked|Upgrade; 400",
                "|Upgrade; |Content-Length: 0|Content-Length: 0|Upgrade; 400",
                "|Upgrade; |Origin: http://elsewhere|Upgrade; 403"
            })
    void what_is_missing_or_wrong_is_named(String proper, String instead, int status) throws Exception {
        assertRefused("GET /send/my-id" + PROPER.replace(proper, instead), status);
    }

    @Test
    void who_speaks_another_version_is_told_which() throws Exception {
        Reply reply = server.ask("GET /send/my-id" + PROPER.replace("13", "7"));
        assertThat(reply.status()).isEqualTo(426);
        assertThat(reply.header("Sec-WebSocket-Version")).isEqualTo("13");
        assertThat(reply.header("Upgrade")).isEqualTo("websocket");
        assertThat(reply.header("Connection")).isEqualTo("close, upgrade");
    }

    @Test
    void nothing_behind_a_refused_handshake_is_a_request() throws Exception {
        RawClient client = server.connect()
                .send(server.head("GET /send/bad_id" + PROPER) + server.head("PUT /smuggled/|Content-Length: 0"));
        assertThat(client.reply().status()).isEqualTo(400);
        assertThat(client.isAtEnd()).isTrue();
        assertThat(server.transfers().seen()).isEmpty();
    }

    @Test
    void frames_may_come_right_behind_the_handshake() throws Exception {
        byte[] frame = RawFrames.head(0x89, 2, 0);
        RawClient client = server.connect()
                .send(server.head("GET /receive/my-id" + PROPER))
                .send(frame)
                .send("hi");
        assertThat(client.reply().status()).isEqualTo(101);
        assertThat(client.rest()).contains("File not found");
    }

    @Test
    void a_connection_may_have_served_requests_before() throws Exception {
        RawClient client = server.connect();
        assertThat(client.send(server.head("GET /health")).reply().status()).isEqualTo(200);
        assertThat(client.send(server.head("GET /receive/my-id" + PROPER))
                        .reply()
                        .status())
                .isEqualTo(101);
    }

    @ParameterizedTest
    @CsvSource({
        "http://HOST, 101",
        "https://HOST, 101",
        "HTTP://HOST, 101",
        "http://localhost, 403",
        "http://localhost:1, 403",
        "http://elsewhere, 403",
        "http://HOST.elsewhere, 403",
        "http://elsewhere/HOST, 403",
        "http://elsewhere@HOST, 403",
        "null, 403",
        "file://, 403",
        "HOST, 403"
    })
    void A20_pages_of_other_hosts_are_refused(String origin, int status) throws Exception {
        for (String path : new String[] {"/send/my-id", "/receive/my-id"}) {
            Reply reply = server.ask("GET " + path + PROPER + "|Origin: " + origin.replace("HOST", server.host()));
            assertThat(reply.status()).isEqualTo(status);
        }
    }

    private void assertRefused(String head, int status) throws Exception {
        RawClient client = server.request(head);
        Reply reply = client.reply();
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).matches("[ -~]+\n");
        assertThat(client.isAtEnd()).isTrue();
    }
}
