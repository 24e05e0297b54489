package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferId;
import io.transit.core.TransferLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A24: who asks for transfers that are not there is told to wait; who asks for what is there, never. */
@Timeout(120)
class GuessingTest {
    private static final int MOST = 5;
    private static final int MORE = 20;
    private static final HttpSettings SETTINGS = HttpSettings.DEFAULT
            .withMaxMisses(MOST)
            .withTrustedProxies(List.of(AddressRange.of("127.0.0.0/8"), AddressRange.of("::1")));

    @RegisterExtension
    final TestServer server = new TestServer(SETTINGS, TransferLimits.DEFAULT);

    @RegisterExtension
    final TestServer forgetful =
            new TestServer(SETTINGS.withWaitReceiver(Duration.ofMillis(1)), TransferLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /guess-%d",
                "HEAD /guess-%d",
                "GET /guess-%d/name",
                "GET /guess-%d|Range: bytes=5-",
                "GET /guess-%d?wait=0",
                "GET /guess-%d?download|User-Agent: Mozilla/5.0",
                "POST /guess-%d?download",
                "GET /guess-%d|User-Agent: Mozilla/5.0|Accept: text/html",
                "GET /guess-%d|User-Agent: Twitterbot/1.0",
                "GET /api/transfers/guess-%d"
            })
    void A24_too_many_misses_are_answered_429_with_Retry_After(String request) throws Exception {
        for (int i = 0; i < MOST; i++) {
            assertThat(status(request.formatted(i))).isEqualTo(404);
        }
        Reply answer = server.request(request.formatted(MOST)).replyToHead();
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).matches("\\d+");
    }

    @Test
    void A24_they_all_count_together() throws Exception {
        assertThat(status("GET /guess-1")).isEqualTo(404);
        assertThat(status("HEAD /guess-2")).isEqualTo(404);
        assertThat(status("GET /api/transfers/guess-3")).isEqualTo(404);
        for (int i = 4; i <= MOST; i++) {
            assertThat(server.webSocket("/receive/guess-" + i).awaitClose().reason())
                    .isEqualTo("File not found");
        }
        assertThat(status("GET /guess-6")).isEqualTo(429);
        assertThat(server.webSocket("/receive/guess-7").awaitClose().lastWords())
                .contains("too many");
    }

    @Test
    void A24_what_is_there_never_counts() throws Exception {
        server.offer("report", "5");
        for (int i = 0; i < MORE; i++) {
            assertThat(status("HEAD /report")).isEqualTo(200);
            assertThat(status("GET /api/transfers/report")).isEqualTo(200);
            assertThat(status("GET /report|User-Agent: Mozilla/5.0")).isEqualTo(200);
        }
        assertThat(status("GET /guess")).isEqualTo(404);
    }

    @Test
    void A24_who_missed_too_often_is_not_told_of_what_could_be_guessed_but_of_all_else() throws Exception {
        String link = TransferId.random().value();
        server.offer("report", "5");
        server.offer(link, "5");
        for (int i = 0; i < MOST; i++) {
            status("GET /guess-" + i);
        }
        assertThat(status("HEAD /report")).isEqualTo(429);
        assertThat(status("HEAD /" + link)).isEqualTo(200);
        assertThat(status("GET /")).isEqualTo(200);
        assertThat(status("GET /health")).isEqualTo(200);
    }

    @Test
    void A24_an_offer_that_expired_counts_like_one_that_never_was() throws Exception {
        for (int i = 0; i < MOST; i++) {
            forgetful.request("PUT /gone-" + i + "/a|Content-Length: 5").reply();
            assertThat(forgetful.request("HEAD /gone-" + i).replyToHead().status())
                    .isEqualTo(404);
        }
        assertThat(forgetful.request("HEAD /gone-0").replyToHead().status()).isEqualTo(429);
        assertThat(forgetful.request("HEAD /never").replyToHead().status()).isEqualTo(429);
    }

    @Test
    void A24_behind_a_proxy_that_is_trusted_each_client_counts_for_itself() throws Exception {
        for (int i = 0; i < MORE; i++) {
            status("GET /guess-" + i + "|X-Forwarded-For: 192.0.2.1");
        }
        assertThat(status("GET /guess|X-Forwarded-For: 192.0.2.1")).isEqualTo(429);
        assertThat(status("GET /guess|X-Forwarded-For: 192.0.2.1, 192.0.2.2")).isEqualTo(404);
    }

    @Test
    void A33_a_client_cannot_say_who_it_is() throws Exception {
        // What the proxy adds stands last.
        for (int i = 0; i < MOST; i++) {
            status("GET /guess-" + i + "|X-Forwarded-For: 198.51.100." + i + ", 192.0.2.1");
        }
        assertThat(status("GET /guess|X-Forwarded-For: 198.51.100.99, 192.0.2.1"))
                .isEqualTo(429);
    }

    private int status(String request) throws IOException {
        return server.request(request).replyToHead().status();
    }
}
