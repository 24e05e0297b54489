package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An id has one sender and one receiver, each of whom comes in time or not at all. */
@Timeout(120)
class SeatsTest {
    private static final int RACERS = 8;

    @RegisterExtension
    final TestServer server = new TestServer(HttpSettings.DEFAULT, TransferLimits.DEFAULT.withMaxTransfers(20));

    @RegisterExtension
    final TestServer impatient =
            new TestServer(HttpSettings.DEFAULT.withWaitReceiver(Duration.ofMillis(300)), TransferLimits.DEFAULT);

    @Test
    void T5_a_second_sender_is_409_and_changes_nothing() throws Exception {
        RawClient sender = server.put("/my-id/a", "hello");

        Reply second = server.request("PUT /my-id/b|Content-Length: 3").reply();
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body()).matches("[ -~]+\n");

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void T5_a_second_receiver_is_409_and_changes_nothing() throws Exception {
        RawClient sender = server.request("PUT /my-id/a|Content-Length: 10");
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        sender.send("hello");
        receiver.awaitBody("hello");

        Reply second = server.ask("GET /my-id");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body()).matches("[ -~]+\n");

        sender.send("world");
        assertThat(receiver.reply().body()).isEqualTo("helloworld");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void T5_of_racing_receivers_one_gets_the_file() throws Exception {
        RawClient sender = server.put("/my-id/a", "hello");
        List<Future<Reply>> racing = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            racing.add(server.beside(() -> server.ask("GET /my-id")));
        }
        int files = 0;
        for (Future<Reply> racer : racing) {
            Reply answer = racer.get();
            if (answer.status() == 200) {
                assertThat(answer.body()).isEqualTo("hello");
                files++;
            } else {
                assertThat(answer.status()).isIn(409, 410);
            }
        }
        assertThat(files).isEqualTo(1);
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void a_delivered_file_is_410() throws Exception {
        RawClient sender = server.put("/my-id/a", "hello");
        server.ask("GET /my-id");
        sender.reply();

        assertGone(server, "delivered");
    }

    @Test
    void a_file_whose_sender_left_is_410() throws Exception {
        RawClient sender = server.request("PUT /my-id/a|Content-Length: 5");
        server.transfers().awaitOffered("my-id");
        sender.finish();
        assertThat(server.ask("GET /my-id").status()).isEqualTo(410);
        assertThat(sender.reply().status()).isEqualTo(400);

        assertGone(server, "SENDER_LEFT");
    }

    private static void assertGone(TestServer server, String why) throws Exception {
        Reply gone = server.ask("GET /my-id");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.body()).matches("[ -~]+\n").contains(why);
        assertThat(gone.header("Content-Type")).startsWith("text/plain");
        assertThat(server.ask("GET /my-id|Range: bytes=3-").status()).isEqualTo(410);
        assertThat(server.ask("GET /my-id|Accept: text/html").status()).isEqualTo(410);
        assertThat(server.request("HEAD /my-id").replyToHead().status()).isEqualTo(410);
    }

    @Test
    void when_nobody_comes_the_sender_is_told_408() throws Exception {
        Reply answer = impatient.ask("PUT /my-id/a|Content-Length: 5");
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.body()).matches("[ -~]+\n").contains("EXPIRED");
    }

    @Test
    void when_nobody_comes_the_last_line_says_so_and_the_answer_does_not_end() throws Exception {
        Reply answer = impatient.ask("PUT /|Content-Length: 0");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.lastLine()).startsWith("Failed").contains("EXPIRED");
        assertThat(answer.whole()).isFalse();
    }

    @Test
    void A24_an_expired_file_and_an_unknown_one_look_the_same() throws Exception {
        impatient.ask("PUT /my-id/a|Content-Length: 5");

        Reply expired = impatient.ask("GET /my-id");
        Reply unknown = impatient.ask("GET /other-id");
        assertThat(expired.status()).isEqualTo(404);
        assertThat(expired.body()).isEqualTo(unknown.body());
        assertThat(expired.headers().keySet()).isEqualTo(unknown.headers().keySet());
        assertThat(impatient.request("HEAD /my-id").replyToHead().header("Content-Length"))
                .isEqualTo(unknown.header("Content-Length"));
    }

    @Test
    void at_capacity_a_sender_is_told_503_and_when_to_come_back() throws Exception {
        List<RawClient> senders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            senders.add(server.put("/id-" + i + "/a", "hello"));
        }

        assertUnavailable(server.ask("PUT /one-more/a|Content-Length: 5"));
        assertUnavailable(server.ask("PUT /|Content-Length: 5"));

        for (int i = 0; i < senders.size(); i++) {
            assertThat(server.ask("GET /id-" + i).body()).isEqualTo("hello");
            assertThat(senders.get(i).reply().status()).isEqualTo(200);
        }
    }

    @Test
    void F19_who_waits_at_a_shutdown_and_who_comes_after_it_are_told_503() throws Exception {
        RawClient chosen = server.put("/my-id/a", "hello");
        RawClient live = server.request("PUT /|Content-Length: 5");
        live.awaitBody("Waiting");

        server.rendezvous().shutdown(Duration.ZERO);

        assertUnavailable(chosen.reply());
        Reply last = live.reply();
        assertThat(last.lastLine()).contains("SHUTDOWN");
        assertThat(last.whole()).isFalse();
        assertUnavailable(server.ask("PUT /other-id/a|Content-Length: 5"));
        assertThat(server.ask("GET /my-id").status()).isIn(503, 410);
    }

    private static void assertUnavailable(Reply answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(answer.body()).matches("[ -~]+\n");
    }
}
