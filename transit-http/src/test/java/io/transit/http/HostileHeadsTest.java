package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written to a connection, the server neither fails nor hangs; a failure names its seed. */
@Timeout(300)
class HostileHeadsTest {
    private static final int REQUESTS = 150;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
    private static final String LIKELY = "\r\n\0 \t:;,/?#%&=\"\\0159aZ\u007f\u0080\u00ff";

    private static final List<String> HEADS = List.of(
            "GET /my-id",
            "GET /my-id/name?download=true&x=%20|Range: bytes=0-|Accept: */*",
            "HEAD /my-id|User-Agent: curl/8.0",
            "GET /|Accept: text/html|Cookie: a=b; c=\"d\"",
            "PUT /my-id/film.mkv|Content-Length: 5",
            "PUT /my-id/?name=a%20b|Transfer-Encoding: chunked|X-Transit-Name: c",
            "PUT /film.mkv|Content-Length: 5|Expect: 100-continue|Content-Type: text/plain; charset=utf-8",
            "POST /my-id/|Content-Length: 5|Connection: keep-alive",
            "OPTIONS *|Content-Length: 0",
            "DELETE /my-id|Transfer-Encoding: chunked");

    @RegisterExtension
    final TestServer server =
            new TestServer(HttpSettings.DEFAULT.withWaitReceiver(Duration.ofMillis(50)), TransferLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void A12_a_damaged_head_is_answered_or_dropped(long seed) throws Exception {
        var random = new Random(seed);
        for (int i = 0; i < REQUESTS; i++) {
            String head = server.head(HEADS.get(random.nextInt(HEADS.size())));
            String damaged = damaged(head, random) + "5\r\nhello\r\n0\r\n\r\n";
            String answers;
            try (RawClient client = server.connect()) {
                answers = client.send(damaged).finish().rest();
            }
            // A connection that is dropped without a word is fine.
            assertThat(STATUS.matcher(answers).results().map(status -> status.group(1)))
                    .as(damaged)
                    .doesNotContain("500");
        }
        assertThat(server.ask("GET /health").status()).isEqualTo(200);
    }

    private static String damaged(String head, Random random) {
        var text = new StringBuilder(head);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(text.length());
            char likely = LIKELY.charAt(random.nextInt(LIKELY.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, likely);
                case 1 -> text.insert(at, likely);
                case 2 -> text.deleteCharAt(at);
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(30))));
            }
        }
        return text.toString();
    }
}
