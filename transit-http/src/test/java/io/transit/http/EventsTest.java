package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a transfer stands, as server-sent events and as a number. */
@Timeout(120)
class EventsTest {
    private static final String EVENTS = "/api/transfers/my-id/events";
    private static final String END = "event: end\ndata:\n\n";

    @RegisterExtension
    final TestServer server = new TestServer();

    @RegisterExtension
    final TestServer forgetful =
            new TestServer(HttpSettings.DEFAULT, TransferLimits.DEFAULT.withStatusKeep(Duration.ZERO));

    /** The events, as a strict reader of that format finds them; comments are left out. */
    private static List<String> events(Reply reply) {
        assertThat(reply.body()).endsWith("\n\n");
        return List.of(reply.body().split("\n\n", -1)).stream()
                .filter(event -> !event.isEmpty() && !event.startsWith(":"))
                .toList();
    }

    private static String timeless(String status) {
        return status.replaceAll("\"expiresIn\":[0-9]+", "");
    }

    @Test
    void each_state_is_told_and_the_end_ends_it() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "");
        RawClient looker = server.get(EVENTS);
        Reply begun = looker.awaitBody("\"waiting\"");
        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(begun.header("Cache-Control")).isEqualTo("no-store");
        assertThat(begun.hasHeader("Access-Control-Allow-Origin")).isFalse();
        assertThat(timeless(begun.body()))
                .isEqualTo(timeless(
                        "data: " + server.ask("GET /api/transfers/my-id").body() + "\n\n"));

        assertThat(server.ask("GET /my-id").status()).isEqualTo(200);

        assertThat(sender.reply().status()).isEqualTo(200);
        Reply all = looker.reply();
        assertThat(all.whole()).isTrue();
        assertThat(all.body()).endsWith(END);
        List<String> events = events(all);
        assertThat(events.get(events.size() - 2)).contains("\"state\":\"completed\"");
        assertThat(looker.isAtEnd()).isTrue();
    }

    @Test
    void bytes_are_told_at_most_four_times_a_second() throws Exception {
        RawClient sender = server.request("PUT /my-id/film.mkv|Content-Length: 100000");
        server.transfers().awaitOffered("my-id");
        RawClient looker = server.get(EVENTS);
        looker.awaitBody("\"waiting\"");
        long began = System.nanoTime();
        RawClient receiver = server.get("/my-id");
        for (int i = 0; i < 10; i++) {
            sender.send("x".repeat(10_000));
            looker.awaitBody("\"bytes\":" + (i < 9 ? (i + 1) + "0000" : "100000"));
        }
        assertThat(receiver.reply().whole()).isTrue();
        assertThat(sender.reply().status()).isEqualTo(200);

        List<String> events = events(looker.reply());
        long quarters = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 250;
        assertThat(events.size()).isBetween(3, (int) quarters + 4);
        assertThat(events.get(events.size() - 2)).contains("\"completed\"", "\"bytes\":100000");
    }

    @Test
    void a_transfer_that_is_over_is_told_once() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "hello");
        sender.vanish();
        server.transfers().awaitEnded("my-id");

        Reply all = server.ask("GET " + EVENTS);

        assertThat(events(all)).hasSize(2).first().asString().contains("\"interrupted\"", "\"SENDER_LEFT\"");
        assertThat(all.body()).endsWith(END);
    }

    @Test
    void what_is_forgotten_at_its_end_ends_the_events_too() throws Exception {
        RawClient sender = forgetful.put("/my-id/film.mkv", "hello");
        RawClient looker = forgetful.get(EVENTS);
        looker.awaitBody("\"waiting\"");

        sender.vanish();

        assertThat(looker.reply().body()).endsWith(END);
    }

    @Test
    void an_unknown_id_is_404_unless_it_is_waited_for() throws Exception {
        assertThat(server.ask("GET " + EVENTS).status()).isEqualTo(404);
        assertThat(server.ask("GET " + EVENTS + "?wait=0").status()).isEqualTo(404);
        assertThat(server.ask("GET " + EVENTS + "?wait=x").status()).isEqualTo(400);
        RawClient looker = server.get(EVENTS + "?wait=60");
        server.transfers().awaitAwaited("my-id", 1);

        RawClient sender = server.put("/my-id/film.mkv", "hello");

        looker.awaitBody("\"waiting\"");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
        assertThat(looker.reply().body()).endsWith(END);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_that_leaves_is_noticed(boolean cut) throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "hello");
        RawClient looker = server.get(EVENTS);
        looker.awaitBody("\"waiting\"");

        if (cut) {
            looker.vanish();
        } else {
            looker.finish();
            // No more events, and no end of them: the server has let go of it.
            assertThat(looker.reply().whole()).isFalse();
        }

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void A15_HEAD_gets_the_headers_and_nothing_is_consumed() throws Exception {
        assertThat(server.request("HEAD " + EVENTS).replyToHead().status()).isEqualTo(404);
        RawClient sender = server.put("/my-id/film.mkv", "hello");

        Reply head = server.request("HEAD " + EVENTS).replyToHead();

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void the_bytes_alone_are_a_number() throws Exception {
        assertThat(server.ask("GET /api/transfers/my-id/bytes").status()).isEqualTo(404);
        RawClient sender = server.put("/my-id/film.mkv", "hello");
        Reply before = server.ask("GET /api/transfers/my-id/bytes");
        assertThat(before.body()).isEqualTo("0\n");
        assertThat(before.header("Content-Type")).startsWith("text/plain");

        server.ask("GET /my-id");

        assertThat(sender.reply().status()).isEqualTo(200);
        assertThat(server.ask("GET /api/transfers/my-id/bytes").body()).isEqualTo("5\n");
    }
}
