package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is slow to say what it wants is not waited for; who has said it is. */
@Timeout(180)
class HeadDeadlineTest {
    private static final Duration HEAD = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final int ANSWERS = 20;
    private static final long DRIP_NANOS = 100_000_000;

    @RegisterExtension
    final TestServer server =
            new TestServer(HttpSettings.DEFAULT.withHeadDeadline(HEAD).withIdle(IDLE), TransferLimits.DEFAULT);

    @Test
    void A28_a_silent_connection_is_closed_without_a_word() throws Exception {
        assertThat(server.connect().isAtEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET / HT", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: b"})
    void A28_half_a_head_is_answered_408(String half) throws Exception {
        assertLate(server.connect().send(half));
    }

    @Test
    void A28_a_head_that_drips_is_answered_408_when_its_time_is_over() throws Exception {
        RawClient client = server.connect().send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Drip: ");

        while (client.heardNothing()) {
            client.send("x");
            LockSupport.parkNanos(DRIP_NANOS);
        }

        assertLate(client);
    }

    @Test
    void A28_an_idle_connection_that_had_a_request_is_closed_without_a_word() throws Exception {
        RawClient client = server.connect().send(server.head("GET /health"));
        assertThat(client.reply().status()).isEqualTo(200);
        assertThat(client.isAtEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET / HTTP/1.1\r\nHost: loc"})
    void A28_half_of_a_further_head_is_answered_408(String half) throws Exception {
        RawClient client = server.connect().send(server.head("GET /health"));
        assertThat(client.reply().status()).isEqualTo(200);
        assertLate(client.send(half));
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET / HTTP/1.1\r\nHost: loc"})
    void A28_so_is_one_that_came_with_the_request_before(String half) throws Exception {
        RawClient client = server.connect().send(server.head("GET /health") + half);
        assertThat(client.reply().status()).isEqualTo(200);
        assertLate(client);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void A28_one_who_does_not_take_its_answers_is_cut() throws Exception {
        RawClient client = server.connectHolding(1);
        String head = server.head("GET /|Accept: text/html|User-Agent: Mozilla/5.0");
        client.send(head.repeat(ANSWERS));

        client.awaitCut();

        assertThat(client.rest().split("HTTP/1.1 200", -1)).hasSizeLessThan(ANSWERS);
    }

    @Test
    void a_connection_with_a_request_on_it_is_not_idle() throws Exception {
        RawClient sender = server.put("/my-id/", "hello");
        RawClient receiver = server.get("/another?wait=5");

        assertThat(receiver.reply().status()).isEqualTo(404);

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    private static void assertLate(RawClient client) throws Exception {
        Reply answer = client.reply();
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(answer.body()).matches("[ -~]+\n");
        assertThat(client.isAtEnd()).isTrue();
    }
}
