package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.InterruptReason;
import io.transit.core.TransferState;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender whose receiver goes away is told so, whatever it is doing. */
@Timeout(120)
class ReceiverLeavesTest {
    private static final String MUCH = "x".repeat(100_000);

    /** Fits into the receiver's socket. */
    private static final String SOME = "x".repeat(10_000);

    @RegisterExtension
    final TestServer server = new TestServer();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void T6_F5_a_chosen_id_is_answered_410(boolean reset) throws Exception {
        RawClient sender = server.request("PUT /my-id/|Content-Length: 1000000000000");
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        var sending = server.beside(() -> sender.sendForever(MUCH));
        receiver.awaitBody("x");

        leave(receiver, reset);

        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.body()).matches("[ -~]+\n").contains("RECEIVER_LEFT");
        sending.get();
        assertReceiverLeft("my-id");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void T6_F5_an_id_of_the_server_gets_a_last_line_and_an_answer_without_end(boolean reset) throws Exception {
        RawClient sender = server.request("PUT /|Content-Length: 1000000000000");
        String link = sender.awaitBody("Waiting").body().lines().findFirst().orElseThrow();
        String id = link.substring(link.lastIndexOf('/') + 1);
        RawClient receiver = server.get("/" + id);
        var sending = server.beside(() -> sender.sendForever(MUCH));
        receiver.awaitBody("x");

        leave(receiver, reset);

        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.lastLine()).startsWith("Failed").contains("RECEIVER_LEFT");
        assertThat(answer.whole()).isFalse();
        sending.get();
        assertReceiverLeft(id);
    }

    @Test
    void the_next_receiver_is_told_410() throws Exception {
        RawClient sender = server.request("PUT /my-id/|Transfer-Encoding: chunked");
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        var sending = server.beside(() -> sender.sendForever("186a0\r\n" + MUCH + "\r\n"));
        receiver.awaitBody("x");
        receiver.vanish();
        server.transfers().awaitEnded("my-id");

        assertThat(server.ask("GET /my-id").status()).isEqualTo(410);

        assertThat(sender.reply().status()).isEqualTo(410);
        sending.get();
    }

    @Test
    void F5_a_receiver_that_left_before_the_first_byte_is_found_out_with_it() throws Exception {
        RawClient sender = server.request("PUT /my-id/|Content-Length: 1000000000000");
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        server.transfers().awaitClaimed("my-id");
        receiver.vanish();

        var sending = server.beside(() -> sender.sendForever(MUCH));

        assertThat(sender.reply().status()).isEqualTo(410);
        sending.get();
        assertReceiverLeft("my-id");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void F5_a_file_that_was_written_to_one_who_left_before_the_last_byte_was_not_delivered(boolean reset)
            throws Exception {
        RawClient sender = server.putChunked("/my-id/", "5\r\nhello\r\n");
        RawClient receiver = server.get("/my-id");
        receiver.awaitBody("hello");

        leave(receiver, reset);
        sender.send("0\r\n\r\n");

        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.body()).contains("RECEIVER_LEFT");
        assertReceiverLeft("my-id");
    }

    @Test
    void F5_a_file_that_was_written_to_one_who_left_before_reading_it_was_not_delivered() throws Exception {
        RawClient sender = server.put("/my-id/", SOME);
        RawClient receiver = server.get("/my-id");
        receiver.awaitUnread(SOME.length());

        receiver.vanish();

        assertThat(sender.reply().status()).isEqualTo(410);
        assertReceiverLeft("my-id");
    }

    /** More than it holds, and less than the server's system does: all has been written, and little has arrived. */
    @Test
    void F5_a_file_that_waits_for_one_who_takes_nothing_is_not_delivered_yet() throws Exception {
        RawClient sender = server.put("/my-id/", "x".repeat(150_000));
        RawClient receiver = server.connectHolding(16 * 1024);
        receiver.send(server.head("GET /my-id")).awaitHead("HTTP/1.1 200 OK\r\n");

        long longer = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        while (System.nanoTime() < longer && !server.transfers().isEnded("my-id")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        receiver.vanish();

        assertThat(sender.reply().status()).isEqualTo(410);
        assertReceiverLeft("my-id");
    }

    @Test
    void one_who_has_the_file_and_stays_connected_is_waited_for_but_not_for_ever() throws Exception {
        RawClient sender = server.put("/my-id/", SOME);
        RawClient receiver = server.get("/my-id");
        receiver.awaitBody(SOME);

        assertThat(sender.reply().status()).isEqualTo(200);
    }

    private static void leave(RawClient receiver, boolean reset) throws Exception {
        if (reset) {
            receiver.vanish();
        } else {
            receiver.close();
        }
    }

    private void assertReceiverLeft(String id) {
        assertThat(server.transfers().awaitEnded(id))
                .isInstanceOfSatisfying(
                        TransferState.Interrupted.class,
                        end -> assertThat(end.reason()).isEqualTo(InterruptReason.RECEIVER_LEFT));
    }
}
