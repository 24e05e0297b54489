package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.InterruptReason;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dialect 1, message for message: the table in docs/protocol.md. */
@Timeout(60)
class WebSocketDialectTest {
    @RegisterExtension
    final TestServer server = new TestServer();

    @RegisterExtension
    final TestServer impatient =
            new TestServer(HttpSettings.DEFAULT.withWaitReceiver(Duration.ofSeconds(1)), TransferLimits.DEFAULT);

    @RegisterExtension
    final TestServer strict = new TestServer(HttpSettings.DEFAULT.withMaxSize(10), TransferLimits.DEFAULT);

    // ---- the sender

    @ParameterizedTest
    @CsvSource({"4, false", "4, true", "null, true"})
    void a_file_ends_with_its_declared_size_or_an_empty_message(String size, boolean emptyMessage) throws Exception {
        RawWebSocket sender = server.offer("my-id", size);
        RawClient receiver = server.get("/my-id");
        sender.awaitText("Go for file chunks").binary("so").binary("me");
        if (emptyMessage) {
            sender.binary("");
        }
        Reply file = receiver.reply();
        assertThat(file.body()).isEqualTo("some");
        assertThat(file.whole()).isTrue();
        assertThat(file.header("Content-Type")).isEqualTo("text/plain");
        assertThat(file.header("Content-Disposition")).contains("filename=a.bin");
        assertThat(sender.awaitClose()).isEqualTo(new RawWebSocket.Closed(1000, "", ""));
        assertThat(server.transfers().awaitEnded("my-id")).isEqualTo(new TransferState.Completed(4));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "null, true"})
    void a_file_may_be_empty(String size, boolean emptyMessage) throws Exception {
        RawWebSocket sender = server.offer("my-id", size);
        RawClient receiver = server.get("/my-id");
        sender.awaitText("Go for file chunks");
        if (emptyMessage) {
            sender.binary("");
        }
        Reply file = receiver.reply();
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body()).isEmpty();
        assertThat(file.whole()).isTrue();
        assertThat(sender.awaitClose().code()).isEqualTo(1000);
    }

    @Test
    void the_sender_hears_nothing_before_its_receiver_is_there_and_1000_only_when_that_has_everything()
            throws Exception {
        RawWebSocket sender = server.offer("my-id", "4");
        assertThat(server.ask("HEAD /my-id").status()).isEqualTo(200);
        RawWebSocket receiver = server.webSocket("/receive/my-id");
        receiver.nextMessage();
        assertThat(sender.client().heardNothing()).isTrue();
        receiver.text("Go for file chunks");
        sender.awaitText("Go for file chunks");
        assertThat(sender.client().heardNothing()).isTrue();
        sender.binary("some");
        assertThat(sender.awaitClose().code()).isEqualTo(1000);
        receiver.awaitPayload("some");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello|Cannot decode file metadata JSON header.",
                "[]|Cannot decode file metadata JSON header.",
                "{'file_name':|Cannot decode file metadata JSON header.",
                "{}|Invalid file metadata JSON header.",
                "{'file_size':5,'file_type':'a/b'}|Invalid file metadata JSON header.",
                "{'file_name':'a','file_size':-1,'file_type':'a/b'}|Invalid file metadata JSON header."
            })
    void A8_A11_metadata_that_is_none_is_refused_with_1008(String metadata, String why) throws Exception {
        RawWebSocket sender = server.webSocket("/send/my-id").text(metadata.replace('\'', '"'));
        assertThat(sender.awaitClose()).isEqualTo(new RawWebSocket.Closed(1008, why, "Error: " + why));
        assertThat(server.transfers().seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void T5_an_id_in_use_is_refused_with_1008(boolean byHttp) throws Exception {
        RawWebSocket first = byHttp ? null : server.offer("my-id", "4");
        RawClient put = byHttp ? server.request("PUT /my-id/a|Content-Length: 4") : server.connect();
        server.transfers().awaitOffered("my-id");
        String why = "Transfer ID is already used.";

        RawWebSocket second = server.webSocket("/send/my-id").text(RawWebSocket.metadata("4"));

        assertThat(second.awaitClose()).isEqualTo(new RawWebSocket.Closed(1008, why, "Error: " + why));
        RawClient receiver = server.get("/my-id");
        if (first != null) {
            first.awaitText("Go for file chunks").binary("some");
        } else {
            put.send("some");
        }
        assertThat(receiver.reply().body()).isEqualTo("some");
    }

    @Test
    void T5_an_id_that_a_WebSocket_uses_is_409_to_a_PUT() throws Exception {
        RawWebSocket sender = server.offer("my-id", "4");
        assertThat(server.ask("PUT /my-id/a|Content-Length: 0").status()).isEqualTo(409);
        sender.close(1000).client().rest();
    }

    @Test
    void no_receiver_in_time() throws Exception {
        RawWebSocket sender = impatient.offer("my-id", "4");
        String why = "Receiver did not connect in time.";
        assertThat(sender.awaitClose()).isEqualTo(new RawWebSocket.Closed(1011, why, "Error: " + why));
        assertEnded(impatient, InterruptReason.EXPIRED);
        // One who comes late cannot tell it from an id that never was.
        RawWebSocket late = impatient.webSocket("/receive/my-id");
        assertThat(late.awaitClose().lastWords()).isEqualTo("File not found");
    }

    @Test
    void a_receiver_that_leaves_midway() throws Exception {
        RawWebSocket sender = server.offer("my-id", "10");
        RawClient receiver = server.get("/my-id");
        sender.awaitText("Go for file chunks").binary("some");
        receiver.awaitBody("some");
        receiver.vanish();
        String why = "Transfer was interrupted by the receiver.";
        var sending = server.beside(() -> {
            // Found out with a byte that it does not take.
            for (int i = 0; i < 4; i++) {
                sender.binary("x");
            }
            return true;
        });
        assertThat(sender.awaitClose()).isEqualTo(new RawWebSocket.Closed(1011, why, "Error: " + why));
        sending.get();
        assertEnded(server, InterruptReason.RECEIVER_LEFT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8285 M 616161616161", "828b M 6161616161616161616161"})
    void T9_A9_surplus_bytes_are_refused_at_the_first(String wire) throws Exception {
        RawWebSocket sender = server.offer("my-id", "4");
        RawWebSocket receiver = server.webSocket("/receive/my-id");
        receiver.nextMessage();
        receiver.text("Go for file chunks");
        sender.awaitText("Go for file chunks").hex(wire);
        RawWebSocket.Closed end = sender.awaitClose();
        assertThat(end.code()).isEqualTo(1011);
        assertThat(end.lastWords()).isEqualTo("Error: " + end.reason()).contains("OVERRUN");
        assertThat(receiver.awaitClose().lastWords()).startsWith("Error: ").contains("OVERRUN");
        assertEnded(server, InterruptReason.OVERRUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "som"})
    void T9_A10_an_empty_message_before_the_declared_size_is_a_truncated_file(String payload) throws Exception {
        RawWebSocket sender = server.offer("my-id", "4");
        RawWebSocket receiver = server.webSocket("/receive/my-id");
        receiver.nextMessage();
        receiver.text("Go for file chunks");
        sender.awaitText("Go for file chunks");
        if (!payload.isEmpty()) {
            sender.binary(payload);
            assertThat(receiver.nextMessage().text()).isEqualTo(payload);
        }
        sender.binary("");
        RawWebSocket.Closed end = sender.awaitClose();
        assertThat(end.code()).isEqualTo(1011);
        assertThat(end.lastWords()).startsWith("Error: ").contains("TRUNCATED");
        RawWebSocket.Closed other = receiver.awaitClose();
        assertThat(other.code()).isEqualTo(1011);
        assertThat(other.lastWords()).startsWith("Error: ").contains("TRUNCATED");
    }

    @Test
    void the_operators_limit_is_kept_whatever_is_declared() throws Exception {
        RawWebSocket declared = strict.webSocket("/send/declared").text(RawWebSocket.metadata("11"));
        assertThat(declared.awaitClose().lastWords()).isEqualTo("Error: a file may have at most 10 bytes here");

        RawWebSocket sender = strict.offer("my-id", "null");
        RawClient receiver = strict.get("/my-id");
        sender.awaitText("Go for file chunks").binary("0123456789");
        receiver.awaitBody("0123456789");
        RawWebSocket.Closed end = sender.binary("x").awaitClose();
        assertThat(end.code()).isEqualTo(1008);
        assertThat(end.lastWords()).isEqualTo("Error: a file may have at most 10 bytes here");
        assertThat(receiver.reply().whole()).isFalse();
    }

    @Test
    void a_shutdown_is_told_to_who_waits() throws Exception {
        RawWebSocket sender = server.offer("my-id", "4");
        server.rendezvous().shutdown(Duration.ZERO);
        RawWebSocket.Closed end = sender.awaitClose();
        assertThat(end.code()).isEqualTo(1012);
        assertThat(end.lastWords()).startsWith("Error: ").contains("SHUTDOWN");
    }

    // ---- the receiver

    @Test
    void a_receiver_sees_metadata_then_messages_then_an_empty_one() throws Exception {
        RawClient sender = server.request("PUT /my-id/a.txt|Content-Length: 4|Content-Type: text/plain");
        server.transfers().awaitOffered("my-id");
        RawWebSocket receiver = server.webSocket("/receive/my-id")
                .awaitText("{\"file_name\":\"a.txt\",\"file_size\":4,\"file_type\":\"text/plain\"}")
                .text("Go for file chunks");
        sender.send("some");
        RawWebSocket.Frame chunk = receiver.nextMessage();
        assertThat(chunk.isBinary()).isTrue();
        assertThat(chunk.text()).isEqualTo("some");
        RawWebSocket.Frame last = receiver.nextMessage();
        assertThat(last.isBinary()).isTrue();
        assertThat(last.payload()).isEmpty();
        assertThat(receiver.awaitClose()).isEqualTo(new RawWebSocket.Closed(1000, "", ""));
        assertThat(sender.reply().body()).startsWith("Transfer complete. 4 bytes");
    }

    @Test
    void a_size_that_is_not_known_is_null() throws Exception {
        RawClient sender = server.request("PUT /my-id/|Transfer-Encoding: chunked");
        server.transfers().awaitOffered("my-id");
        RawWebSocket receiver = server.webSocket("/receive/my-id")
                .awaitText("{\"file_name\":\"download\",\"file_size\":null,"
                        + "\"file_type\":\"application/octet-stream\"}")
                .text("Go for file chunks");
        sender.send("0\r\n\r\n");
        assertThat(receiver.nextMessage().payload()).isEmpty();
        assertThat(receiver.awaitClose().code()).isEqualTo(1000);
    }

    @Test
    void names_survive() throws Exception {
        RawWebSocket sender = server.webSocket("/send/my-id")
                .text("{\"name\":\"it's \u65e5\u672c\u8a9e \\\"\\ud83d\\ude00\\\".txt\",\"size\":0,\"type\":\"\"}");
        server.transfers().awaitOffered("my-id");
        server.webSocket("/receive/my-id")
                .awaitText("{\"file_name\":\"it's \u65e5\u672c\u8a9e _\ud83d\ude00_.txt\",\"file_size\":0,"
                        + "\"file_type\":\"application/octet-stream\"}");
        Reply head = server.request("HEAD /my-id").replyToHead();
        assertThat(head.header("Content-Disposition"))
                .endsWith("filename*=UTF-8''it%27s%20%E6%97%A5%E6%9C%AC%E8%AA%9E%20_%F0%9F%98%80_.txt");
        sender.close(1000).client().rest();
    }

    @Test
    void an_unknown_id_is_not_found() throws Exception {
        RawWebSocket receiver = server.webSocket("/receive/my-id");
        assertThat(receiver.awaitClose()).isEqualTo(new RawWebSocket.Closed(1008, "File not found", "File not found"));
    }

    @Test
    void a_file_that_was_delivered_is_said_to_be() throws Exception {
        RawWebSocket sender = server.offer("my-id", "0");
        assertThat(server.ask("GET /my-id").status()).isEqualTo(200);
        assertThat(sender.awaitText("Go for file chunks").awaitClose().code()).isEqualTo(1000);
        RawWebSocket.Closed late = server.webSocket("/receive/my-id").awaitClose();
        assertThat(late.code()).isEqualTo(1011);
        assertThat(late.lastWords()).isEqualTo("Error: this file was already delivered");
    }

    @Test
    void T5_of_two_receivers_the_second_to_say_so_is_refused() throws Exception {
        RawWebSocket sender = server.offer("my-id", "4");
        RawWebSocket first = server.webSocket("/receive/my-id");
        first.nextMessage();
        RawWebSocket second = server.webSocket("/receive/my-id");
        second.nextMessage();
        second.text("Go for file chunks");
        sender.awaitText("Go for file chunks");

        RawWebSocket.Closed end = first.text("Go for file chunks").awaitClose();

        assertThat(end.code()).isEqualTo(1008);
        assertThat(end.lastWords()).isEqualTo("Error: somebody else is receiving");
        assertThat(server.ask("GET /my-id").status()).isEqualTo(409);
        sender.binary("some");
        second.awaitPayload("some");
    }

    @ParameterizedTest
    @ValueSource(strings = {"go for file chunks", "Go for file chunks ", "Go", ""})
    void anything_but_the_go_ahead_is_refused_and_claims_nothing(String words) throws Exception {
        RawWebSocket sender = server.offer("my-id", "4");
        RawWebSocket receiver = server.webSocket("/receive/my-id");
        receiver.nextMessage();
        RawWebSocket.Closed end = receiver.text(words).awaitClose();
        assertThat(end.code()).isEqualTo(1008);
        assertThat(end.lastWords()).isEqualTo("Error: " + end.reason());
        RawClient other = server.get("/my-id");
        sender.awaitText("Go for file chunks").binary("some");
        assertThat(other.reply().body()).isEqualTo("some");
    }

    @Test
    void T7_a_sender_that_leaves_midway_is_an_error_and_never_an_empty_message() throws Exception {
        RawClient sender = server.request("PUT /my-id/|Content-Length: 10");
        server.transfers().awaitOffered("my-id");
        RawWebSocket receiver = server.webSocket("/receive/my-id");
        receiver.nextMessage();
        receiver.text("Go for file chunks");
        server.transfers().awaitClaimed("my-id");
        sender.send("some");
        receiver.awaitPayload("some");
        sender.vanish();
        RawWebSocket.Closed end = receiver.awaitClose();
        assertThat(end.code()).isEqualTo(1011);
        assertThat(end.lastWords()).startsWith("Error: ").contains("SENDER_LEFT");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void F5_a_receiver_that_is_killed_with_the_file_in_its_buffers_did_not_get_it(boolean reads) throws Exception {
        String file = "x".repeat(300_000);
        RawWebSocket sender = server.offer("my-id", "300000");
        RawWebSocket receiver = server.webSocket("/receive/my-id");
        receiver.nextMessage();
        receiver.text(RawWebSocket.GO);
        sender.awaitText(RawWebSocket.GO).binary(file);
        if (reads) {
            receiver.awaitPayload(file);
            assertThat(receiver.nextMessage().payload()).isEmpty();
            assertThat(receiver.awaitClose().code()).isEqualTo(1000);
            assertThat(sender.awaitClose().code()).isEqualTo(1000);
        } else {
            receiver.client().vanish();
            assertThat(sender.awaitClose().code()).isEqualTo(1011);
            assertEnded(server, InterruptReason.RECEIVER_LEFT);
        }
    }

    @Test
    void A13_a_frame_of_2_to_the_62_bytes_is_as_good_as_its_payload() throws Exception {
        RawWebSocket sender = server.offer("my-id", "null");
        RawClient receiver = server.get("/my-id");
        sender.awaitText("Go for file chunks")
                .hex("82ff4000000000000000 M")
                .client()
                .send("some");
        receiver.awaitBody("some");
        sender.client().vanish();
        assertThat(receiver.reply().whole()).isFalse();
        assertEnded(server, InterruptReason.SENDER_LEFT);

        RawWebSocket declared = server.offer("declared", "4");
        server.get("/declared");
        declared.awaitText("Go for file chunks")
                .hex("82ff4000000000000000 M")
                .client()
                .send("some and more");
        assertThat(declared.awaitClose().lastWords()).contains("OVERRUN");
    }

    private static void assertEnded(TestServer server, InterruptReason reason) {
        assertThat(server.transfers().awaitEnded("my-id"))
                .isInstanceOfSatisfying(
                        TransferState.Interrupted.class,
                        end -> assertThat(end.reason()).isEqualTo(reason));
    }
}
