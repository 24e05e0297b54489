package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.FileMetadata;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver whose connection broke comes back for the rest, if its sender can start anywhere. */
@Timeout(180)
class ResumeTest {
    private static final TransferId ID = new TransferId("my-id");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] FILM = SeekingSender.payload(3_000_000);

    @RegisterExtension
    final TestServer server = new TestServer();

    private SeekingSender film() {
        return SeekingSender.start(server, film(FILM.length).withSeekable(), FILM);
    }

    private static final Instant CHANGED = Instant.ofEpochSecond(1_000_000_000);

    private static Offer film(int size) {
        return Offer.of(ID, named("film.mkv", size, "video/x-matroska").withModified(CHANGED));
    }

    private static FileMetadata named(String name, int size, String type) {
        return FileMetadata.of(name, OptionalLong.of(size), type);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void one_that_breaks_off_anywhere_any_number_of_times_gets_the_very_bytes(long seed) throws Exception {
        SeekingSender sender = film();
        var random = new Random(seed);
        var received = new ByteArrayOutputStream();
        for (int i = 1; i <= 5; i++) {
            try (RawClient client = server.connectHolding(16 * 1024)) {
                client.send(server.head("GET /my-id|Range: bytes=" + received.size() + "-"));
                client.awaitHead(received.size() == 0 ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 206 Partial Content\r\n");
                received.write(client.takeBody(1 + random.nextInt(500_000)));
                client.vanish();
            }
            server.transfers().awaitPaused("my-id", i);
        }
        int from = received.size();
        Reply rest = server.ask("GET /my-id|Range: bytes=" + from + "-");

        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.header("Content-Range"))
                .isEqualTo("bytes " + from + "-" + (FILM.length - 1) + "/" + FILM.length);
        assertThat(rest.header("Content-Length")).isEqualTo(Integer.toString(FILM.length - from));
        received.write(rest.bytes());
        assertThat(received.toByteArray()).isEqualTo(FILM);
        assertThat(sender.receipt().bytes()).isEqualTo(FILM.length);
        assertThat(server.transfers().awaitEnded("my-id")).isEqualTo(new TransferState.Completed(FILM.length));
    }

    /** Says which file the rest is wanted of. */
    private String ofThisFile(String path) throws Exception {
        return "|If-Range: " + server.request("HEAD " + path).replyToHead().header("ETag");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=2999999-,        2999999",
        "bytes=1-,              1",
        "BYTES=1-,              1",
        "bytes=2000000-2999999, 2000000",
        "bytes=2000000-9999999, 2000000"
    })
    void the_rest_can_be_had_without_a_beginning(String range, int from) throws Exception {
        SeekingSender sender = film();

        Reply rest = server.ask("GET /my-id|Range: " + range + ofThisFile("/my-id"));

        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(rest.bytes()).isEqualTo(Arrays.copyOfRange(FILM, from, FILM.length));
        assertThat(rest.whole()).isTrue();
        assertThat(sender.receipt().bytes()).isEqualTo(FILM.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=0-2999999", "bytes=00-"})
    void a_range_that_is_all_of_it_is_a_plain_GET(String range) throws Exception {
        SeekingSender sender = film();

        Reply whole = server.ask("GET /my-id?digest|TE: trailers|Range: " + range);

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.hasHeader("Content-Range")).isFalse();
        assertThat(whole.bytes()).isEqualTo(FILM);
        assertThat(whole.trailers()).containsOnlyKeys("repr-digest");
        assertThat(sender.receipt().sha256()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=-5",
                "bytes=1-5",
                "bytes=0-5",
                "bytes=5-1",
                "bytes=1-,5-",
                "bytes=1-|Range: bytes=5-",
                "bytes=3000000-",
                "bytes=9999999999999999999-",
                "bytes=1",
                "bytes 1-",
                "lines=1-",
                "bytes=1-|If-Range: \"other\"",
                "bytes=1-|If-Range: W/\"other\"",
                "bytes=1-|If-Range: Wed, 21 Oct 2015 07:28:00 GMT"
            })
    void A15_what_is_not_the_rest_is_409_and_consumes_nothing(String range) throws Exception {
        SeekingSender sender = film();

        Reply refusal = server.ask("GET /my-id|Range: " + range);

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.body()).matches("[ -~]+\n");
        assertThat(server.ask("GET /my-id").bytes()).isEqualTo(FILM);
        assertThat(sender.receipt().bytes()).isEqualTo(FILM.length);
    }

    @Test
    void the_same_file_offered_anew_has_the_same_tag_and_another_has_not() throws Exception {
        String tag = tagOf(film(3));
        assertThat(tag).matches("\"[!#-~]+\"");
        assertThat(tagOf(film(3))).isEqualTo(tag);
        assertThat(tagOf(film(4))).isNotEqualTo(tag);
        FileMetadata other = named("other", 3, "video/x-matroska");
        assertThat(tagOf(Offer.of(ID, other.withModified(CHANGED)))).isNotEqualTo(tag);
        FileMetadata another = named("film.mkv", 3, "video/mp4");
        assertThat(tagOf(Offer.of(ID, another.withModified(CHANGED)))).isNotEqualTo(tag);
        FileMetadata same = film(3).files().get(0);
        assertThat(tagOf(Offer.of(ID, same.withModified(Instant.EPOCH)))).isNotEqualTo(tag);
        assertThat(tagOf(Offer.of(ID, same.inFolder("films")))).isNotEqualTo(tag);
    }

    /** Where the head of the whole, of its rest and that of HEAD agree. */
    private String tagOf(Offer offer) throws Exception {
        byte[] payload = SeekingSender.payload((int) offer.size().orElseThrow());
        SeekingSender sender = SeekingSender.start(server, offer.withSeekable(), payload);
        Reply head = server.request("HEAD /my-id").replyToHead();
        assertThat(head.header("Accept-Ranges")).isEqualTo("bytes");
        String tag = head.header("ETag");
        Reply rest = server.ask("GET /my-id|Range: bytes=1-|If-Range: " + tag);
        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.header("ETag")).isEqualTo(tag);
        assertThat(sender.receipt().bytes()).isEqualTo(payload.length);
        return tag;
    }

    /** Its name and size say nothing of its content: another one may have both. */
    @Test
    void an_undated_file_has_no_tag_and_only_who_receives_this_offer_gets_its_rest() throws Exception {
        Offer undated = Offer.of(ID, named("film.mkv", FILM.length, "video/x-matroska"));
        SeekingSender before = SeekingSender.start(server, undated.withSeekable(), FILM);
        RawClient client = server.connectHolding(16 * 1024);
        client.send(server.head("GET /my-id")).awaitHead("HTTP/1.1 200 OK\r\n");
        client.vanish();
        server.transfers().awaitPaused("my-id", 1);
        Reply head = server.request("HEAD /my-id").replyToHead();
        assertThat(head.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(head.hasHeader("ETag")).isFalse();
        assertThat(server.ask("GET /my-id|Range: bytes=9-|If-Range: \"x\"").status())
                .isEqualTo(409);
        assertThat(server.ask("GET /my-id|Range: bytes=9-").status()).isEqualTo(206);
        assertThat(before.receipt().bytes()).isEqualTo(FILM.length);
        server.transfers().awaitEnded("my-id");

        SeekingSender again = SeekingSender.start(server, undated.withSeekable(), FILM);
        assertThat(server.ask("GET /my-id|Range: bytes=9-").status()).isEqualTo(409);
        assertThat(server.ask("GET /my-id").bytes()).isEqualTo(FILM);
        assertThat(again.receipt().bytes()).isEqualTo(FILM.length);
    }

    /** Between nodes the state is seen a moment later than it is. */
    @Test
    void who_comes_for_the_rest_of_an_undated_file_before_it_is_seen_that_somebody_left_with_its_beginning_gets_it()
            throws Exception {
        Offer undated = Offer.of(ID, named("film.mkv", 100, "video/x-matroska"));
        try (var sender = server.rendezvous().offer(undated.withSeekable())) {
            Receiver first = server.rendezvous().claim(Claim.of(ID));
            assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
            RawClient second = server.request("GET /my-id|Range: bytes=50-");
            server.transfers().awaitWatched("my-id");
            sender.send(ByteBuffer.wrap(new byte[50]));
            ReceivedBytes.take(first, 50);
            first.close();
            assertThat(sender.awaitReceiver(PATIENCE).orElseThrow().offset()).isEqualTo(50);
            sender.send(ByteBuffer.wrap(new byte[50]));
            var receipt = server.beside(() -> sender.done());
            assertThat(second.reply().status()).isEqualTo(206);
            assertThat(receipt.get().bytes()).isEqualTo(100);
        }
    }

    @Test
    void a_sender_that_cannot_seek_says_so() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "film");
        Reply head = server.request("HEAD /my-id").replyToHead();
        assertThat(head.header("Accept-Ranges")).isEqualTo("none");
        assertThat(head.hasHeader("ETag")).isFalse();

        assertThat(server.ask("GET /my-id").header("Accept-Ranges")).isEqualTo("none");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void T5_a_seat_that_is_held_is_409() throws Exception {
        SeekingSender sender = film();
        RawClient client = server.connectHolding(16 * 1024);
        client.send(server.head("GET /my-id")).awaitHead("HTTP/1.1 200 OK\r\n");

        Reply second = server.ask("GET /my-id|Range: bytes=1-");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body()).matches("[ -~]+\n");
        assertThat(client.reply().bytes()).isEqualTo(FILM);
        assertThat(sender.receipt().bytes()).isEqualTo(FILM.length);
    }

    @Test
    void a_digest_is_that_of_the_whole_so_a_rest_has_none() throws Exception {
        SeekingSender sender = film();

        Reply rest = server.ask("GET /my-id?digest|TE: trailers|Range: bytes=1-" + ofThisFile("/my-id"));

        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.header("Content-Length")).isEqualTo(Integer.toString(FILM.length - 1));
        assertThat(rest.hasHeader("Trailer")).isFalse();
        assertThat(sender.receipt().sha256()).isEmpty();
    }

    @Test
    void F4_a_rest_whose_sender_dies_is_short_and_before_its_first_byte_has_a_status() throws Exception {
        try (var sender = server.rendezvous().offer(film(10).withSeekable())) {
            RawClient receiver = server.request("GET /my-id|Range: bytes=5-" + ofThisFile("/my-id"));
            assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
            sender.send(ByteBuffer.wrap(new byte[4]));
            receiver.awaitHead("HTTP/1.1 206 ");
            sender.interrupt(InterruptReason.SENDER_LEFT);
            assertThat(receiver.reply().whole()).isFalse();
        }
        try (var sender = server.rendezvous().offer(film(10).withSeekable())) {
            RawClient receiver = server.request("GET /my-id|Range: bytes=5-" + ofThisFile("/my-id"));
            assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
            sender.interrupt(InterruptReason.SENDER_LEFT);
            assertThat(receiver.reply().status()).isEqualTo(410);
        }
    }

    @Test
    void the_last_byte_is_held_back_until_the_end_is_verified() throws Exception {
        try (var sender = server.rendezvous().offer(film(10).withSeekable())) {
            RawClient receiver = server.request("GET /my-id|Range: bytes=5-" + ofThisFile("/my-id"));
            assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
            sender.send(ByteBuffer.wrap(new byte[5]));
            receiver.awaitHead("HTTP/1.1 206 ");
            sender.interrupt(InterruptReason.SENDER_LEFT);
            Reply rest = receiver.reply();
            assertThat(rest.whole()).isFalse();
            assertThat(rest.body()).hasSizeLessThan(5);
        }
    }

    /** wget tries again by itself, without saying which file it has: at an id under which there may be another one by then. */
    @Test
    void the_rest_of_another_file_is_not_that_of_the_one_before() throws Exception {
        try (var before = server.rendezvous().offer(film(100).withSeekable())) {
            RawClient client = server.get("/my-id");
            assertThat(before.awaitReceiver(PATIENCE)).isPresent();
            before.send(ByteBuffer.wrap(new byte[50]));
            client.awaitHead("HTTP/1.1 200 ");
            before.interrupt(InterruptReason.CANCELLED);
            assertThat(client.reply().whole()).isFalse();
        }
        SeekingSender sender = film();

        assertThat(server.ask("GET /my-id|Range: bytes=50-").status()).isEqualTo(409);

        assertThat(server.ask("GET /my-id").bytes()).isEqualTo(FILM);
        assertThat(sender.receipt().bytes()).isEqualTo(FILM.length);
        server.transfers().awaitEnded("my-id");
        SeekingSender again = film();
        assertThat(server.ask("GET /my-id|Range: bytes=50-").status())
                .as("the same file, offered anew")
                .isEqualTo(206);
        assertThat(again.receipt().bytes()).isEqualTo(FILM.length);
    }

    /** curl exits with 0 if what it asks the rest of is as long as the answer. */
    @Test
    void an_error_is_never_as_long_as_the_part_that_the_client_has() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "film");
        for (String path :
                new String[] {"/my-id", "/unknown", "/my-id?file=0", "/my-id?format=zip|Accept: application/json"}) {
            String length = server.ask("GET " + path + "|Range: bytes=9-").header("Content-Length");

            assertThat(server.ask("GET " + path + "|Range: bytes=" + length + "-")
                            .header("Content-Length"))
                    .isNotEqualTo(length);
        }
        assertThat(server.ask("GET /my-id").body()).isEqualTo("film");
        assertThat(sender.reply().status()).isEqualTo(200);
    }
}
