package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sender in a terminal goes on where its connection broke: {@code Content-Range} and the token that came with the link. */
@Timeout(120)
class RestTest {
    private static final Pattern TOKEN = Pattern.compile("\\?token=([A-Za-z0-9_-]{22})'");
    private static final int LARGE = 8 << 20;

    @RegisterExtension
    final TestServer server = new TestServer();

    /** Begins to send ten bytes, of which the receiver gets four; then the sender is gone. Returns the token. */
    private String interrupt() throws IOException {
        RawClient sender = server.request("PUT /my-id/film.mkv?progress|Content-Length: 10");
        String token = token(sender.awaitBody("Waiting"));
        RawClient receiver = server.get("/my-id");
        sender.send("abcd");
        receiver.awaitBody("abcd");
        sender.vanish();
        Reply cut = receiver.reply();
        assertThat(cut.whole()).isFalse();
        assertThat(cut.body()).isEqualTo("abcd");
        server.transfers().awaitEnded("my-id");
        assertThat(server.ask("GET /api/transfers/my-id/bytes").body()).isEqualTo("4\n");
        return token;
    }

    private static String token(Reply text) {
        Matcher command = TOKEN.matcher(text.body());
        assertThat(command.find()).as(text.body()).isTrue();
        return command.group(1);
    }

    private RawClient goOn(String token, String range, String body) throws IOException {
        long first = range.isEmpty() ? 0 : range.charAt("bytes ".length()) - '0';
        RawClient sender = server.request("PUT /my-id/film.mkv?token=" + token + "|Content-Length: " + (10 - first)
                + (range.isEmpty() ? "" : "|Content-Range: " + range));
        server.transfers().awaitOffered("my-id");
        return sender.send(body);
    }

    @ParameterizedTest
    @CsvSource({"bytes 4-9/10, efghij", "bytes 2-9/10, cdefghij", "'', abcdefghij"})
    void the_rest_goes_to_whoever_has_the_beginning(String range, String body) throws Exception {
        RawClient sender = goOn(interrupt(), range, body);

        Reply rest = server.ask("GET /my-id|Range: bytes=4-");

        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo("efghij");
        assertThat(rest.whole()).isTrue();
        assertThat(rest.header("Content-Range")).isEqualTo("bytes 4-9/10");
        assertThat(sender.reply().body()).startsWith("Transfer complete. 10 bytes");
        assertThat(server.ask("GET /api/transfers/my-id").body()).contains("\"completed\"", "\"bytes\":10,");
    }

    @Test
    void what_is_before_the_rest_is_409_and_nothing_is_consumed() throws Exception {
        RawClient sender = goOn(interrupt(), "bytes 4-9/10", "efghij");
        for (String range : new String[] {"", "|Range: bytes=3-", "|Range: bytes=0-"}) {
            Reply refused = server.ask("GET /my-id" + range);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body()).contains("from byte 4");
        }
        assertThat(server.ask("GET /api/transfers/my-id").body()).contains("\"paused\"", "\"from\":4,");
        assertThat(server.ask("GET /my-id|Accept: text/html").body())
                .contains("data-state=\"rest\"", "value=\"curl -C - -o film.mkv http://");
        assertThat(server.ask("GET /my-id|Range: bytes=6-").body()).isEqualTo("ghij");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void one_that_breaks_again_goes_on_again_with_the_same_token() throws Exception {
        String token = interrupt();
        RawClient waiting = goOn(token, "bytes 4-9/10", "e");
        assertThat(server.ask("GET /api/transfers/my-id").body()).contains("\"paused\"", "\"bytes\":4,");
        waiting.vanish();
        server.transfers().awaitEnded("my-id");
        RawClient sender = goOn(token, "bytes 4-9/10", "ef");
        RawClient receiver = server.request("GET /my-id|Range: bytes=4-");
        receiver.awaitBody("ef");
        sender.vanish();
        assertThat(receiver.reply().body()).isEqualTo("ef");
        server.transfers().awaitEnded("my-id");
        assertThat(server.ask("GET /api/transfers/my-id/bytes").body()).isEqualTo("6\n");

        RawClient last = goOn(token, "bytes 6-9/10", "ghij");
        assertThat(server.ask("GET /my-id|Range: bytes=6-").body()).isEqualTo("ghij");
        assertThat(last.reply().status()).isEqualTo(200);
        assertThat(put(token, "Content-Length: 4|Content-Range: bytes 6-9/10").status())
                .isEqualTo(410);
    }

    private Reply put(String token, String headers) throws IOException {
        return server.ask("PUT /my-id/film.mkv?token=" + token + "|" + headers);
    }

