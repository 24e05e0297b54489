package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is received is what was sent, byte for byte, whatever it is and however it comes. */
@Timeout(180)
class PayloadTest {
    private static final int MANY = 50;

    @RegisterExtension
    final TestServer server = new TestServer();

    @RegisterExtension
    final TestServer narrow = new TestServer(HttpSettings.DEFAULT, TransferLimits.DEFAULT.withWindow(1_000));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4095, 4096, 4097, 65_536, 1 << 20})
    void files_of_any_size_arrive(int size) throws Exception {
        byte[] payload = random(size, size);
        assertThat(pass(server, "of-length", BodyPublishers.ofByteArray(payload)))
                .isEqualTo(payload);
        assertThat(pass(server, "chunked", unknownLength(payload))).isEqualTo(payload);
    }

    @Test
    void T12_a_file_may_be_far_larger_than_the_window() throws Exception {
        byte[] payload = random(500_001, 1);
        assertThat(pass(narrow, "of-length", BodyPublishers.ofByteArray(payload)))
                .isEqualTo(payload);
        assertThat(pass(narrow, "chunked", unknownLength(payload))).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "\r\n\r\n",
                "0\r\n\r\n",
                "5\r\nhello\r\n0\r\n\r\n",
                "\u0000\u00ff",
                "\u00de\u00ad",
                "\u0000",
                "Go for file chunks",
                "Error: Transfer was interrupted by the receiver.",
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n"
            })
    void T4_payload_that_looks_like_protocol_is_payload(String payload) throws Exception {
        RawClient ofLength = server.put("/of-length/", payload);
        assertThat(server.ask("GET /of-length").body()).isEqualTo(payload);
        assertThat(ofLength.reply().status()).isEqualTo(200);

        RawClient inOneChunk = server.putChunked(
                "/chunked/", Integer.toHexString(payload.length()) + "\r\n" + payload + "\r\n0\r\n\r\n");
        assertThat(server.ask("GET /chunked").body()).isEqualTo(payload);
        assertThat(inOneChunk.reply().status()).isEqualTo(200);

        String bytewise = payload.replaceAll("(?s).", "1\r\n$0\r\n") + "0\r\n\r\n";
        RawClient inChunksOfOne = server.putChunked("/bytewise/", bytewise);
        assertThat(server.ask("GET /bytewise").body()).isEqualTo(payload);
        assertThat(inChunksOfOne.reply().status()).isEqualTo(200);
    }

    @Test
    void A12_chunk_extensions_and_trailers_are_not_payload() throws Exception {
        RawClient sender = server.putChunked(
                "/my-id/", "0005;a=\"b;c\"\r\nhello\r\nB ;x\r\n world and \r\n0;last\r\nTrailer: x\r\n\r\n");
        Reply file = server.ask("GET /my-id");
        assertThat(file.body()).isEqualTo("hello world and ");
        assertThat(file.whole()).isTrue();
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void many_files_at_once_do_not_mix() throws Exception {
        var random = new Random(1);
        List<byte[]> payloads = new ArrayList<>();
        List<Future<byte[]>> received = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            byte[] payload = random(random.nextInt(300_000), i);
            payloads.add(payload);
            String id = "file-" + i;
            boolean known = random.nextBoolean();
            received.add(server.beside(
                    () -> pass(server, id, known ? BodyPublishers.ofByteArray(payload) : unknownLength(payload))));
        }
        for (int i = 0; i < MANY; i++) {
            assertThat(sha256(received.get(i).get())).as("file " + i).isEqualTo(sha256(payloads.get(i)));
        }
    }

    private byte[] pass(TestServer through, String id, BodyPublisher body) throws Exception {
        CompletableFuture<HttpResponse<String>> sent = http.sendAsync(
                HttpRequest.newBuilder(through.uri("/" + id + "/")).PUT(body).build(), BodyHandlers.ofString());
        through.transfers().awaitOffered(id);
        HttpResponse<byte[]> file =
                http.send(HttpRequest.newBuilder(through.uri("/" + id)).build(), BodyHandlers.ofByteArray());
        assertThat(file.statusCode()).isEqualTo(200);
        HttpResponse<String> answer = sent.get();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("Transfer complete. " + file.body().length + " bytes");
        return file.body();
    }

    private static BodyPublisher unknownLength(byte[] payload) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(payload));
    }

    private static byte[] random(int size, long seed) {
        byte[] payload = new byte[size];
        new Random(seed).nextBytes(payload);
        return payload;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
