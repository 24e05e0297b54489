package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferState;
import java.util.HexFormat;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client may not send, on real connections: each case ends with the right close, the transfer interrupted, and its id
 * free again. Frames are in hexadecimal, where M is a mask of zeros; in each table the code is that of the close.
 */
@Timeout(value = 10)
class WebSocketProtocolTest {
    @RegisterExtension
    final TestServer server = new TestServer();

    @ParameterizedTest
    @CsvSource({
        "1002, 8201 61",
        "1002, 8100",
        "1002, 8900",
        "1002, 8802 03e8",
        "1002, c281 M 61",
        "1002, a281 M 61",
        "1002, 9281 M 61",
        "1002, f281 M 61",
        "1002, c9",
        "1002, 8381 M 61",
        "1002, 8481 M 61",
        "1002, 8581 M 61",
        "1002, 8681 M 61",
        "1002, 8781 M 61",
        "1002, 8b80 M",
        "1002, 8c80 M",
        "1002, 8d80 M",
        "1002, 8e80 M",
        "1002, 8f80 M",
        "1002, 0980 M",
        "1002, 0a80 M",
        "1002, 0880 M",
        "1002, 89fe007e M",
        "1002, 8afe007e M",
        "1002, 88fe007e M",
        "1002, 89ff0000000000000001 M",
        "1002, 8081 M 61",
        "1002, 0081 M 61",
        "1002, 82fe007d M",
        "1002, 82ff000000000000ffff M",
        "1002, 82ff8000000000000000 M",
        "1002, 82ffffffffffffffffff M",
        "1002, 8881 M 03",
        "1002, 8882 M 0000",
        "1002, 8882 M 03e7",
        "1002, 8882 M 03ec",
        "1002, 8882 M 03ed",
        "1002, 8882 M 03ee",
        "1002, 8882 M 03f7",
        "1002, 8882 M 03f8",
        "1002, 8882 M 0bb7",
        "1002, 8882 M 1388",
        "1002, 8882 M ffff",
        "1003, 8181 M 61",
        "1003, 8180 M",
        "1003, 0181 M 61",
        "1003, 8182 M c328",
        "1007, 8883 M 03e8ff",
        "1007, 8884 M 03e8c328",
        "1007, 8885 M 03e8eda080",
        "1009, 81ff0000000000010001 M",
        "1009, 81ff4000000000000000 M"
    })
    void A16_it_is_refused_while_the_receiver_is_awaited_and_while_bytes_flow(int code, String wire) throws Exception {
        RawWebSocket waiting = server.offer("waiting", "null");
        assertRefused(waiting.hex(wire), "waiting", code);

        RawWebSocket streaming = server.offer("streaming", "null");
        RawClient receiver = server.get("/streaming");
        streaming.awaitText(RawWebSocket.GO).binary("some");
        receiver.awaitBody("some");
        assertRefused(streaming.hex(wire), "streaming", code);
        assertThat(receiver.reply().whole()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1002, 8281 M 61 8081 M 62",
        "1002, 0281 M 61 8281 M 62",
        "1002, 0281 M 61 0281 M 62",
        "1002, 0281 M 61 8181 M 62",
        "1002, 0281 M 61 0180 M",
        "1003, 8281 M 61 8181 M 62",
        "1002, 0281 M 61 8900",
        "1007, 0281 M 61 8883 M 03e8ff"
    })
    void A16_it_is_refused_between_payload(int code, String wire) throws Exception {
        RawWebSocket sender = server.offer("my-id", "null");
        RawClient receiver = server.get("/my-id");
        sender.awaitText(RawWebSocket.GO);
        assertRefused(sender.hex(wire), "my-id", code);
        assertThat(receiver.reply().whole()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1002, 8101 61",
        "1002, 0181 M 7b 8181 M 7d",
        "1002, 0181 M 7b 8281 M 7d",
        "1002, 8080 M",
        "1003, 8281 M 61",
        "1003, 8280 M",
        "1003, 0281 M 61",
        "1007, 8182 M c328",
        "1007, 8181 M ff",
        "1007, 8181 M c3",
        "1007, 8182 M c080",
        "1007, 8183 M eda080",
        "1007, 8184 M f4908080",
        "1007, 0181 M c3 8081 M 28",
        "1007, 0181 M 22 0081 M e2 0081 M 82 8081 M 22",
        "1008, 8180 M",
        "1008, 0182 M 22c3 8082 M a922",
        "1009, 81ff0000000000010001 M",
        "1009, 0181 M 7b 80ff0000000000010000 M"
    })
    void A16_a_first_message_that_is_none_is_refused(int code, String wire) throws Exception {
        RawWebSocket client = server.webSocket("/send/my-id").hex(wire);
        RawWebSocket.Closed end = client.awaitClose();
        assertThat(end.code()).isEqualTo(code);
        assertExplained(end);
        assertThat(server.transfers().seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "03e8", "03e9", "03eb", "03ef", "03f6", "0bb8", "1387", "03e8627965"})
    void a_close_is_answered_with_its_code_and_is_the_senders_leaving(String payload) throws Exception {
        RawWebSocket sender = server.offer("my-id", "null");
        sender.hex("88" + "%02x".formatted(0x80 | payload.length() / 2) + "M" + payload);

        RawWebSocket.Frame answer = sender.next();
        assertThat(answer.first()).isEqualTo(0x88);
        assertThat(hex(answer)).isEqualTo(payload.substring(0, Math.min(4, payload.length())));
        assertThat(sender.client().isAtEnd()).isTrue();
        assertInterrupted("my-id");
    }

