package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.InterruptReason;
import io.transit.core.TransferState;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All of it with TLS, which does not change what anybody can rely on. */
@Timeout(120)
class EncryptedTest {
    private static final SelfSigned TLS = SelfSigned.create();
    private static final int SIZE = 3_000_000;

    @RegisterExtension
    final TestServer server = TestServer.encrypted(TLS);

    @Test
    void links_begin_with_https_and_browsers_are_told_to_stay_with_it() throws Exception {
        Reply answer = server.ask("GET /");
        assertThat(answer.body()).contains("https://" + server.host() + "/").doesNotContain("http://");
        assertThat(answer.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    }

    @Test
    void a_connection_is_kept_for_the_next_request() throws Exception {
        RawClient client = server.connect();
        for (int i = 0; i < 3; i++) {
            assertThat(client.send(server.head("GET /health")).reply().status()).isEqualTo(200);
        }
        assertThat(client.send(server.head("GET /health").repeat(2)).reply().status())
                .isEqualTo(200);
        assertThat(client.reply().status()).isEqualTo(200);
    }

    @Test
    void files_arrive_whole_of_known_length_and_in_chunks() throws Exception {
        String file = content(SIZE);
        RawClient plain = server.request("PUT /known/a|Content-Length: " + SIZE);
        Future<Reply> known = server.beside(() -> server.get("/known?wait=60").reply());
        assertThat(plain.send(file).reply().body()).startsWith("Transfer complete. " + SIZE);
        assertThat(known.get().body()).isEqualTo(file);

        RawClient chunks = server.request("PUT /chunked/a|Transfer-Encoding: chunked");
        Future<Reply> chunked =
                server.beside(() -> server.get("/chunked?wait=60").reply());
        chunks.send(Integer.toHexString(SIZE) + "\r\n" + file + "\r\n0\r\n\r\n");
        assertThat(chunks.reply().body()).startsWith("Transfer complete. " + SIZE);
        assertThat(chunked.get().body()).isEqualTo(file);
        assertThat(chunked.get().whole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_sender_that_vanishes_leaves_an_answer_that_is_not_whole(boolean chunked) throws Exception {
        String part = content(SIZE / 2);
        RawClient sender = chunked
                ? server.putChunked("/my-id/a", Integer.toHexString(SIZE) + "\r\n" + part)
                : server.request("PUT /my-id/a|Content-Length: " + SIZE).send(part);
        RawClient receiver = server.get("/my-id?wait=60");
        receiver.awaitBody(part.substring(0, 100));

        sender.vanish();

        Reply answer = receiver.reply();
        assertThat(answer.whole()).isFalse();
        assertThat(part).startsWith(answer.body());
        assertThat(reason("my-id")).isEqualTo(InterruptReason.SENDER_LEFT);
    }

    @Test
    void a_receiver_that_vanishes_is_told_of() throws Exception {
        RawClient sender = server.request("PUT /my-id/a|Transfer-Encoding: chunked");
        RawClient receiver = server.get("/my-id?wait=60");
        Future<Exception> sent = server.beside(() -> sender.sendForever("1000\r\n" + content(4096) + "\r\n"));
        receiver.awaitBody("a");

        receiver.vanish();

        assertThat(reason("my-id")).isEqualTo(InterruptReason.RECEIVER_LEFT);
        sent.cancel(true);
    }

    @Test
    void a_sender_that_waits_and_vanishes_is_gone() throws Exception {
        RawClient sender = server.request("PUT /my-id/a|Content-Length: 5|Expect: 100-continue");
        server.transfers().awaitOffered("my-id");

        sender.vanish();

        assertThat(reason("my-id")).isEqualTo(InterruptReason.SENDER_LEFT);
    }

    @Test
    void web_sockets_send_and_receive() throws Exception {
        byte[] file = content(SIZE).getBytes(StandardCharsets.ISO_8859_1);
        try (var http = HttpClient.newBuilder().sslContext(TLS.context()).build()) {
            var sender = JavaWebSocket.open(http, server, "/send/my-id");
            sender.send(RawWebSocket.metadata(Integer.toString(SIZE)));
            server.transfers().awaitOffered("my-id");
            var receiver = JavaWebSocket.open(http, server, "/receive/my-id");
            Future<JavaWebSocket.File> received = server.beside(receiver::receive);
            sender.awaitText(RawWebSocket.GO);
            sender.send(file);
            assertThat(received.get().payload()).isEqualTo(file);
            assertThat(server.transfers().awaitEnded("my-id")).isInstanceOf(TransferState.Completed.class);
        }
    }

    @Test
    void who_comes_without_TLS_or_with_rubbish_is_cut_off_and_costs_nobody_anything() throws Exception {
        for (String rubbish :
                new String[] {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "\u0016\u0003\u0001\0\u0002\0\0", "\0"}) {
            try (var client = new RawClient(server.port())) {
                client.send(rubbish).finish();
                client.rest();
            }
        }
        assertThat(server.ask("GET /health").status()).isEqualTo(200);
    }

    private InterruptReason reason(String id) {
        TransferState end = server.transfers().awaitEnded(id);
        assertThat(end).isInstanceOf(TransferState.Interrupted.class);
        return ((TransferState.Interrupted) end).reason();
    }

    /** The same every time, and nothing but letters. */
    private static String content(int size) {
        var text = new StringBuilder("a");
        new Random(1).ints(size, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
        return text.substring(0, size);
    }
}
