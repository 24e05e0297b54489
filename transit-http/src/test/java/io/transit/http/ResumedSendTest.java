package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Receiver;
import io.transit.core.Token;
import io.transit.core.TransferId;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dialect 2 of docs/protocol.md when something breaks: senders that come back, and receivers that do. */
@Timeout(120)
class ResumedSendTest {
    private static final int MIB = 1 << 20;
    private static final TransferId ID = new TransferId("my-id");

    @RegisterExtension
    final TestServer server = new TestServer();

    @RegisterExtension
    final TestServer graceless = new TestServer(
            HttpSettings.DEFAULT.withHeartbeat(Duration.ofMillis(300)),
            TransferLimits.DEFAULT.withGrace(Duration.ofSeconds(1), Duration.ofSeconds(1)));

    private final byte[] file = new byte[4 * MIB];

    /** Of the transfer that a test is about. */
    private String token = "";

    ResumedSendTest() {
        new Random(1).nextBytes(file);
    }

    private ResumableClient offered(TestServer at) throws Exception {
        ResumableClient sender = ResumableClient.open(at, "/send/my-id").say(ResumableClient.offer(file.length));
        token = sender.await("ready").member("token");
        return sender;
    }

    private ResumableClient resumed(TestServer at) throws Exception {
        ResumableClient sender = resuming(at, token, ResumableClient.files(file.length));
        ResumableClient.Told ready = sender.await("ready");
        assertThat(ready.member("id")).isEqualTo("my-id");
        assertThat(ready.member("token")).isEqualTo(token);
        return sender;
    }

    private static ResumableClient resuming(TestServer at, String token, String files) throws Exception {
        return ResumableClient.open(at, "/send/my-id").say(ResumableClient.resume("my-id", token, files));
    }

    private byte[] part(long from, long to) {
        return Arrays.copyOfRange(file, Math.toIntExact(from), Math.toIntExact(to));
    }

    /** Sends the rest of an attempt, and hears that all was delivered. */
    private ResumableClient.Told finish(ResumableClient sender, ResumableClient.Told go) throws Exception {
        return sender.start(go)
                .send(part(go.number("offset"), file.length))
                .done(file.length)
                .awaitDelivered();
    }

    private static void leave(ResumableClient sender, String how) throws Exception {
        switch (how) {
            case "reset" -> sender.socket().client().vanish();
            case "fin" -> sender.socket().client().finish();
            default -> sender.socket().close(Integer.parseInt(how));
        }
    }

    // ---- the sender's connection

    @ParameterizedTest
    @ValueSource(strings = {"fin", "reset", "4000"})
    void a_sender_that_is_cut_off_while_it_waits_comes_back(String how) throws Exception {
        leave(offered(server), how);
        ResumableClient back = resumed(server);
        RawClient receiver = server.get("/my-id");
        var sending = server.beside(() -> finish(back, back.await("go")));
        assertThat(receiver.reply().bytes()).isEqualTo(file);
        assertThat(sending.get().number("bytes")).isEqualTo(file.length);
    }

    @ParameterizedTest
    @CsvSource({"fin, 3000000", "reset, 3000000", "4000, 1", "fin, 0", "reset, 1048576", "fin, 4194304"})
    void a_sender_that_is_cut_off_midway_comes_back_and_its_receivers_stream_goes_on(String how, int sent)
            throws Exception {
        ResumableClient sender = offered(server);
        RawClient receiver = server.get("/my-id");
        var received = server.beside(receiver::reply);
        sender.start(sender.await("go")).send(part(0, sent));
        leave(sender, how);
        ResumableClient back = resumed(server);
        ResumableClient.Told go = back.await("go");
        assertThat(go.number("offset")).isBetween(0L, (long) sent);
        var sending = server.beside(() -> finish(back, go));
        assertThat(received.get().bytes()).isEqualTo(file);
        assertThat(sending.get().number("bytes")).isEqualTo(file.length);
        assertThat(server.transfers().awaitEnded("my-id")).isEqualTo(new TransferState.Completed(file.length));
    }

