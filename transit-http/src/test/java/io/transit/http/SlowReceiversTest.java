package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A receiver that is slow but steady gets its file, and takes as long as it takes. */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class SlowReceiversTest {
    /** Far more than all buffers between the two hold. */
    private static final String MUCH = "0123456789abcdef".repeat(1_000_000);

    private static final Duration STALL = Duration.ofSeconds(10);

    /** Three times the stall time goes by in such steps. */
    private static final int STEPS = 60;

    private static final long STEP_NANOS = STALL.toNanos() * 3 / STEPS;

    /** In the stall time so much less than what the system wants to be free before it says that there is room. */
    private static final int STEP_BYTES = 20_000;

    @RegisterExtension
    final TestServer server = new TestServer(HttpSettings.DEFAULT, TransferLimits.DEFAULT.withStall(STALL));

    @Test
    void T10_A28_over_HTTP() throws Exception {
        RawClient sender = server.request("PUT /my-id/|Content-Length: " + MUCH.length());
        server.transfers().awaitOffered("my-id");
        var sending = server.beside(() -> sender.send(MUCH));
        RawClient receiver = server.connectHolding(1).send(server.head("GET /my-id"));

        var wire = new StringBuilder(takeSlowly(receiver));

        assertThat(wire.append(receiver.rest()).toString()).endsWith(MUCH).startsWith("HTTP/1.1 200");
        sending.get();
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    private static String takeSlowly(RawClient receiver) throws Exception {
        var taken = new StringBuilder();
        for (int i = 0; i < STEPS; i++) {
            taken.append(new String(receiver.take(STEP_BYTES), StandardCharsets.ISO_8859_1));
            LockSupport.parkNanos(STEP_NANOS);
        }
        return taken.toString();
    }
}
