package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.FileMetadata;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several files are had as one archive, which is made on the fly. */
@Timeout(180)
class SeveralFilesTest {
    private static final int[] SIZES = {0, 5, 1_000_000, 0, 2_000_000, 0};
    private static final byte[] CONTENT =
            SeekingSender.payload(IntStream.of(SIZES).sum());

    @RegisterExtension
    final TestServer server = new TestServer();

    private static Offer offer(int... sizes) {
        List<FileMetadata> files = IntStream.range(0, sizes.length)
                .mapToObj(i -> FileMetadata.of("né-" + i, OptionalLong.of(sizes[i]), "text/plain")
                        .inFolder("my photos/" + i % 2)
                        .withModified(Instant.EPOCH))
                .toList();
        return new Offer(new TransferId("my-id"), files, false, 1, false, Offer.DEFAULT_PATIENCE);
    }

    private SeekingSender photos() {
        return SeekingSender.start(server, offer(SIZES).withSeekable(), CONTENT);
    }

    /** What an archive is to be. */
    private static byte[] archive(String format, Offer offer, byte[] content) throws IOException {
        Archive archive = Archive.of(ArchiveFormat.named(format).orElseThrow(), offer.files());
        var out = new ByteArrayOutputStream();
        var channel = new ArchiveChannel(
                archive, new Checksums(archive.files()), Checksums.Mark.START, 0, Channels.newChannel(out));
        var in = ByteBuffer.wrap(content);
        while (in.hasRemaining()) {
            channel.write(in);
        }
        channel.finish();
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "'',           zip, application/zip",
        "?format=zip,  zip, application/zip",
        "?format=ZIP,  zip, application/zip",
        "?format=tar,  tar, application/x-tar"
    })
    void a_tool_gets_all_of_them_in_one_and_how_long_that_is(String query, String format, String type)
            throws Exception {
        SeekingSender sender = photos();
        Reply head = server.request("HEAD /my-id" + query).replyToHead();

        Reply archive = server.ask("GET /my-id" + query);

        byte[] expected = archive(format, offer(SIZES), CONTENT);
        assertThat(archive.status()).isEqualTo(200);
        assertThat(archive.bytes()).isEqualTo(expected);
        for (Reply each : List.of(head, archive)) {
            assertThat(each.header("Content-Length")).isEqualTo(Integer.toString(expected.length));
            assertThat(each.header("Content-Type")).isEqualTo(type);
            assertThat(each.header("Content-Disposition"))
                    .isEqualTo("attachment; filename=\"my photos." + format + "\"");
            assertThat(each.header("Accept-Ranges")).isEqualTo("bytes");
            assertThat(each.header("ETag")).endsWith("-" + format + "\"");
        }
        assertThat(sender.receipt().bytes()).isEqualTo(CONTENT.length);
        assertThat(server.transfers().awaitEnded("my-id")).isEqualTo(new TransferState.Completed(CONTENT.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar"})
    void a_sender_that_cannot_start_anywhere_can_send_several_too(String format) throws Exception {
        SeekingSender sender = SeekingSender.start(server, offer(SIZES), CONTENT);

        Reply archive = server.ask("GET /my-id?format=" + format);

        assertThat(archive.bytes()).isEqualTo(archive(format, offer(SIZES), CONTENT));
        assertThat(archive.header("Accept-Ranges")).isEqualTo("none");
        assertThat(sender.receipt().bytes()).isEqualTo(CONTENT.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar"})
    void of_empty_files_too(String format) throws Exception {
        SeekingSender sender = SeekingSender.start(server, offer(0, 0), new byte[0]);

        Reply archive = server.ask("GET /my-id?format=" + format);

        assertThat(archive.status()).isEqualTo(200);
        assertThat(archive.whole()).isTrue();
        assertThat(archive.bytes()).isEqualTo(archive(format, offer(0, 0), new byte[0]));
        assertThat(sender.receipt().bytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar"})
    void of_a_single_file_too(String format) throws Exception {
        SeekingSender sender = SeekingSender.start(server, offer(9).withSeekable(), SeekingSender.payload(9));

        Reply archive = server.ask("GET /my-id?format=" + format);

        assertThat(archive.bytes()).isEqualTo(archive(format, offer(9), SeekingSender.payload(9)));
        assertThat(archive.header("Content-Disposition")).contains("filename*=UTF-8''n%C3%A9-0." + format);
        assertThat(sender.receipt().bytes()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"zip, 1", "zip, 2", "tar, 1", "tar, 2"})
    void one_that_breaks_off_anywhere_any_number_of_times_gets_the_very_bytes(String format, long seed)
            throws Exception {
        SeekingSender sender = photos();
        byte[] expected = archive(format, offer(SIZES), CONTENT);
        var random = new Random(seed);
        var received = new ByteArrayOutputStream();
        for (int i = 1; i <= 5; i++) {
            try (RawClient client = server.connectHolding(16 * 1024)) {
                client.send(server.head("GET /my-id?format=" + format + "|Range: bytes=" + received.size() + "-"));
                client.awaitHead(received.size() == 0 ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 206 Partial Content\r\n");
                received.write(client.takeBody(1 + random.nextInt(500_000)));
                client.vanish();
            }
            server.transfers().awaitPaused("my-id", i);
        }
        Reply rest = server.ask("GET /my-id?format=" + format + "|Range: bytes=" + received.size() + "-");

        assertThat(rest.header("Content-Range"))
                .isEqualTo("bytes " + received.size() + "-" + (expected.length - 1) + "/" + expected.length);
        received.write(rest.bytes());
        assertThat(received.toByteArray()).isEqualTo(expected);
        assertThat(sender.receipt().bytes()).isEqualTo(CONTENT.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar"})
    void the_rest_can_be_had_where_the_beginning_was_never_seen(String format) throws Exception {
        byte[] expected = archive(format, offer(SIZES), CONTENT);
        for (int from : new int[] {1, 40, 500_000, expected.length - 2_000, expected.length - 1}) {
            SeekingSender sender = photos();
            String tag =
                    server.request("HEAD /my-id?format=" + format).replyToHead().header("ETag");
            Reply rest =
                    server.ask("GET /my-id?format=" + format + "|If-Range: " + tag + "|Range: bytes=" + from + "-");
            assertThat(rest.status()).isEqualTo(206);
            assertThat(rest.bytes()).isEqualTo(Arrays.copyOfRange(expected, from, expected.length));
            assertThat(sender.receipt().bytes()).isEqualTo(CONTENT.length);
        }
    }

    @Test
    void each_form_has_a_tag_of_its_own() throws Exception {
        SeekingSender sender = photos();
        String zip = server.request("HEAD /my-id").replyToHead().header("ETag");

        Reply refusal = server.ask("GET /my-id?format=tar|Range: bytes=9-|If-Range: " + zip);

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(server.ask("GET /my-id?format=zip|Range: bytes=9-|If-Range: " + zip)
                        .status())
                .isEqualTo(206);
        assertThat(sender.receipt().bytes()).isEqualTo(CONTENT.length);
    }

    @ParameterizedTest
    @CsvSource({
        "format=rar,        400",
        "format=,           400",
        "file=0,            400",
        "file=-1,           400",
        "file=x,            400",
        "file=,             400",
        "file=1&format=zip, 400",
        "file=7,            404",
        "file=999999999,    404",
        "file=1,            409"
    })
    void what_is_not_there_consumes_nothing(String query, int status) throws Exception {
        SeekingSender sender = SeekingSender.start(server, offer(SIZES), CONTENT);
        for (String head : new String[] {"GET /my-id?" + query, "GET /my-id?" + query + "|Range: bytes=2-"}) {
            Reply refusal = server.ask(head);
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.body()).matches("[ -~]+\n");
        }
        assertThat(server.request("HEAD /my-id?" + query).replyToHead().status())
                .isEqualTo(status);
        assertThat(server.ask("GET /my-id").status()).isEqualTo(200);
        assertThat(sender.receipt().bytes()).isEqualTo(CONTENT.length);
        assertThat(server.ask("GET /my-id?format=tar|Range: bytes=2-").status()).isEqualTo(410);
        assertThat(server.ask("GET /unknown?format=tar|Range: bytes=2-").status())
                .isEqualTo(404);
    }

    @Test
    void an_archive_of_a_file_of_unknown_size_is_409_and_consumes_nothing() throws Exception {
        RawClient sender = server.putChunked("/my-id/a", "5\r\nhello\r\n0\r\n\r\n");

        assertThat(server.ask("GET /my-id?format=zip").status()).isEqualTo(409);

        assertThat(server.ask("GET /my-id?file=1").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void an_archive_has_no_digest() throws Exception {
        SeekingSender sender = photos();

        Reply archive = server.ask("GET /my-id?digest|TE: trailers");

        assertThat(archive.hasHeader("Content-Length")).isTrue();
        assertThat(archive.hasHeader("Trailer")).isFalse();
        assertThat(sender.receipt().bytes()).isEqualTo(CONTENT.length);
    }

    @Test
    void F4_an_archive_that_was_cut_short_is_short_by_its_length() throws Exception {
        try (var sender = server.rendezvous().offer(offer(5, 5))) {
            RawClient receiver = server.get("/my-id");
            assertThat(sender.awaitReceiver(Duration.ofSeconds(30))).isPresent();
            sender.send(ByteBuffer.wrap("helloworld".getBytes(StandardCharsets.US_ASCII)));
            receiver.awaitBody("world");
            sender.interrupt(InterruptReason.CANCELLED);

            Reply archive = receiver.reply();
            assertThat(archive.status()).isEqualTo(200);
            assertThat(archive.whole()).isFalse();
        }
    }

    @Test
    void a_WebSocket_receives_the_zip_too() throws Exception {
        byte[] content = SeekingSender.payload(11);
        String zip = new String(archive("zip", offer(0, 5, 6), content), StandardCharsets.ISO_8859_1);
        SeekingSender sender = SeekingSender.start(server, offer(0, 5, 6), content);

        RawWebSocket receiver = server.webSocket("/receive/my-id");
        assertThat(receiver.nextMessage().text())
                .contains("\"my photos.zip\"", "\"application/zip\"", ":" + zip.length() + ",");
        receiver.text(RawWebSocket.GO).awaitPayload(zip);

        assertThat(receiver.nextMessage().payload()).isEmpty();
        assertThat(receiver.awaitClose().code()).isEqualTo(1000);
        assertThat(sender.receipt().bytes()).isEqualTo(11);
    }
}
