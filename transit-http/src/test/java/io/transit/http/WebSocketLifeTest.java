package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.InterruptReason;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow, silent, insistent, or suddenly gone. */
@Timeout(60)
class WebSocketLifeTest {
    private static final int MANY = 5_000;
    private static final byte[] MUCH = new byte[1 << 20];

    @RegisterExtension
    final TestServer server = new TestServer();

    @RegisterExtension
    final TestServer hasty = new TestServer(
            HttpSettings.DEFAULT
                    .withHeartbeat(Duration.ofMillis(300))
                    .withMetadataDeadline(Duration.ofSeconds(2))
                    .withWaitReceiver(Duration.ofSeconds(6)),
            TransferLimits.DEFAULT);

    @RegisterExtension
    final TestServer stalling =
            new TestServer(HttpSettings.DEFAULT, TransferLimits.DEFAULT.withStall(Duration.ofSeconds(1)));

    // ---- pings

    @Test
    void A17_pings_are_answered_in_every_state() throws Exception {
        RawWebSocket sender =
                server.webSocket("/send/my-id").ping("nothing said").awaitPong("nothing said");
        sender.text(RawWebSocket.metadata("null")).ping("waiting").awaitPong("waiting");
        server.transfers().awaitOffered("my-id");
        RawWebSocket receiver = server.webSocket("/receive/my-id");
        receiver.nextMessage();
        receiver.ping("undecided").awaitPong("undecided").text(RawWebSocket.GO);
        sender.awaitText(RawWebSocket.GO);
        receiver.ping("expecting").awaitPong("expecting");
        sender.frame(0x02, "so".getBytes(StandardCharsets.US_ASCII))
                .ping("in a message")
                .awaitPong("in a message")
                .frame(0x80, "me".getBytes(StandardCharsets.US_ASCII))
                .ping("x".repeat(125))
                .awaitPong("x".repeat(125))
                .ping("")
                .awaitPong("");
        receiver.awaitPayload("some");
        receiver.ping("receiving").awaitPong("receiving");
        sender.hex("8a83 M 010203").binary("");
        assertThat(receiver.nextMessage().text()).isEmpty();
        assertThat(receiver.awaitClose().code()).isEqualTo(1000);
        assertThat(sender.awaitClose().code()).isEqualTo(1000);
    }

    @Test
    void A17_a_flood_of_pings_is_answered_and_changes_nothing() throws Exception {
        RawWebSocket sender = server.offer("my-id", "4");
        var flood = server.beside(() -> {
            for (int i = 0; i < MANY; i++) {
                sender.ping("ping " + i);
            }
            return sender;
        });
        for (int i = 0; i < MANY; i++) {
            sender.awaitPong("ping " + i);
        }
        flood.get();
        RawClient receiver = server.get("/my-id");
        sender.awaitText(RawWebSocket.GO).binary("some");
        assertThat(receiver.reply().body()).isEqualTo("some");
        assertThat(sender.awaitClose().code()).isEqualTo(1000);
    }

    @Test
    void A17_who_does_not_read_its_pongs_is_held_back_and_harms_nobody() throws Exception {
        RawWebSocket sender = server.offer("my-id", "4");
        String ping = new String(RawFrames.head(0x89, 125, 0), StandardCharsets.ISO_8859_1) + "x".repeat(125);
        var flood = server.beside(() -> sender.client().sendForever(ping.repeat(100)));
        assertThat(server.ask("GET /health").status()).isEqualTo(200);
        sender.client().vanish();
        flood.get();
        assertLeft(server, InterruptReason.SENDER_LEFT);
    }

    @Test
    void frames_may_drip_byte_by_byte() throws Exception {
        RawWebSocket sender = server.webSocket("/send/my-id");
        drip(
                sender,
                new RawFrames(new Random(1))
                        .add(0x81, RawWebSocket.metadata("null").getBytes(StandardCharsets.UTF_8)));
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        sender.awaitText(RawWebSocket.GO);
        drip(
                sender,
                new RawFrames(new Random(2))
                        .add(0x82, new byte[300])
                        .add(0x02, new byte[3])
                        .add(0x80, new byte[0])
                        .add(0x82, new byte[0]));
        assertThat(receiver.reply().bytes()).isEqualTo(new byte[303]);
        assertThat(sender.awaitClose().code()).isEqualTo(1000);
    }

    private static void drip(RawWebSocket client, RawFrames frames) throws Exception {
        for (byte b : frames.bytes()) {
            client.raw(new byte[] {b});
        }
    }

    // ---- silence

    @Test
    void A17_each_of_many_who_wait_is_pinged_at_its_intervals() throws Exception {
        var senders = new ArrayList<RawWebSocket>();
        for (int i = 0; i < 40; i++) {
            senders.add(hasty.offer("id-" + i, "4"));
        }
        for (int pings = 0; pings < 4; pings++) {
            for (RawWebSocket sender : senders) {
                RawWebSocket.Frame ping = sender.next();
                assertThat(ping.isPing()).isTrue();
                sender.frame(0x8a, ping.bytes());
            }
        }
    }

