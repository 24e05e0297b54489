package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ?wait}: a receiver may come before its sender. */
@Timeout(120)
class WaitTest {
    private static final int RACERS = 8;
    private static final String BROWSER = "User-Agent: Mozilla/5.0|Accept: text/html";
    private static final String BOT = "User-Agent: Twitterbot/1.0";

    @RegisterExtension
    final TestServer server = new TestServer();

    @RegisterExtension
    final TestServer strict =
            new TestServer(HttpSettings.DEFAULT.withWaitSenderMax(Duration.ofMillis(2_500)), TransferLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /my-id?wait=300",
                "GET /my-id/?wait=60",
                "GET /my-id/other-name?wait=60",
                "GET /my-id?download&wait=60|" + BROWSER,
                "POST /my-id?download&wait=60|Content-Length: 0|" + BROWSER,
                "GET /my-id?wait=60|Range: bytes=0-"
            })
    void a_receiver_that_comes_first_gets_the_file(String head) throws Exception {
        RawClient receiver = server.request(head);
        server.transfers().awaitAwaited("my-id", 1);
        assertThat(receiver.heardNothing()).isTrue();

        RawClient sender = server.put("/my-id/film.mkv", "hello");

        Reply file = receiver.reply();
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body()).isEqualTo("hello");
        assertThat(file.whole()).isTrue();
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void one_that_comes_second_does_not_wait() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "hello");
        assertThat(server.ask("GET /my-id?wait=0").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void A15_a_HEAD_waits_too_and_consumes_nothing() throws Exception {
        RawClient client = server.request("HEAD /my-id?wait=60");
        server.transfers().awaitAwaited("my-id", 1);

        RawClient sender = server.put("/my-id/film.mkv", "hello");

        Reply head = client.replyToHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("5");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void a_part_that_cannot_be_had_is_409_and_consumes_nothing() throws Exception {
        RawClient receiver = server.request("GET /my-id?wait=60|Range: bytes=2-");
        server.transfers().awaitAwaited("my-id", 1);

        RawClient sender = server.put("/my-id/film.mkv", "hello");

        assertThat(receiver.reply().status()).isEqualTo(409);
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void T5_of_many_that_wait_one_gets_the_file_and_the_others_are_told() throws Exception {
        List<RawClient> waiting = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            waiting.add(server.get("/my-id?wait=60"));
        }
        server.transfers().awaitAwaited("my-id", RACERS);

        RawClient sender = server.request("PUT /my-id/film.mkv|Content-Length: 5");
        server.transfers().awaitClaimed("my-id");
        sender.send("hello");

        assertThat(sender.reply().status()).isEqualTo(200);
        List<Integer> statuses = new ArrayList<>();
        for (RawClient each : waiting) {
            statuses.add(each.reply().status());
        }
        assertThat(statuses)
                .containsOnlyOnce(200)
                .allMatch(status -> List.of(200, 409, 410).contains(status));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void A24_when_nobody_comes_it_is_as_unknown_as_without(long seconds) throws Exception {
        Reply inVain = server.ask("GET /my-id?wait=" + seconds);
        assertThat(inVain.status()).isEqualTo(404);
        assertThat(inVain.body()).isEqualTo(server.ask("GET /my-id").body());
        assertThat(server.request("HEAD /my-id?wait=" + seconds).replyToHead().status())
                .isEqualTo(404);
    }

    @Test
    void an_id_that_was_used_is_waited_for_too() throws Exception {
        RawClient first = server.put("/my-id/film.mkv", "first");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("first");
        assertThat(first.reply().status()).isEqualTo(200);
        server.transfers().awaitEnded("my-id");
        assertThat(server.ask("GET /my-id?wait=1").status()).isEqualTo(410);

        RawClient receiver = server.get("/my-id?wait=60");
        server.transfers().awaitAwaited("my-id", 1);
        RawClient second = server.put("/my-id/film.mkv", "second");

        assertThat(receiver.reply().body()).isEqualTo("second");
        assertThat(second.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait",
                "wait=",
                "wait=-1",
                "wait=%2B1",
                "wait=1.5",
                "wait=60s",
                "wait=1e2",
                "wait=%20",
                "wait=%D9%A3",
                "wait=true",
                "wait=301",
                "wait=9223372036854775808",
                "wait=99999999999999999999999"
            })
    void a_time_that_is_none_or_too_long_is_400_and_consumes_nothing(String query) throws Exception {
        assertRefused(server.ask("GET /my-id?" + query), 300);
        RawClient sender = server.put("/my-id/film.mkv", "hello");
        assertRefused(server.ask("GET /my-id?" + query), 300);
        assertRefused(server.ask("POST /my-id?download&" + query + "|Content-Length: 0"), 300);
        assertThat(server.request("HEAD /my-id?" + query).replyToHead().status())
                .isEqualTo(400);
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void the_operator_sets_the_most() throws Exception {
        assertRefused(strict.ask("GET /my-id?wait=3"), 2);
        assertThat(strict.ask("GET /my-id?wait=2").status()).isEqualTo(404);
    }

    private static void assertRefused(Reply reply, long most) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("wait is a whole number of seconds, from 0 to " + most + "\n");
    }

    @Test
    void F19_who_waits_at_a_shutdown_and_who_comes_after_it_are_told_503() throws Exception {
        RawClient receiver = server.get("/my-id?wait=300");
        server.transfers().awaitAwaited("my-id", 1);

        server.rendezvous().shutdown(Duration.ZERO);

        assertUnavailable(receiver.reply());
        assertUnavailable(server.ask("GET /my-id?wait=300"));
    }

    private static void assertUnavailable(Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(reply.body()).matches("[ -~]+\n");
    }

    @Test
    void A18_a_browser_gets_its_page_at_once() throws Exception {
        Reply before = server.ask("GET /my-id?wait=300|" + BROWSER);
        assertThat(before.status()).isEqualTo(404);
        assertThat(before.body()).contains("Waiting for the sender");

        RawClient sender = server.put("/my-id/film.mkv", "hello");
        assertThat(server.ask("GET /my-id?wait=300|" + BROWSER).body()).contains("Ready to download");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);

        server.transfers().awaitEnded("my-id");
        Reply after = server.ask("GET /my-id?wait=300|" + BROWSER);
        assertThat(after.status()).isEqualTo(410);
        assertThat(after.body()).contains("already delivered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /my-id?wait=300", "GET /my-id?download&wait=300", "HEAD /my-id?wait=300"})
    void A19_a_bot_neither_waits_nor_consumes(String request) throws Exception {
        RawClient early = server.request(request + "|" + BOT);
        assertThat((request.startsWith("HEAD") ? early.replyToHead() : early.reply()).status())
                .isEqualTo(404);

        RawClient sender = server.put("/my-id/film.mkv", "hello");
        RawClient late = server.request(request + "|" + BOT);
        assertThat((request.startsWith("HEAD") ? late.replyToHead() : late.reply()).status())
                .isEqualTo(200);
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void after_a_wait_in_vain_the_connection_goes_on() throws Exception {
        RawClient client = server.get("/my-id?wait=1");
        assertThat(client.reply().status()).isEqualTo(404);
        assertThat(client.send(server.head("GET /health")).reply().status()).isEqualTo(200);
    }
}