    @Test
    void a_sender_that_is_cut_off_again_and_again_comes_to_its_end() throws Exception {
        ResumableClient sender = offered(server);
        RawClient receiver = server.get("/my-id");
        var received = server.beside(receiver::reply);
        var random = new Random(7);
        ResumableClient.Told go = sender.await("go");
        for (int cuts = 0; cuts < 12; cuts++) {
            long from = go.number("offset");
            sender.start(go).send(part(from, from + random.nextInt((int) (file.length - from) + 1)));
            leave(sender, cuts % 2 == 0 ? "reset" : "fin");
            sender = resumed(server);
            go = sender.await("go");
        }
        ResumableClient last = sender;
        ResumableClient.Told rest = go;
        var sending = server.beside(() -> finish(last, rest));
        assertThat(received.get().bytes()).isEqualTo(file);
        sending.get();
    }

    @Test
    void a_connection_that_is_dead_and_does_not_know_it_is_superseded() throws Exception {
        ResumableClient sender = offered(server);
        RawClient receiver = server.get("/my-id");
        var received = server.beside(receiver::reply);
        sender.start(sender.await("go")).send(part(0, MIB));
        ResumableClient back = resumed(server);
        sender.awaitDismissal();
        var sending = server.beside(() -> finish(back, back.await("go")));
        assertThat(received.get().bytes()).isEqualTo(file);
        sending.get();
    }

    @Test
    void who_comes_back_may_cancel_at_once_whatever_lies_in_the_old_connection() throws Exception {
        ResumableClient sender = offered(server);
        Receiver receiver = server.rendezvous().claim(Claim.of(ID));
        sender.start(sender.await("go"));
        // More than the window: the server waits for the receiver, and hears nothing.
        var sending = server.beside(() -> sender.send(file).cancel());
        ReceivedBytes.take(receiver, 1);
        resumed(server).cancel().socket().awaitClose();
        assertEnded(server, InterruptReason.CANCELLED);
        sending.get();
        sender.socket().client().rest();
        receiver.close();
    }

    @ParameterizedTest
    @CsvSource({"waiting, fin", "waiting, reset", "streaming, fin", "streaming, reset"})
    void F2_F4_a_sender_that_does_not_come_back_in_time_has_left(String state, String how) throws Exception {
        ResumableClient sender = offered(graceless);
        RawClient receiver = null;
        if (state.equals("streaming")) {
            receiver = graceless.get("/my-id");
            sender.start(sender.await("go")).send("some");
            receiver.awaitBody("s");
        }
        leave(sender, how);
        assertEnded(graceless, InterruptReason.SENDER_LEFT);
        if (receiver != null) {
            assertThat(receiver.reply().whole()).isFalse();
        }
        ResumableClient late = resuming(graceless, token, ResumableClient.files(file.length));
        assertThat(late.awaitInterrupted("SENDER_LEFT").code()).isEqualTo(1011);
    }

    @ParameterizedTest
    @CsvSource({"waiting, 1000", "waiting, 1001", "streaming, 1000", "streaming, 1001"})
    void a_sender_that_says_farewell_has_left(String state, String code) throws Exception {
        ResumableClient sender = offered(server);
        if (state.equals("streaming")) {
            RawClient receiver = server.get("/my-id");
            sender.start(sender.await("go")).send("some");
            receiver.awaitBody("s");
        }
        leave(sender, code);
        assertEnded(server, InterruptReason.SENDER_LEFT);
        assertThat(server.ask("GET /my-id").status()).isEqualTo(410);
    }

    @Test
    void A17_a_sender_that_answers_no_ping_is_cut_off_and_may_come_back() throws Exception {
        ResumableClient sender = offered(graceless);
        assertThat(sender.socket().client().rest()).startsWith("\u0089\u0000\u0089\u0000");
        ResumableClient back = resumed(graceless);
        back.cancel().socket().awaitClose();
    }

