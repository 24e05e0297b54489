package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator says how long a list of files may be. One that is longer is refused, and nobody else loses anything. */
@Timeout(120)
class ManifestLimitsTest {
    private static final int MOST_FILES = 3;
    private static final int MOST_BYTES = 500;

    @RegisterExtension
    final TestServer server = new TestServer(
            HttpSettings.DEFAULT.withMaxManifestFiles(MOST_FILES).withMaxManifest(MOST_BYTES), TransferLimits.DEFAULT);

    private static String offer(int files) {
        return IntStream.range(0, files)
                .mapToObj(i -> "{\"name\":\"" + i + "\",\"size\":1}")
                .collect(Collectors.joining(",", "{\"type\":\"offer\",\"files\":[", "]}"));
    }

    private static String offerOf(int bytes) {
        String shortest = offer(1).replace("}]}", "}],\"x\":\"\"}");
        return shortest.replace("\"\"}", "\"" + "x".repeat(bytes - shortest.length()) + "\"}");
    }

    @Test
    void A11_as_many_files_and_bytes_as_are_allowed_are_offered() throws Exception {
        for (String most : new String[] {offer(MOST_FILES), offerOf(MOST_BYTES)}) {
            ResumableClient sender = ResumableClient.open(server, "/send").say(most);
            sender.await("ready");
            sender.cancel().socket().awaitClose();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-id", "other"})
    void A11_one_file_more_is_refused_with_words_and_nobody_else_notices(String id) throws Exception {
        RawClient sender = server.putChunked("/my-id/a", "2\r\nab\r\n");

        ResumableClient large = ResumableClient.open(server, "/send/" + id).say(offer(MOST_FILES + 1));

        RawWebSocket.Closed end = large.awaitInterrupted("TOO_LARGE");
        assertThat(end.code()).isEqualTo(1008);
        assertThat(end.reason()).isEqualTo("there may be at most 3 files here");
        assertGoesOn(sender);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-id", "other"})
    void A11_one_byte_more_is_refused_with_words_and_nobody_else_notices(String id) throws Exception {
        RawClient sender = server.putChunked("/my-id/a", "2\r\nab\r\n");

        ResumableClient large = ResumableClient.open(server, "/send/" + id).say(offerOf(MOST_BYTES + 1));

        RawWebSocket.Closed end = large.awaitInterrupted("TOO_LARGE");
        assertThat(end.code()).isEqualTo(1009);
        assertThat(end.reason()).isEqualTo("a text message may have 500 bytes");
        assertGoesOn(sender);
    }

    private void assertGoesOn(RawClient sender) throws Exception {
        assertThat(server.transfers().seen()).containsExactly("my-id");
        RawClient receiver = server.get("/my-id");
        receiver.awaitBody("ab");
        sender.send("2\r\ncd\r\n0\r\n\r\n");
        assertThat(receiver.reply().body()).isEqualTo("abcd");
        assertThat(server.transfers().awaitEnded("my-id")).isEqualTo(new TransferState.Completed(4));
    }
}