    @ParameterizedTest
    @CsvSource({
        "1002, 8201 61",
        "1002, 8081 M 61",
        "1003, 8281 M 61",
        "1007, 8182 M c328",
        "1008, 8181 M 61",
        "1009, 81ff0000000000010001 M"
    })
    void A16_a_receiver_is_refused_before_and_after_its_claim(int code, String wire) throws Exception {
        RawWebSocket sender = server.offer("my-id", "null");
        RawWebSocket undecided = server.webSocket("/receive/my-id");
        undecided.nextMessage();
        RawWebSocket.Closed early = undecided.hex(wire).awaitClose();
        assertThat(early.code()).isEqualTo(code);
        assertExplained(early);

        RawWebSocket receiver = server.webSocket("/receive/my-id");
        receiver.nextMessage();
        receiver.text(RawWebSocket.GO);
        sender.awaitText(RawWebSocket.GO).binary("some");
        receiver.awaitPayload("some");
        RawWebSocket.Closed late = receiver.hex(wire).awaitClose();
        assertThat(late.code()).isEqualTo(code);
        assertExplained(late);
        assertThat(sender.awaitClose().code()).isEqualTo(1011);
        assertInterrupted("my-id");
    }

    private void assertRefused(RawWebSocket sender, String id, int code) throws Exception {
        RawWebSocket.Closed end = sender.awaitClose();
        assertThat(end.code()).isEqualTo(code);
        assertExplained(end);
        assertInterrupted(id);
        // The id is free again.
        server.offer(id, "1").client().vanish();
        assertInterrupted(id);
    }

    /** One who breaks the framing gets no message; anyone else gets one, and the same words as the reason. */
    private static void assertExplained(RawWebSocket.Closed end) {
        assertThat(end.reason()).matches("[ -~]{5,}").hasSizeLessThanOrEqualTo(123);
        boolean isFraming = end.code() == 1002 || end.code() == 1007 || end.code() == 1009;
        assertThat(end.lastWords()).isEqualTo(isFraming ? "" : "Error: " + end.reason());
    }

    private void assertInterrupted(String id) {
        assertThat(server.transfers().awaitEnded(id)).isInstanceOf(TransferState.Interrupted.class);
    }

    private static String hex(RawWebSocket.Frame frame) {
        return HexFormat.of().formatHex(frame.bytes());
    }
}
