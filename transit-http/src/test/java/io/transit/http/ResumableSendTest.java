package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.InterruptReason;
import io.transit.core.TransferId;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dialect 2 of docs/protocol.md, while nothing breaks: what is said, and what is refused. */
@Timeout(120)
class ResumableSendTest {
    private static final String FILE = "{\"name\":\"a\",\"size\":4}";

    @RegisterExtension
    final TestServer server = new TestServer();

    @RegisterExtension
    final TestServer strict = new TestServer(
            HttpSettings.DEFAULT.withMaxSize(10).withMetadataDeadline(Duration.ofSeconds(2)), TransferLimits.DEFAULT);

    private static ResumableClient offered(TestServer server, String offer) throws Exception {
        ResumableClient sender = ResumableClient.open(server, "/send/my-id").say(offer);
        sender.await("ready");
        return sender;
    }

    private static String offer(String files) {
        return "{\"type\":\"offer\",\"files\":[" + files + "]}";
    }

    // ---- the handshake

    @ParameterizedTest
    @CsvSource({
        "transit.v2, /send, 101",
        "transit.v2, /send/my-id, 101",
        "'soap, transit.v2', /send, 101",
        "soap|Sec-WebSocket-Protocol: transit.v2, /send, 101",
        "transit.v2, /send/, 400",
        "transit.v2, /send/bad_id, 400",
        "TRANSIT.V2, /send, 400",
        "transit.v1, /send, 400",
        "'', /send, 400"
    })
    void the_dialect_is_chosen_if_it_is_offered_and_then_the_id_may_be_missing(String offered, String path, int status)
            throws Exception {
        Reply reply = handshake(path, offered);
        assertThat(reply.status()).isEqualTo(status);
        if (status == 101) {
            assertThat(reply.header("Sec-WebSocket-Protocol")).isEqualTo("transit.v2");
        }
    }

    @ParameterizedTest
    @CsvSource({"transit.v3, /send/my-id", "transit.v2, /receive/my-id"})
    void elsewhere_no_subprotocol_is_chosen(String offered, String path) throws Exception {
        Reply reply = handshake(path, offered);
        assertThat(reply.status()).isEqualTo(101);
        assertThat(reply.hasHeader("Sec-WebSocket-Protocol")).isFalse();
    }

    private Reply handshake(String path, String offered) throws Exception {
        return server.ask("GET " + path + "|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13"
                + "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Protocol: " + offered);
    }

    @ParameterizedTest
    @CsvSource({"https://HOST, https://HOST", "http://HOST, http://HOST", "ftp://HOST, http://HOST"})
    void the_link_begins_as_the_address_of_the_page_does(String origin, String link) throws Exception {
        var socket = RawWebSocket.open(
                server,
                "/send",
                server.connect(),
                "|Sec-WebSocket-Protocol: transit.v2|Origin: " + origin.replace("HOST", server.host()));
        var sender = new ResumableClient(socket).say(ResumableClient.offer(0));
        ResumableClient.Told ready = sender.await("ready");
        assertThat(ready.member("url")).isEqualTo(link.replace("HOST", server.host()) + "/" + ready.member("id"));
        sender.cancel().socket().awaitClose();
    }

    // ---- what is said

