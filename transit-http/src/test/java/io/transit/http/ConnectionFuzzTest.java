package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.transit.core.TransferLimits;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever is written to a connection, the server neither fails nor hangs. Usually tries what is kept beside this class;
 * docs/proofs.md says how to search for more.
 */
class ConnectionFuzzTest {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
    private static final String UNFORESEEN = "This should not have happened";

    private static final String HANDSHAKE = "GET /send/my-id|Upgrade: websocket|Connection: Upgrade"
            + "|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    @RegisterExtension
    final TestServer server = new TestServer(
            HttpSettings.DEFAULT
                    .withWaitReceiver(Duration.ofMillis(1))
                    .withWaitSenderMax(Duration.ofMillis(1))
                    .withMetadataDeadline(Duration.ofMillis(100)),
            TransferLimits.DEFAULT);

    @FuzzTest
    void A12_requests_are_answered_or_dropped(byte[] wire) throws Exception {
        try (RawClient client = connect()) {
            String answers = client.send(wire).finish().rest();
            assertThat(STATUS.matcher(answers).results().map(status -> status.group(1)))
                    .doesNotContain("500");
            assertThat(answers).doesNotContain(UNFORESEEN);
        }
    }

    @FuzzTest
    void A16_a_WebSocket_is_closed_with_a_reason(byte[] wire) throws Exception {
        try (RawClient client = connect()) {
            String answers =
                    client.send(server.head(HANDSHAKE)).send(wire).finish().rest();
            assertThat(answers).startsWith("HTTP/1.1 101 ").doesNotContain(UNFORESEEN);
        }
    }

    /** One that the test server does not keep: a search makes many. */
    private RawClient connect() {
        // A search takes any connection for the work of its input.
        BugDetectors.allowNetworkConnections();
        return new RawClient(server.uri("/").getPort());
    }
}
