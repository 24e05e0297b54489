package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who came together is probed together by the system, which is more than its queues have room for. */
@Timeout(300)
class CrowdIT {
    private static final int SENDERS = 8_000;

    /** Longer than it takes until one that answers no probe is gone, and that is seen. */
    private static final Duration PROBED = Duration.ofSeconds(22);

    /** A sixth of them were lost, where any were. */
    private static final int ASKED_FOR = 10;

    @TempDir
    Path home;

    @Test
    void none_of_thousands_who_wait_is_taken_for_dead() throws Exception {
        try (TransitProcess transit = TransitProcess.byScript(home);
                HttpClient client = HttpClient.newHttpClient();
                var crowd = new Crowd()) {
            URI base = transit.address();
            for (int i = 0; i < SENDERS; i++) {
                crowd.senders.add(new RawConnection(base)
                        .request("PUT /crowd-" + i + "/a", "Content-Length: 9\r\nExpect: 100-continue\r\n"));
            }
            assertThat(transit.isOverWithin(PROBED)).isFalse();
            var api = new StatusApi(client, base);
            for (int i = 0; i < SENDERS; i += ASKED_FOR) {
                assertThat(api.of("crowd-" + i)).as("sender %d", i).isEqualTo("waiting");
            }
        }
    }

    /** Those who wait, until they leave. */
    private record Crowd(List<RawConnection> senders) implements AutoCloseable {
        Crowd() {
            this(new ArrayList<>());
        }

        @Override
        public void close() throws IOException {
            for (RawConnection sender : senders) {
                sender.close();
            }
        }
    }
}