    @Test
    void a_file_goes_from_its_offer_to_its_delivery() throws Exception {
        byte[] file = new byte[3_000_000];
        new Random(1).nextBytes(file);
        ResumableClient sender = ResumableClient.open(server, "/send").say(ResumableClient.offer(file.length));
        ResumableClient.Told ready = sender.await("ready");
        String id = ready.member("id");
        assertThat(ready.member("url")).isEqualTo("http://" + server.host() + "/" + id);
        assertThat(ready.member("token")).hasSize(22);
        assertThat(ready.number("expiresIn")).isEqualTo(900);

        RawClient receiver = server.get("/" + id);
        ResumableClient.Told go = sender.await("go");
        assertThat(go.number("offset")).isZero();
        assertThat(go.members()).doesNotContainKey("crc32c");
        var sending = server.beside(
                () -> sender.start(go).send(file).done(file.length).awaitDelivered());
        Reply reply = receiver.reply();

        assertThat(reply.bytes()).isEqualTo(file);
        assertThat(reply.header("Content-Disposition")).contains("a.bin");
        ResumableClient.Told delivered = sending.get();
        assertThat(delivered.number("bytes")).isEqualTo(file.length);
        assertThat(Double.parseDouble(delivered.member("seconds"))).isPositive();
        assertThat(delivered.members()).doesNotContainKey("sha256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "some"})
    void a_file_whose_size_is_not_known_ends_where_the_sender_says(String file) throws Exception {
        ResumableClient sender = offered(server, offer("{\"name\":\"a\"}"));
        RawClient receiver = server.get("/my-id");
        sender.start(sender.await("go")).send("").send(file).done(file.length());
        assertThat(receiver.reply().body()).isEqualTo(file);
        assertThat(sender.awaitDelivered().number("bytes")).isEqualTo(file.length());
    }

    @Test
    void a_receiver_that_wants_a_digest_has_it_told_to_the_sender_too() throws Exception {
        ResumableClient sender = offered(server, offer(FILE));
        RawClient receiver = server.get("/my-id?digest");
        sender.start(sender.await("go")).send("some").done(4);
        assertThat(receiver.reply().body()).isEqualTo("some");
        assertThat(sender.awaitDelivered().member("sha256"))
                .isEqualTo("a6b46dd0d1ae5e86cbc8f37e75ceeb6760230c1ca4ffbcb0c97b96dd7d9c464b");
    }

    @Test
    void several_files_are_one_stream() throws Exception {
        ResumableClient sender = ResumableClient.open(server, "/send/my-id")
                .say(offer("{\"name\":\"d/a\",\"size\":2},{\"name\":\"b\",\"size\":0},{\"name\":\"c\",\"size\":3}"));
        sender.await("ready");
        var receiver = server.rendezvous().claim(Claim.of(new TransferId("my-id")));
        assertThat(receiver.offer().files()).extracting("folder", "name").hasSize(3);
        assertThat(receiver.offer().size()).hasValue(5);
        sender.start(sender.await("go")).send("12").send("345").done(5);
        assertThat(ReceivedBytes.all(receiver)).isEqualTo("12345");
        assertThat(sender.awaitDelivered().number("bytes")).isEqualTo(5);
    }

    @Test
    void the_sender_hears_how_far_the_receiver_is() throws Exception {
        ResumableClient sender = offered(server, ResumableClient.offer(10));
        RawClient receiver = server.get("/my-id");
        sender.start(sender.await("go")).send("some");
        assertThat(sender.await("progress").number("receivedBytes")).isBetween(1L, 4L);
        sender.send("others").done(10);
        assertThat(receiver.reply().body()).isEqualTo("someothers");
        sender.awaitDelivered();
    }

    @Test
    void T12_the_receiver_sets_the_pace() throws Exception {
        ResumableClient sender = offered(server, ResumableClient.offer(64 << 20));
        var receiver = server.rendezvous().claim(Claim.of(new TransferId("my-id")));
        sender.start(sender.await("go"));
        byte[] much = new byte[1 << 20];
        var sending = server.beside(() -> {
            for (int i = 0; i < 64; i++) {
                sender.send(much);
            }
            return sender.done(64 << 20).awaitDelivered();
        });
        assertThat(sending).failsWithin(Duration.ofMillis(500)).withThrowableOfType(TimeoutException.class);
        assertThat(ReceivedBytes.count(receiver)).isEqualTo(64 << 20);
        assertThat(sending.get().number("bytes")).isEqualTo(64 << 20);
    }

    // ---- the end that one side wants

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_sender_that_cancels_is_answered_with_a_close_and_its_receiver_with_the_reason(boolean streaming)
            throws Exception {
        ResumableClient sender = offered(server, ResumableClient.offer(4));
        RawClient receiver = streaming ? server.get("/my-id") : server.connect();
        if (streaming) {
            sender.start(sender.await("go")).send("so");
            receiver.awaitBody("s");
        }
        sender.cancel();
        assertThat(sender.socket().awaitClose()).isEqualTo(new RawWebSocket.Closed(1000, "", ""));
        assertEnded(InterruptReason.CANCELLED);
        if (streaming) {
            assertThat(receiver.reply().whole()).isFalse();
        }
        assertThat(server.ask("GET /my-id").status()).isEqualTo(410);
    }

    @Test
    void nobody_came_in_time() throws Exception {
        var hasty = ResumableClient.open(impatient, "/send/my-id").say(ResumableClient.offer(4));
        assertThat(hasty.await("ready").number("expiresIn")).isEqualTo(1);
        assertThat(hasty.awaitInterrupted("EXPIRED").code()).isEqualTo(1011);
    }

    @RegisterExtension
    final TestServer impatient =
            new TestServer(HttpSettings.DEFAULT.withWaitReceiver(Duration.ofSeconds(1)), TransferLimits.DEFAULT);

    @Test
    void F19_a_server_that_goes_away_says_so() throws Exception {
        ResumableClient waiting = ResumableClient.open(server, "/send").say(ResumableClient.offer(4));
        waiting.await("ready");
        ResumableClient streaming = offered(server, ResumableClient.offer(4));
        RawClient receiver = server.get("/my-id");
        streaming.start(streaming.await("go")).send("so");
        receiver.awaitBody("s");
        server.shutDown();
        assertThat(waiting.awaitInterrupted("SHUTDOWN").code()).isEqualTo(1012);
        assertThat(streaming.awaitInterrupted("SHUTDOWN").code()).isEqualTo(1012);
    }

    // ---- what is refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x|BAD_MESSAGE",
                "{'type':'done','totalBytes':0}|BAD_MESSAGE",
                "{'type':'start','attempt':'a','offset':0}|BAD_MESSAGE",
                "{'type':'cancel'}|BAD_MESSAGE",
                "{'type':'offer','files':[]}|BAD_MESSAGE",
                "{'type':'offer','files':[{'name':'a','size':9223372036854775807},{'name':'b','size':1}]}|BAD_MESSAGE",
                "{'type':'offer','files':[{'name':'a'}],'receivers':2}|UNSUPPORTED",
                "{'type':'offer','files':[{'name':'a'}],'encrypted':true}|UNSUPPORTED",
                "{'type':'offer','files':[{'name':'a','size':11}]}|TOO_LARGE",
                "{'type':'resume','id':'other','token':'0123456789012345678901','files':[{'name':'a'}]}|BAD_MESSAGE",
                "{'type':'resume','id':'my-id','token':'0123456789012345678901','files':[{'name':'a'}]}|NOT_FOUND"
            })
    void A11_a_first_message_that_cannot_be_is_refused_with_words(String message, String reason) throws Exception {
        ResumableClient sender =
                ResumableClient.open(strict, "/send/my-id").say(message == null ? "" : message.replace('\'', '"'));
        RawWebSocket.Closed end = sender.awaitInterrupted(reason);
        assertThat(end.code()).isEqualTo(1008);
        assertThat(end.reason()).isNotEmpty();
        assertThat(strict.transfers().seen()).isEmpty();
    }

