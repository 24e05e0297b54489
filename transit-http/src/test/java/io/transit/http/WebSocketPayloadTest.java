package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.InterruptReason;
import io.transit.core.TransferState;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is received is what was sent, whichever of the two sides is a WebSocket; with a client that others wrote. */
@Timeout(180)
class WebSocketPayloadTest {
    private static final int MIB = 1 << 20;

    @RegisterExtension
    final TestServer server = new TestServer();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @ParameterizedTest
    @CsvSource({
        "0, 65536",
        "1, 65536",
        "65535, 65536",
        "65536, 65536",
        "65536, 1000",
        "1048577, 65536",
        "1048577, 1048576",
        "33554432, 65536",
        "33554432, 1048576"
    })
    void from_WebSocket_to_WebSocket(int size, int frame) throws Exception {
        byte[] payload = random(size);
        JavaWebSocket sender = offer(String.valueOf(size));
        Future<JavaWebSocket.File> file = receive();
        send(sender, payload, frame, false);
        assertThat(sha256(file.get().payload())).isEqualTo(sha256(payload));
        assertThat(file.get().metadata()).contains("\"file_size\":" + size);
        assertThat(sender.awaitClose()).isEqualTo("1000 ");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 65536, true",
        "1, 65536, false",
        "65535, 65536, true",
        "65536, 65536, false",
        "1048577, 65536, true",
        "33554432, 65536, true",
        "33554432, 1048576, false",
        "67108864, 67108864, true"
    })
    void from_WebSocket_to_GET(int size, int frame, boolean isSizeKnown) throws Exception {
        byte[] payload = random(size);
        JavaWebSocket sender = offer(isSizeKnown ? String.valueOf(size) : "null");
        Future<HttpResponse<byte[]>> file = server.beside(
                () -> http.send(HttpRequest.newBuilder(server.uri("/my-id")).build(), BodyHandlers.ofByteArray()));
        send(sender, payload, frame, !isSizeKnown);
        assertThat(sha256(file.get().body())).isEqualTo(sha256(payload));
        assertThat(sender.awaitClose()).isEqualTo("1000 ");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false", "65536, true", "1048577, false", "33554432, true", "33554432, false"})
    void from_PUT_to_WebSocket(int size, boolean isSizeKnown) throws Exception {
        byte[] payload = random(size);
        var body = BodyPublishers.ofByteArray(payload);
        var sent = http.sendAsync(
                HttpRequest.newBuilder(server.uri("/my-id/"))
                        .PUT(isSizeKnown ? body : BodyPublishers.fromPublisher(body))
                        .build(),
                BodyHandlers.ofString());
        server.transfers().awaitOffered("my-id");
        assertThat(sha256(receive().get().payload())).isEqualTo(sha256(payload));
        assertThat(sent.get().body()).startsWith("Transfer complete. " + size + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00ff", "dead", "00ffdead", "8800", "88021000", "476f20666f722066696c65206368756e6b73"})
    void T4_payload_is_never_read_as_a_signal(String hex) throws Exception {
        byte[] message = HexFormat.of().parseHex(hex);
        JavaWebSocket sender = offer("null");
        Future<JavaWebSocket.File> file = receive();
        sender.awaitText(RawWebSocket.GO);
        for (int i = 0; i < 3; i++) {
            sender.send(message);
        }
        sender.send(new byte[0]);
        assertThat(HexFormat.of().formatHex(file.get().payload())).isEqualTo(hex.repeat(3));
        assertThat(sender.awaitClose()).isEqualTo("1000 ");
    }

    @Test
    void a_message_may_come_in_fragments() throws Exception {
        byte[] payload = random(3 * MIB);
        JavaWebSocket sender = offer(String.valueOf(payload.length));
        Future<JavaWebSocket.File> file = receive();
        sender.awaitText(RawWebSocket.GO);
        for (int at = 0; at < payload.length; at += 100_000) {
            int length = Math.min(100_000, payload.length - at);
            sender.sendFragment(ByteBuffer.wrap(payload, at, length), at + length == payload.length);
        }
        assertThat(sha256(file.get().payload())).isEqualTo(sha256(payload));
    }

    @Test
    void F4_a_sender_that_is_killed_midway_is_an_error_to_its_receiver() throws Exception {
        JavaWebSocket sender = offer("1000000");
        JavaWebSocket receiver = claim();
        sender.awaitText(RawWebSocket.GO);
        sender.send(new byte[1000]);
        receiver.awaitPayload(1000);
        sender.abort();
        assertThat(receiver.awaitText("Error: ")).contains("SENDER_LEFT");
        assertThat(receiver.awaitClose()).startsWith("1011 ").contains("SENDER_LEFT");
    }

    @Test
    void F5_a_receiver_that_is_killed_midway_is_an_error_to_its_sender() throws Exception {
        JavaWebSocket sender = offer("1000000");
        JavaWebSocket receiver = claim();
        sender.awaitText(RawWebSocket.GO);
        sender.send(new byte[1000]);
        receiver.awaitPayload(1000);
        receiver.abort();
        sender.awaitText("Error: Transfer was interrupted by the receiver.");
        assertThat(sender.awaitClose()).isEqualTo("1011 Transfer was interrupted by the receiver.");
        assertThat(server.transfers().awaitEnded("my-id"))
                .isEqualTo(new TransferState.Interrupted(1000, InterruptReason.RECEIVER_LEFT));
    }

    private JavaWebSocket offer(String size) throws Exception {
        JavaWebSocket sender = JavaWebSocket.open(http, server, "/send/my-id");
        sender.send(RawWebSocket.metadata(size));
        server.transfers().awaitOffered("my-id");
        return sender;
    }

    private JavaWebSocket claim() throws Exception {
        JavaWebSocket receiver = JavaWebSocket.open(http, server, "/receive/my-id");
        receiver.awaitText("{");
        receiver.send(RawWebSocket.GO);
        return receiver;
    }

    private Future<JavaWebSocket.File> receive() {
        return server.beside(
                () -> JavaWebSocket.open(http, server, "/receive/my-id").receive());
    }

    private static void send(JavaWebSocket sender, byte[] payload, int frame, boolean emptyMessage) throws Exception {
        sender.awaitText(RawWebSocket.GO);
        for (int at = 0; at < payload.length; at += frame) {
            sender.sendFragment(ByteBuffer.wrap(payload, at, Math.min(frame, payload.length - at)), true);
        }
        if (emptyMessage) {
            sender.send(new byte[0]);
        }
    }

    private static byte[] random(int size) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        return payload;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