    @Test
    void A17_who_answers_pings_may_wait_for_long() throws Exception {
        RawWebSocket sender = hasty.offer("my-id", "4");
        for (int pings = 0; pings < 6; pings++) {
            RawWebSocket.Frame ping = sender.next();
            assertThat(ping.isPing()).isTrue();
            sender.frame(0x8a, ping.bytes());
        }
        RawClient receiver = hasty.get("/my-id");
        sender.awaitText(RawWebSocket.GO).binary("some");
        assertThat(receiver.reply().body()).isEqualTo("some");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "too early"})
    void A17_F2_a_sender_that_answers_no_ping_while_it_waits_is_cut(String early) throws Exception {
        RawWebSocket sender = hasty.offer("my-id", "1000000");
        if (early.isEmpty()) {
            assertLeft(hasty, InterruptReason.SENDER_LEFT);
            assertThat(sender.client().rest()).startsWith("\u0089\u0000\u0089\u0000");
        } else {
            // Its pongs would come behind what nobody reads; so only its patience counts.
            sender.binary(early);
            assertLeft(hasty, InterruptReason.EXPIRED);
        }
    }

    @Test
    void A17_a_receiver_that_answers_no_ping_before_its_claim_is_cut() throws Exception {
        RawWebSocket sender = hasty.offer("my-id", "4");
        RawWebSocket receiver = hasty.webSocket("/receive/my-id");
        receiver.nextMessage();
        var kept = hasty.beside(sender::nextMessage);
        receiver.client().rest();
        sender.client().vanish();
        assertThat(kept).failsWithin(Duration.ofSeconds(20));
    }

    @Test
    void A17_metadata_that_does_not_come_in_time_is_not_waited_for() throws Exception {
        RawWebSocket sender = hasty.webSocket("/send/my-id").hex("0181 M 7b");
        RawWebSocket.Closed end = sender.awaitClose();
        assertThat(end.code()).isEqualTo(1008);
        assertThat(end.lastWords()).isEqualTo("Error: File metadata did not come in time.");
    }

    @Test
    void T10_A17_a_sender_that_stalls_half_way_is_told_and_so_is_its_receiver() throws Exception {
        RawWebSocket sender = stalling.offer("my-id", "10");
        RawWebSocket receiver = stalling.webSocket("/receive/my-id");
        receiver.nextMessage();
        receiver.text(RawWebSocket.GO);
        sender.awaitText(RawWebSocket.GO).hex("828a M 61");
        receiver.awaitPayload("a");

        assertThat(receiver.awaitClose().lastWords()).startsWith("Error: ").contains("SENDER_STALLED");
        assertThat(sender.awaitClose().lastWords()).startsWith("Error: ").contains("SENDER_STALLED");
        assertLeft(stalling, InterruptReason.SENDER_STALLED);
    }

    @Test
    void T10_A17_a_receiver_that_takes_nothing_is_cut_and_its_sender_told() throws Exception {
        RawWebSocket sender = stalling.offer("my-id", "null");
        RawWebSocket receiver = stalling.webSocket("/receive/my-id");
        receiver.nextMessage();
        receiver.text(RawWebSocket.GO);
        sender.awaitText(RawWebSocket.GO);
        var sending = stalling.beside(() -> sendForever(sender));

        assertThat(sender.awaitClose().lastWords()).contains("RECEIVER_STALLED");

        sending.get();
        assertLeft(stalling, InterruptReason.RECEIVER_STALLED);
        receiver.client().rest();
    }

    // ---- leaving

    @ParameterizedTest
    @CsvSource({
        "offered, reset, ''",
        "offered, fin, ''",
        "offered, reset, 82ff",
        "offered, reset, 8282 M 61",
        "offered, fin, 89",
        "streaming, reset, ''",
        "streaming, fin, ''",
        "streaming, reset, 82fe",
        "streaming, fin, 82",
        "streaming, fin, 8285 M 61",
        "streaming, reset, 82ff4000000000000000 M 61",
        "streaming, fin, 82ff4000000000000000 M 61",
        "streaming, fin, 0281 M 61",
        "streaming, reset, 8882 M 03"
    })
    void A17_F2_F4_a_sender_that_is_suddenly_gone_has_left(String state, String how, String last) throws Exception {
        RawWebSocket sender = server.offer("my-id", "null");
        RawClient receiver = null;
        if (state.equals("streaming")) {
            receiver = server.get("/my-id");
            sender.awaitText(RawWebSocket.GO).binary("some");
            receiver.awaitBody("some");
        }
        sender.hex(last);
        leave(sender, how);
        assertLeft(server, InterruptReason.SENDER_LEFT);
        if (receiver != null) {
            assertThat(receiver.reply().whole()).isFalse();
        }
        server.offer("my-id", "4").close(1000).client().rest();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "fin", "close"})
    void F2_so_has_one_of_an_empty_file_that_leaves_while_it_waits(String how) throws Exception {
        leave(server.offer("my-id", "0"), how);
        assertLeft(server, InterruptReason.SENDER_LEFT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "fin", "close"})
    void T6_F5_a_receiver_that_is_suddenly_gone_has_left(String how) throws Exception {
        RawWebSocket sender = server.offer("my-id", "null");
        RawWebSocket receiver = server.webSocket("/receive/my-id");
        receiver.nextMessage();
        receiver.text(RawWebSocket.GO);
        sender.awaitText(RawWebSocket.GO);
        leave(receiver, how);
        RawWebSocket.Closed end = sender.awaitClose();
        assertThat(end.code()).isEqualTo(1011);
        assertThat(end.lastWords()).isEqualTo("Error: Transfer was interrupted by the receiver.");
        assertLeft(server, InterruptReason.RECEIVER_LEFT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "fin", "close"})
    void a_receiver_that_leaves_before_its_claim_changes_nothing(String how) throws Exception {
        RawWebSocket sender = server.offer("my-id", "4");
        RawWebSocket undecided = server.webSocket("/receive/my-id");
        undecided.nextMessage();
        leave(undecided, how);
        RawClient receiver = server.get("/my-id");
        sender.awaitText(RawWebSocket.GO).binary("some");
        assertThat(receiver.reply().body()).isEqualTo("some");
        assertThat(sender.awaitClose().code()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fin", "close"})
    void a_sender_that_leaves_once_all_is_sent_does_no_harm(String how) throws Exception {
        RawWebSocket sender = server.offer("my-id", "null");
        RawClient receiver = server.get("/my-id");
        sender.awaitText(RawWebSocket.GO).binary("some").binary("");
        leave(sender, how);
        assertThat(receiver.reply().body()).isEqualTo("some");
        assertThat(server.transfers().awaitEnded("my-id")).isEqualTo(new TransferState.Completed(4));
    }

    private static void leave(RawWebSocket client, String how) throws Exception {
        switch (how) {
            case "reset" -> client.client().vanish();
            case "fin" -> client.client().finish();
            default -> client.close(1001);
        }
    }

    @Test
    void F19_a_server_that_goes_away_says_so_to_everyone() throws Exception {
        RawWebSocket waiting = server.offer("waiting", "4");
        RawWebSocket undecided = server.webSocket("/receive/waiting");
        undecided.nextMessage();
        RawWebSocket silent = server.webSocket("/send/silent");
        RawWebSocket streaming = server.offer("my-id", "null");
        RawWebSocket receiver = server.webSocket("/receive/my-id");
        receiver.nextMessage();
        receiver.text(RawWebSocket.GO);
        streaming.awaitText(RawWebSocket.GO).binary("some");
        receiver.awaitPayload("some");

        server.shutDown();

        for (RawWebSocket involved : List.of(waiting, streaming, receiver)) {
            RawWebSocket.Closed end = involved.awaitClose();
            assertThat(end.code()).isEqualTo(1012);
            assertThat(end.lastWords()).startsWith("Error: ").contains("SHUTDOWN");
        }
        for (RawWebSocket other : List.of(undecided, silent)) {
            assertThat(other.awaitClose()).isEqualTo(new RawWebSocket.Closed(1001, "The server is shutting down.", ""));
        }
    }

    // ---- back-pressure

    @Test
    void what_comes_too_early_is_held_back_and_then_delivered() throws Exception {
        RawWebSocket sender = server.offer("my-id", String.valueOf(16 * MUCH.length));
        var sending = server.beside(() -> {
            for (int i = 0; i < 16; i++) {
                sender.binary(MUCH);
            }
            return true;
        });
        // 16 MiB are more than all buffers between the two: it cannot be done before somebody takes them.
        assertThat(sending).failsWithin(Duration.ofMillis(500)).withThrowableOfType(TimeoutException.class);
        RawWebSocket receiver = server.webSocket("/receive/my-id");
        receiver.nextMessage();
        receiver.text(RawWebSocket.GO);
        int count = 0;
        for (var frame = receiver.nextMessage(); !frame.payload().isEmpty(); frame = receiver.nextMessage()) {
            count += frame.payload().length();
        }
        assertThat(count).isEqualTo(16 * MUCH.length);
        assertThat(sending.get()).isTrue();
        sender.awaitText(RawWebSocket.GO);
        assertThat(sender.awaitClose().code()).isEqualTo(1000);
        assertThat(receiver.awaitClose().code()).isEqualTo(1000);
    }

    private static Exception sendForever(RawWebSocket sender) {
        try {
            while (true) {
                sender.binary(MUCH);
            }
        } catch (Exception e) {
            return e;
        }
    }

    private static void assertLeft(TestServer server, InterruptReason reason) {
        assertThat(server.transfers().awaitEnded("my-id"))
                .isInstanceOfSatisfying(
                        TransferState.Interrupted.class,
                        end -> assertThat(end.reason()).isEqualTo(reason));
    }
}