    @Test
    void A16_binary_where_the_first_message_belongs_is_the_wrong_kind() throws Exception {
        ResumableClient sender = ResumableClient.open(server, "/send").send("some");
        assertThat(sender.awaitInterrupted("BAD_MESSAGE").code()).isEqualTo(1003);
    }

    @Test
    void A17_a_first_message_that_does_not_come_in_time_is_not_waited_for() throws Exception {
        ResumableClient sender = ResumableClient.open(strict, "/send");
        assertThat(sender.awaitInterrupted("TOO_LATE").code()).isEqualTo(1008);
    }

    @Test
    void A11_a_first_message_may_have_a_mebibyte_and_others_64_kibibytes() throws Exception {
        String most = "{\"type\":\"offer\",\"files\":[" + FILE + "],\"x\":\"";
        most += "x".repeat((1 << 20) - most.length() - 2) + "\"}";
        ResumableClient sender = offered(server, most);
        sender.socket().frame(0x81, new byte[(64 << 10) + 1]);
        assertThat(sender.awaitInterrupted("TOO_LARGE").code()).isEqualTo(1009);
        assertEnded(InterruptReason.SENDER_LEFT);

        ResumableClient large = ResumableClient.open(server, "/send");
        large.socket().raw(RawFrames.head(0x81, (1 << 20) + 1, 0));
        assertThat(large.awaitInterrupted("TOO_LARGE").code()).isEqualTo(1009);
    }

