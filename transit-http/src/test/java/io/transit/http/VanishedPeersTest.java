package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.InterruptReason;
import io.transit.core.TransferState;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that goes away while it waits is noticed, whatever it had sent before. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class VanishedPeersTest {
    @RegisterExtension
    final TestServer server = new TestServer();

    static Stream<Arguments> waitingSenders() {
        return Stream.of(
                        Arguments.of("Content-Length: 10|Expect: 100-continue", ""),
                        Arguments.of("Content-Length: 10", ""),
                        Arguments.of("Content-Length: 10", "half"),
                        Arguments.of("Content-Length: 10", "0123456789"),
                        Arguments.of("Content-Length: 10000000", "x".repeat(200_000)),
                        Arguments.of("Transfer-Encoding: chunked", "4\r\nhalf\r\n"))
                .flatMap(row -> Stream.of(true, false).map(reset -> Arguments.of(row.get()[0], row.get()[1], reset)));
    }

    @ParameterizedTest
    @MethodSource("waitingSenders")
    void F2_a_sender_that_vanishes_while_it_waits_frees_its_id(String headers, String body, boolean reset)
            throws Exception {
        RawClient sender = server.request("PUT /my-id/old|" + headers);
        server.transfers().awaitOffered("my-id");
        sender.send(body);

        leave(sender, reset);

        assertThat(server.transfers().awaitEnded("my-id"))
                .isEqualTo(new TransferState.Interrupted(0, InterruptReason.SENDER_LEFT));
        assertThat(server.ask("GET /my-id").status()).isEqualTo(410);
        RawClient next = server.put("/my-id/new", "fresh");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("fresh");
        assertThat(next.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void F5_a_receiver_that_vanishes_while_its_sender_idles_is_told_to_the_sender(boolean reset) throws Exception {
        RawClient sender = server.request("PUT /my-id/|Content-Length: 1000000");
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        sender.send("x");
        receiver.awaitBody("x");

        leave(receiver, reset);

        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.body()).contains("RECEIVER_LEFT");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void F5_so_is_one_that_vanishes_before_the_first_byte(boolean reset) throws Exception {
        RawClient sender = server.request("PUT /my-id/|Content-Length: 1000000");
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        server.transfers().awaitClaimed("my-id");

        leave(receiver, reset);

        assertThat(sender.reply().status()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void F5_a_receiver_that_vanishes_while_it_waits_does_not_spend_the_link(boolean reset) throws Exception {
        RawClient receiver = server.get("/my-id?wait=300");
        server.transfers().awaitAwaited("my-id", 1);

        leave(receiver, reset);

        RawClient sender = server.put("/my-id/film.mkv", "hello");
        server.transfers().awaitAwaited("my-id", 0);
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void F5_it_is_noticed_within_10_s_without_an_offer(boolean reset) throws Exception {
        RawClient receiver = server.get("/my-id?wait=300");
        server.transfers().awaitAwaited("my-id", 1);
        long left = System.nanoTime();

        leave(receiver, reset);

        server.transfers().awaitAwaited("my-id", 0);
        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void F5_of_two_that_wait_the_one_that_stayed_gets_the_file() throws Exception {
        RawClient stays = server.get("/my-id?wait=300");
        RawClient leaves = server.get("/my-id?wait=300");
        server.transfers().awaitAwaited("my-id", 2);
        leaves.vanish();

        RawClient sender = server.put("/my-id/film.mkv", "hello");

        assertThat(stays.reply().body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    private static void leave(RawClient client, boolean reset) throws Exception {
        if (reset) {
            client.vanish();
        } else {
            client.close();
        }
    }
}
