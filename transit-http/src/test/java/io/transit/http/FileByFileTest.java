package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of several files each can be had alone; the transfer is complete when all have been. */
@Timeout(180)
class FileByFileTest {
    private static final int[] ENDS = {5, 5, 2_000_005, 2_000_105};
    private static final byte[] CONTENT = SeekingSender.payload(ENDS[3]);

    @RegisterExtension
    final TestServer server = new TestServer();

    private SeekingSender sender;

    @BeforeEach
    void offer() {
        List<FileMetadata> files = Stream.of(1, 2, 3, 4)
                .map(number -> FileMetadata.of(
                                "page-" + number + ".html", OptionalLong.of(content(number).length), "text/html")
                        .withModified(Instant.EPOCH))
                .toList();
        Offer offer = new Offer(new TransferId("my-id"), files, true, 1, false, Offer.DEFAULT_PATIENCE);
        sender = SeekingSender.start(server, offer, CONTENT);
    }

    private static byte[] content(int number) {
        return Arrays.copyOfRange(CONTENT, number == 1 ? 0 : ENDS[number - 2], ENDS[number - 1]);
    }

    private void take(int number) throws Exception {
        Reply head = server.request("HEAD /my-id?file=" + number).replyToHead();
        Reply file = server.ask("GET /my-id?file=" + number);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.bytes()).isEqualTo(content(number));
        assertThat(file.whole()).isTrue();
        for (Reply each : List.of(head, file)) {
            assertThat(each.header("Content-Length")).isEqualTo(Integer.toString(content(number).length));
            assertThat(each.header("Content-Type")).isEqualTo("text/html");
            assertThat(each.header("Content-Disposition")).isEqualTo("attachment; filename=page-" + number + ".html");
            assertThat(each.header("Accept-Ranges")).isEqualTo("bytes");
            assertThat(each.header("ETag")).endsWith("-" + number + "\"");
        }
    }

    private void assertCompleted() throws Exception {
        assertThat(sender.receipt().bytes()).isEqualTo(CONTENT.length);
        assertThat(server.transfers().awaitEnded("my-id")).isEqualTo(new TransferState.Completed(CONTENT.length));
        assertThat(server.ask("GET /my-id?file=1").status()).isEqualTo(410);
    }

    @Test
    void in_any_order_and_again_before_the_last() throws Exception {
        for (int number : new int[] {3, 2, 3, 4, 2, 1}) {
            take(number);
        }
        assertCompleted();
    }

    @Test
    void all_together_are_complete_at_any_time() throws Exception {
        take(2);
        assertThat(server.ask("GET /my-id?format=tar").status()).isEqualTo(200);
        assertCompleted();
    }

    @Test
    void each_can_be_gone_on_with() throws Exception {
        take(1);
        take(2);
        take(4);
        byte[] film = content(3);
        byte[] beginning;
        try (RawClient client = server.connectHolding(16 * 1024)) {
            beginning = client.send(server.head("GET /my-id?file=3")).takeBody(300_000);
            client.vanish();
        }
        server.transfers().awaitPaused("my-id", 4);
        assertThat(beginning).isEqualTo(Arrays.copyOf(film, 300_000));

        Reply rest = server.ask("GET /my-id?file=3|Range: bytes=300000-");

        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.header("Content-Range")).isEqualTo("bytes 300000-1999999/2000000");
        assertThat(rest.bytes()).isEqualTo(Arrays.copyOfRange(film, 300_000, film.length));
        assertCompleted();
    }

    @Test
    void what_is_behind_a_file_is_not_of_it() throws Exception {
        for (String range : new String[] {"bytes=5-", "bytes=2000000-"}) {
            assertThat(server.ask("GET /my-id?file=1|Range: " + range).status()).isEqualTo(409);
        }
        assertThat(server.ask("GET /my-id").status()).isEqualTo(200);
        assertCompleted();
    }
}
