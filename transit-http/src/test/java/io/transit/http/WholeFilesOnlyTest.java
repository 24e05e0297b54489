package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver would take for the file, and is not, is not offered. */
@Timeout(120)
class WholeFilesOnlyTest {
    @RegisterExtension
    final TestServer server = new TestServer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /my-id/a|Content-Length: 3|Content-Range: bytes 2-4/5",
                "PUT /my-id/a|Content-Length: 3|Content-Range: bytes 0-2/5",
                "PUT /my-id/a|Content-Length: 3|Content-Range: bytes 0-2/*",
                "PUT /my-id/a|Transfer-Encoding: chunked|Content-Range: bytes 2-4/5",
            })
    void a_part_is_refused(String head) throws IOException {
        Reply refusal = server.request(head).reply();

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.body()).contains("file");
        assertThat(server.ask("GET /api/transfers/my-id").status()).isEqualTo(404);
    }

    @Test
    void a_range_that_is_the_whole_is_as_good_as_none() throws IOException {
        RawClient sender = server.request("PUT /my-id/a|Content-Length: 5|Content-Range: bytes 0-4/5");
        server.transfers().awaitOffered("my-id");
        sender.send("hello");

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }
}
