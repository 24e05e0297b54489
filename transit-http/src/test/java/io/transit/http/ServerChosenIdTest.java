package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who leaves the id to the server gets the link at once, and then hears what happens while it happens. */
@Timeout(120)
class ServerChosenIdTest {
    private static final String WAITING = "Waiting for the receiver.";
    private static final int SIZE = 1 << 20;

    @RegisterExtension
    final TestServer server =
            new TestServer(HttpSettings.DEFAULT.withHeartbeat(Duration.ofMillis(20)), TransferLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "PUT,  /,                  download",
        "POST, /,                  download",
        "PUT,  /film.mkv,          film.mkv",
        "POST, /film.mkv,          film.mkv",
        "PUT,  /?name=photos.tar,  photos.tar"
    })
    void the_link_comes_at_once_and_delivered_at_the_end(String method, String path, String name) throws Exception {
        RawClient sender =
                server.request(method + " " + path + "|Content-Length: 5").send("hello");
        Reply begun = sender.awaitBody(WAITING);
        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.header("Content-Type")).startsWith("text/plain");
        assertThat(begun.whole()).isFalse();

        Reply file = server.ask("GET /" + idOf(begun));
        assertThat(file.body()).isEqualTo("hello");
        assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=" + name);

        Reply ended = sender.reply();
        assertThat(ended.body()).startsWith(begun.body());
        assertThat(ended.lastLine()).startsWith("Delivered").contains("5 bytes");
        assertThat(ended.whole()).isTrue();
        assertThat(sender.isAtEnd()).isTrue();
    }

    @Test
    void A24_the_id_has_80_random_bits() throws Exception {
        RawClient one = server.request("PUT /|Content-Length: 0");
        RawClient other = server.request("PUT /|Content-Length: 0");

        String id = idOf(one.awaitBody(WAITING));
        assertThat(id).matches("[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}");
        assertThat(idOf(other.awaitBody(WAITING))).isNotEqualTo(id);

        server.ask("GET /" + id);
        server.ask("GET /" + idOf(other.awaitBody(WAITING)));
    }

    @Test
    void while_it_waits_dots_show_life() throws Exception {
        RawClient sender = server.request("PUT /|Content-Length: 5").send("hello");

        Reply waiting = sender.awaitBody(WAITING + ".....");

        server.ask("GET /" + idOf(waiting));
        assertThat(sender.reply().body()).containsPattern("Waiting for the receiver\\.{6,}\nThe receiver is here");
    }

    @Test
    void F2_a_sender_that_died_while_it_waits_is_found_out() throws Exception {
        RawClient sender = server.request("PUT /|Content-Length: 5").send("hello");
        String id = idOf(sender.awaitBody(WAITING));

        sender.vanish();

        server.transfers().awaitEnded(id);
        assertThat(server.ask("GET /" + id).status()).isEqualTo(410);
    }

    @Test
    void progress_only_grows() throws Exception {
        RawClient sender = server.request("PUT /big.bin|Content-Length: " + SIZE);
        Reply waiting = sender.awaitBody(WAITING);
        var sent = server.beside(() -> sender.send("x".repeat(SIZE)));

        assertThat(server.ask("GET /" + idOf(waiting)).body()).hasSize(SIZE);

        sent.get();
        List<Integer> percents = sender.reply()
                .body()
                .lines()
                .filter(line -> line.endsWith(" %"))
                .map(line -> Integer.valueOf(line.substring(0, line.length() - 2)))
                .toList();
        assertThat(percents).isSorted().doesNotHaveDuplicates().allMatch(percent -> percent >= 10 && percent <= 100);
    }

    @Test
    void a_pipe_of_unknown_length_is_welcome() throws Exception {
        RawClient sender = server.request("PUT /|Transfer-Encoding: chunked").send("5\r\nhello\r\n");
        Reply waiting = sender.awaitBody(WAITING);
        RawClient receiver = server.get("/" + idOf(waiting));
        assertThat(receiver.awaitBody("hello").hasHeader("Content-Length")).isFalse();

        sender.send("6\r\n world\r\n0\r\n\r\n");

        Reply file = receiver.reply();
        assertThat(file.body()).isEqualTo("hello world");
        assertThat(file.whole()).isTrue();
        assertThat(sender.reply().lastLine()).startsWith("Delivered").contains("11 bytes");
    }

    private String idOf(Reply reply) {
        String link = reply.body().lines().findFirst().orElseThrow();
        assertThat(link).startsWith("http://" + server.host() + "/");
        return link.substring(link.lastIndexOf('/') + 1);
    }
}