    @Test
    void T5_an_id_that_is_in_use_is_taken() throws Exception {
        ResumableClient first = offered(server, ResumableClient.offer(4));
        ResumableClient second = ResumableClient.open(server, "/send/my-id").say(ResumableClient.offer(4));
        assertThat(second.awaitInterrupted("TAKEN").code()).isEqualTo(1008);
        first.cancel().socket().awaitClose();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "{'type':'offer','files':[{'name':'a'}]}",
                "{'type':'resume','id':'my-id','token':'0123456789012345678901','files':[{'name':'a'}]}",
                "{'type':'pause'}",
                "{'type':'start','attempt':'ATTEMPT','offset':1}"
            })
    void A11_a_later_message_that_cannot_be_ends_the_transfer(String message) throws Exception {
        ResumableClient sender = offered(server, ResumableClient.offer(4));
        RawClient receiver = server.get("/my-id");
        String attempt = sender.await("go").member("attempt");
        sender.say(message.replace('\'', '"').replace("ATTEMPT", attempt));
        assertThat(sender.awaitInterrupted("BAD_MESSAGE").code()).isEqualTo(1008);
        assertEnded(InterruptReason.SENDER_LEFT);
        assertThat(receiver.reply().status()).isEqualTo(410);
    }

    @Test
    void an_attempt_starts_only_once() throws Exception {
        ResumableClient sender = offered(server, ResumableClient.offer(4));
        server.get("/my-id");
        ResumableClient.Told go = sender.await("go");
        sender.start(go).send("so").start(go);
        assertThat(sender.awaitInterrupted("BAD_MESSAGE").code()).isEqualTo(1008);
    }

    @Test
    void T9_A9_surplus_bytes_are_refused_at_the_first() throws Exception {
        ResumableClient sender = offered(server, ResumableClient.offer(4));
        RawClient receiver = server.get("/my-id");
        sender.start(sender.await("go")).send("some!");
        assertThat(sender.awaitInterrupted("OVERRUN").code()).isEqualTo(1011);
        assertThat(receiver.reply().status()).isEqualTo(502);
        assertEnded(InterruptReason.OVERRUN);
    }

    @Test
    void T9_A9_so_are_those_behind_the_end() throws Exception {
        ResumableClient sender = offered(server, offer("{\"name\":\"a\"}"));
        server.rendezvous().claim(Claim.of(new TransferId("my-id")));
        sender.start(sender.await("go")).send("some").done(4).send("").send("x");
        assertThat(sender.awaitInterrupted("OVERRUN").code()).isEqualTo(1011);
    }

    @ParameterizedTest
    @CsvSource({"10, som, 3", "10, some, 3", "10, some, 10", "null, some, 3", "null, some, 5"})
    void T8_A10_a_total_other_than_what_came_is_a_truncated_file(String size, String payload, long total)
            throws Exception {
        ResumableClient sender = offered(server, offer("{\"name\":\"a\",\"size\":" + size + "}"));
        RawClient receiver = server.get("/my-id");
        sender.start(sender.await("go")).send(payload).done(total);
        assertThat(sender.awaitInterrupted("TRUNCATED").code()).isEqualTo(1011);
        Reply reply = receiver.reply();
        assertThat(reply.whole() && reply.status() == 200).isFalse();
        assertEnded(InterruptReason.TRUNCATED);
    }

    @Test
    void the_operators_limit_is_kept_for_a_size_that_is_not_declared() throws Exception {
        ResumableClient sender = offered(strict, offer("{\"name\":\"a\"}"));
        RawClient receiver = strict.get("/my-id");
        sender.start(sender.await("go")).send("0123456789").send("x");
        assertThat(sender.awaitInterrupted("TOO_LARGE").code()).isEqualTo(1008);
        assertThat(receiver.reply().whole()).isFalse();
    }

    private void assertEnded(InterruptReason reason) {
        assertThat(server.transfers().awaitEnded("my-id"))
                .isInstanceOfSatisfying(
                        TransferState.Interrupted.class,
                        end -> assertThat(end.reason()).isEqualTo(reason));
    }
}
