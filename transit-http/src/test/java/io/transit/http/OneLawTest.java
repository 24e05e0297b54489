package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.InterruptReason;
import io.transit.core.TransferState;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver never takes a truncated file for a complete one. */
@Timeout(180)
class OneLawTest {
    private static final String OF_LENGTH = "Content-Length: 10";
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String CHUNKS = "5\r\nhello\r\n3;x\r\nfoo\r\n0\r\nA: b\r\n\r\n";

    @RegisterExtension
    final TestServer server = new TestServer();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 9})
    void A10_F4_a_sender_that_ends_a_body_of_known_length_early_is_told_and_its_file_is_short(int sent)
            throws Exception {
        cut("my-id", OF_LENGTH, "helloworld".substring(0, sent), "helloworld".substring(0, sent));
    }

    @Test
    void A10_F4_a_sender_that_ends_a_chunked_body_early_is_told_and_its_file_is_short() throws Exception {
        for (int sent = 0; sent < CHUNKS.length(); sent++) {
            String payload = CHUNKS.substring(Math.min(sent, 3), Math.min(sent, 8))
                    + CHUNKS.substring(Math.min(sent, 15), Math.min(sent, 18));
            cut("my-id-" + sent, CHUNKED, CHUNKS.substring(0, sent), payload);
        }
    }

    private void cut(String id, String framing, String wire, String payload) throws Exception {
        RawClient sender = server.request("PUT /" + id + "/|" + framing);
        server.transfers().awaitOffered(id);
        RawClient receiver = server.get("/" + id);
        server.transfers().awaitClaimed(id);
        sender.send(wire).finish();

        assertShort(receiver.reply(), payload);
        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).matches("[ -~]+\n");
        assertThat(server.transfers().awaitEnded(id)).isInstanceOf(TransferState.Interrupted.class);
    }

    private static void assertShort(Reply file, String payload) {
        if (payload.isEmpty()) {
            assertThat(file.status()).isEqualTo(410);
            assertThat(file.whole()).isTrue();
        } else {
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.body()).isEqualTo(payload);
            assertThat(file.whole()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OF_LENGTH, CHUNKED})
    void F4_a_sender_that_is_gone_leaves_a_short_file(String framing) throws Exception {
        RawClient sender = server.request("PUT /my-id/|" + framing);
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        sender.send("5\r\nhello");
        receiver.awaitBody("hell");

        sender.vanish();

        assertThat(receiver.reply().whole()).isFalse();
        assertThat(receiver.isAtEnd()).isTrue();
        assertThat(server.transfers().awaitEnded("my-id"))
                .isInstanceOfSatisfying(
                        TransferState.Interrupted.class,
                        end -> assertThat(end.reason()).isEqualTo(InterruptReason.SENDER_LEFT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "XX0\r\n\r\n",
                "\n0\r\n\r\n",
                "\r\n-1\r\n",
                "\r\n0\n\n",
                "\r\n0\r\n\n",
                "\r\nfffffffffffffffff\r\n",
                "\r\n5 5\r\nhello\r\n0\r\n\r\n",
                "\r\n0\r\nA: \u0000\r\n\r\n"
            })
    void A12_a_chunked_body_that_turns_out_malformed_is_told_and_its_file_is_short(String rest) throws Exception {
        RawClient sender = server.request("PUT /my-id/|" + CHUNKED);
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        sender.send("5\r\nhello");
        receiver.awaitBody("hello");

        sender.send(rest);

        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).matches("[ -~]+\n");
        assertThat(sender.isAtEnd()).isTrue();
        Reply file = receiver.reply();
        assertThat(file.body()).isEqualTo("hello");
        assertThat(file.whole()).isFalse();
    }

    @Test
    void A9_a_surplus_byte_is_not_part_of_the_file() throws Exception {
        RawClient sender = server.put("/my-id/", "hello");
        sender.send("world");

        Reply file = server.ask("GET /my-id");

        assertThat(file.body()).isEqualTo("hello");
        assertThat(file.whole()).isTrue();
        assertThat(sender.reply().status()).isEqualTo(200);
        assertThat(sender.isAtEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void F4_wherever_a_sender_dies_what_was_received_is_a_beginning(long seed) throws Exception {
        var random = new Random(seed);
        byte[] payload = new byte[2_000_000];
        random.nextBytes(payload);
        int sent = random.nextInt(payload.length);
        RawClient sender = server.request("PUT /my-id/|Content-Length: " + payload.length);
        server.transfers().awaitOffered("my-id");
        var received = server.beside(() -> server.ask("GET /my-id"));
        sender.send(Arrays.copyOf(payload, sent));
        if (random.nextBoolean()) {
            sender.vanish();
        } else {
            sender.close();
        }

        Reply file = received.get();
        if (file.status() == 200) {
            assertThat(file.whole()).isFalse();
            assertThat(file.bytes())
                    .isEqualTo(Arrays.copyOf(payload, file.body().length()));
        } else {
            assertThat(file.status()).isEqualTo(410);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OF_LENGTH, CHUNKED})
    void F19_a_server_that_stops_leaves_a_short_file_and_tells_the_sender(String framing) throws Exception {
        RawClient sender = server.request("PUT /my-id/|" + framing);
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        sender.send("5\r\nhello");
        receiver.awaitBody("hell");

        server.rendezvous().close();

        assertThat(receiver.reply().whole()).isFalse();
        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("SHUTDOWN");
    }
}