    @Test
    void F4_one_that_dies_while_it_is_held_back_is_noticed() throws Exception {
        ResumableClient sender = offered(graceless);
        Receiver receiver = graceless.rendezvous().claim(Claim.of(ID));
        sender.start(sender.await("go")).send(part(0, 2 * MIB));
        sender.socket().client().vanish();
        assertEnded(graceless, InterruptReason.SENDER_LEFT);
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fin", "1001"})
    void a_sender_that_leaves_once_all_is_sent_does_no_harm(String how) throws Exception {
        ResumableClient sender = offered(server);
        Receiver receiver = server.rendezvous().claim(Claim.of(ID));
        sender.start(sender.await("go"));
        var sending = server.beside(() -> {
            sender.send(file).done(file.length);
            leave(sender, how);
            return true;
        });
        assertThat(ReceivedBytes.rest(receiver)).isEqualTo(file);
        sending.get();
        assertThat(server.transfers().awaitEnded("my-id")).isEqualTo(new TransferState.Completed(file.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fin", "reset", "1001"})
    void but_is_missed_if_its_receiver_leaves_then(String how) throws Exception {
        ResumableClient sender = offered(graceless);
        Receiver receiver = graceless.rendezvous().claim(Claim.of(ID));
        sender.start(sender.await("go"));
        var sending = graceless.beside(() -> {
            sender.send(file).done(file.length);
            leave(sender, how);
            return true;
        });
        ReceivedBytes.take(receiver, file.length - 1000);
        sending.get();
        receiver.close();
        assertEnded(graceless, InterruptReason.SENDER_LEFT);
    }

    @Test
    void who_comes_back_after_the_delivery_hears_of_it() throws Exception {
        ResumableClient sender = offered(server);
        RawClient receiver = server.get("/my-id?digest");
        var received = server.beside(receiver::reply);
        sender.start(sender.await("go")).send(file).done(file.length);
        sender.socket().client().finish();
        received.get();
        server.transfers().awaitEnded("my-id");
        ResumableClient back = resuming(server, token, ResumableClient.files(file.length));
        ResumableClient.Told delivered = back.awaitDelivered();
        assertThat(delivered.number("bytes")).isEqualTo(file.length);
        assertThat(delivered.member("seconds")).isEqualTo("null");
        assertThat(delivered.member("sha256")).hasSize(64);
    }

    // ---- who may come back

    @Test
    void A27_another_token_or_other_files_change_nothing() throws Exception {
        ResumableClient sender = offered(server);
        String foreign = Token.random().value();
        String[] others = {
            ResumableClient.files(file.length + 1L),
            ResumableClient.files(file.length).replace("a.bin", "b.bin"),
            ResumableClient.files(file.length).replace("a.bin", "a/a.bin"),
            ResumableClient.files(file.length).replace("text/plain", "text/html"),
            ResumableClient.files(file.length).replace("1700000000000", "1700000000001"),
            "[{\"name\":\"a.bin\",\"size\":1},{\"name\":\"b.bin\",\"size\":1}]"
        };
        for (String other : others) {
            assertThat(resuming(server, token, other)
                            .awaitInterrupted("OTHER_FILES")
                            .code())
                    .isEqualTo(1008);
        }
        RawWebSocket.Closed end =
                resuming(server, foreign, ResumableClient.files(file.length)).awaitInterrupted("WRONG_TOKEN");
        assertThat(end.code()).isEqualTo(1008);

        RawClient receiver = server.get("/my-id");
        var sending = server.beside(() -> finish(sender, sender.await("go")));
        assertThat(receiver.reply().bytes()).isEqualTo(file);
        sending.get();
    }

    @Test
    void who_comes_back_may_leave_the_id_to_its_message() throws Exception {
        offered(server).socket().client().vanish();
        ResumableClient back = ResumableClient.open(server, "/send")
                .say(ResumableClient.resume("my-id", token, ResumableClient.files(file.length)));
        assertThat(back.await("ready").member("id")).isEqualTo("my-id");
        back.cancel().socket().awaitClose();
    }

    @Test
    void a_sender_that_cannot_seek_does_not_come_back_into_a_stream() throws Exception {
        String offer = ResumableClient.offer(file.length).replace("true", "false");
        ResumableClient sender = ResumableClient.open(server, "/send/my-id").say(offer);
        token = sender.await("ready").member("token");
        RawClient receiver = server.get("/my-id");
        sender.start(sender.await("go")).send("some");
        receiver.awaitBody("s");
        sender.socket().client().vanish();
        assertEnded(server, InterruptReason.SENDER_LEFT);
        assertThat(receiver.reply().whole()).isFalse();
    }

    // ---- the receiver

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void T6_a_receiver_that_leaves_pauses_its_sender_and_the_next_goes_on_where_it_wants(boolean idle)
            throws Exception {
        ResumableClient sender = offered(server);
        Receiver first = server.rendezvous().claim(Claim.of(ID));
        ResumableClient.Told go = sender.await("go");
        sender.start(go);
        int sent = idle ? 2 * MIB + 100 : file.length;
        var sending = server.beside(() -> sender.send(part(0, sent)));
        ReceivedBytes.take(first, 2 * MIB + 100);
        first.close();
        sending.get();
        assertThat(sender.await("paused").member("reason")).isEqualTo("RECEIVER_LEFT");
        // What belongs to no attempt is nobody's.
        sender.send("nobody wants this").done(5).start(go).send("nor this");

        Receiver second = server.rendezvous().claim(Claim.of(ID).from(2 * MIB + 7));
        ResumableClient.Told again = sender.await("go");
        assertThat(again.number("offset")).isEqualTo(2 * MIB + 7);
        assertThat(again.member("attempt")).isNotEqualTo(go.member("attempt"));
        assertThat(again.number("crc32c")).isEqualTo(crc(MIB, 2 * MIB));
        sender.send("nor that");
        var rest = server.beside(() -> finish(sender, again));
        assertThat(ReceivedBytes.rest(second)).isEqualTo(part(2 * MIB + 7, file.length));
        assertThat(rest.get().number("bytes")).isEqualTo(file.length);
    }

    private long crc(int from, int to) {
        var crc = new CRC32C();
        crc.update(file, from, to - from);
        return crc.getValue();
    }

    @Test
    void T6_a_receiver_that_leaves_while_the_sender_is_held_back_sets_it_free() throws Exception {
        ResumableClient sender = offered(server);
        Receiver receiver = server.rendezvous().claim(Claim.of(ID));
        sender.start(sender.await("go"));
        var sending = server.beside(() -> sender.send(file).done(file.length));
        ReceivedBytes.take(receiver, 1);
        receiver.close();
        sending.get();
        sender.await("paused");
        sender.cancel().socket().awaitClose();
    }

    @Test
    void a_receiver_that_leaves_when_all_was_sent_gets_the_rest_again() throws Exception {
        ResumableClient sender = offered(server);
        Receiver first = server.rendezvous().claim(Claim.of(ID));
        sender.start(sender.await("go"));
        var sending = server.beside(() -> sender.send(file).done(file.length));
        ReceivedBytes.take(first, file.length - MIB / 2);
        sending.get();
        first.close();
        sender.await("paused");
        Receiver second = server.rendezvous().claim(Claim.of(ID).from(file.length));
        ResumableClient.Told go = sender.await("go");
        assertThat(go.number("offset")).isEqualTo(file.length);
        var rest = server.beside(() -> finish(sender, go));
        assertThat(ReceivedBytes.rest(second)).isEmpty();
        rest.get();
    }

    /** As a page does after its node has died: curl has the beginning, and does not say of what. */
    @Test
    void who_has_the_beginning_of_what_is_offered_again_gets_the_rest() throws Exception {
        String range = "GET /my-id|Range: bytes=" + MIB + "-";
        ResumableClient first = offered(server);
        assertThat(server.ask(range).status()).isEqualTo(409);
        first.cancel().socket().awaitClose();
        ResumableClient again = ResumableClient.open(server, "/send/my-id")
                .say(ResumableClient.offer(file.length).replace("true", "true,\"again\":true"));
        again.await("ready");
        RawClient receiver = server.request(range);
        var rest = server.beside(() -> finish(again, again.await("go")));
        Reply reply = receiver.reply();
        assertThat(reply.status()).isEqualTo(206);
        assertThat(reply.bytes()).isEqualTo(part(MIB, file.length));
        assertThat(rest.get().number("bytes")).isEqualTo(file.length);
    }

    @Test
    void the_sender_hears_of_the_delivery_also_while_it_is_not_sending() throws Exception {
        ResumableClient sender = offered(server);
        Receiver second = server.rendezvous().claim(Claim.of(ID).part(MIB, file.length));
        ResumableClient.Told go = sender.await("go");
        assertThat(go.number("offset")).isEqualTo(MIB);
        var sending = server.beside(
                () -> sender.start(go).send(part(MIB, file.length)).done(file.length));
        assertThat(ReceivedBytes.rest(second)).isEqualTo(part(MIB, file.length));
        sending.get();
        assertThat(sender.await("paused").member("reason")).isEqualTo("RECEIVER_LEFT");

        Receiver first = server.rendezvous().claim(Claim.of(ID).part(0, MIB));
        ResumableClient.Told again = sender.await("go");
        assertThat(again.number("offset")).isZero();
        // It does not know of parts, and stops at the end of this one by chance.
        sender.start(again).send(part(0, MIB));
        assertThat(ReceivedBytes.rest(first)).isEqualTo(part(0, MIB));
        assertThat(sender.awaitDelivered().number("bytes")).isEqualTo(file.length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_sender_hears_whether_its_receiver_has_the_file_that_it_wanted_or_left(boolean completes) throws Exception {
        ResumableClient sender = offered(server);
        Receiver receiver = server.rendezvous().claim(Claim.of(ID).part(MIB, MIB));
        sender.await("go");
        assertThat(receiver.receive()).isInstanceOf(Frame.Done.class);
        if (completes) {
            receiver.complete();
        }
        receiver.close();
        ResumableClient.Told paused = sender.await("paused");
        assertThat(paused.number("receivedBytes")).isEqualTo(MIB);
        assertThat(paused.member("completed")).isEqualTo(Boolean.toString(completes));
        sender.cancel().socket().awaitClose();
    }

    @Test
    void a_receiver_that_leaves_a_sender_which_cannot_seek_ends_the_transfer() throws Exception {
        String offer = ResumableClient.offer(file.length).replace("true", "false");
        ResumableClient sender = ResumableClient.open(server, "/send/my-id").say(offer);
        sender.await("ready");
        Receiver receiver = server.rendezvous().claim(Claim.of(ID));
        sender.start(sender.await("go")).send("some");
        ReceivedBytes.take(receiver, 4);
        receiver.close();
        assertThat(sender.awaitInterrupted("RECEIVER_LEFT").code()).isEqualTo(1011);
    }

    @Test
    void what_was_relayed_is_known_to_a_sender_that_comes_back_too() throws Exception {
        ResumableClient sender = offered(server);
        Receiver receiver = server.rendezvous().claim(Claim.of(ID));
        sender.start(sender.await("go"));
        sender.send(part(0, MIB + 4));
        ReceivedBytes.take(receiver, MIB + 4);
        sender.socket().client().finish();
        ResumableClient back = resumed(server);
        ResumableClient.Told go = back.await("go");
        assertThat(go.number("crc32c")).isEqualTo(crc(0, MIB));
        back.cancel().socket().awaitClose();
        receiver.close();
    }

    private static void assertEnded(TestServer at, InterruptReason reason) {
        assertThat(at.transfers().awaitEnded("my-id"))
                .isInstanceOfSatisfying(
                        TransferState.Interrupted.class,
                        end -> assertThat(end.reason()).isEqualTo(reason));
    }
}