    @Test
    void only_the_rest_of_the_same_file_is_taken_and_only_with_its_token() throws Exception {
        String token = interrupt();
        String other = "x".repeat(22);
        assertRefused(put(other, "Content-Length: 6|Content-Range: bytes 4-9/10"), 400, "not the token");
        assertRefused(put("short", "Content-Length: 6|Content-Range: bytes 4-9/10"), 400, "22 characters");
        assertRefused(put(token, "Content-Length: 5|Content-Range: bytes 5-9/10"), 400, "only 4 bytes");
        assertRefused(put(token, "Content-Length: 7|Content-Range: bytes 4-10/11"), 400, "same known size");
        assertRefused(put(token, "Content-Length: 5|Content-Range: bytes 4-9/10"), 400, "Content-Range");
        assertRefused(put(token, "Content-Length: 4|Content-Range: bytes 4-7/10"), 400, "Content-Range");
        assertRefused(put(token, "Content-Length: 6|Content-Range: bytes 4-9/*"), 400, "bytes N-M/S");
        assertRefused(put(token, "Transfer-Encoding: chunked"), 400, "a pipe");
        assertRefused(server.ask("PUT /film.mkv?token=" + token + "|Content-Length: 10"), 400, "belongs to an id");
        assertRefused(server.ask("PUT /my-id/film.mkv|Content-Length: 6|Content-Range: bytes 4-9/10"), 400, "?token=");
        assertRefused(server.ask("PUT /other/film.mkv?token=" + token + "|Content-Length: 10"), 404, "no such");

        RawClient sender = goOn(token, "bytes 4-9/10", "efghij");
        assertRefused(put(token, "Content-Length: 6|Content-Range: bytes 4-9/10"), 409, "has not ended");
        assertThat(server.ask("GET /my-id|Range: bytes=4-").body()).isEqualTo("efghij");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    private static void assertRefused(Reply reply, int status, String why) {
        assertThat(reply.body()).contains(why);
        assertThat(reply.status()).isEqualTo(status);
    }

    /** What waits in the server's and the receiver's systems when the sender is gone has been taken, and is not lost. */
    @Test
    void F4_a_receiver_gets_all_that_was_taken_before_its_sender_was_gone() throws Exception {
        RawClient sender = server.request("PUT /my-id/film.mkv?progress|Content-Length: " + 2 * LARGE);
        token(sender.awaitBody("Waiting"));
        RawClient receiver = server.connectHolding(16 * 1024).send(server.head("GET /my-id"));
        var sent = server.beside(() -> sender.sendForever("x".repeat(64 * 1024)));
        receiver.awaitUnread(1);
        awaitSteady();
        sender.vanish();
        sent.get();
        Reply cut = receiver.reply();

        server.transfers().awaitEnded("my-id");
        assertThat(cut.whole()).isFalse();
        assertThat(server.ask("GET /api/transfers/my-id/bytes").body())
                .isEqualTo(cut.body().length() + "\n");
    }

    /** Waits until the receiver's system, which nobody reads from, takes no more. */
    private void awaitSteady() throws IOException {
        String before = "";
        String now = server.ask("GET /api/transfers/my-id/bytes").body();
        while (!now.equals(before)) {
            before = now;
            // One second of events, of which there is none while nothing moves.
            RawClient looker = server.get("/api/transfers/my-id/events");
            looker.awaitBody(":\n\n");
            looker.close();
            now = server.ask("GET /api/transfers/my-id/bytes").body();
        }
    }

    @Test
    void F5_how_much_one_has_that_left_is_not_sure() throws Exception {
        RawClient sender = server.request("PUT /my-id/film.mkv?progress|Content-Length: 10");
        sender.awaitBody("Waiting");
        RawClient receiver = server.get("/my-id");
        sender.send("abcd");
        receiver.awaitBody("abcd");
        receiver.vanish();
        server.transfers().awaitEnded("my-id");
        assertThat(server.ask("GET /api/transfers/my-id").body()).contains("\"bytes\":4,", "RECEIVER_LEFT");
        assertThat(server.ask("GET /api/transfers/my-id/bytes").body()).isEqualTo("0\n");
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 0", "Transfer-Encoding: chunked"})
    void of_what_cannot_go_on_no_command_is_printed(String framing) throws Exception {
        RawClient sender = server.request("PUT /my-id/film.mkv?progress|" + framing);
        assertThat(sender.awaitBody("Waiting").body()).doesNotContain("token").doesNotContain("breaks");
    }
}
