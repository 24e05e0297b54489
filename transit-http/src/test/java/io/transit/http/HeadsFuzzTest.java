package io.transit.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whatever a head or a first message says: it is understood, or refused as is declared. Usually tries what is kept beside this
 * class; docs/proofs.md says how to search for more.
 */
class HeadsFuzzTest {
    /** What a line of {@link #headers} begins with, and the header that it is. */
    private static final List<HeaderName> NAMES = List.of(
            HeaderNames.CONTENT_LENGTH,
            HeaderNames.TRANSFER_ENCODING,
            HeaderNames.UPGRADE,
            HeaderNames.CONNECTION,
            HeaderNames.create("Sec-WebSocket-Version"),
            HeaderNames.create("Sec-WebSocket-Key"),
            HeaderNames.HOST,
            HeaderNames.ORIGIN,
            HeaderNames.create("Sec-Fetch-Site"),
            HeaderNames.create("Sec-Fetch-Dest"));

    @FuzzTest
    void A1_a_path_is_decoded_once_or_refused(byte[] input) {
        String raw = new String(input, US_ASCII);
        AbsoluteForm.of(raw).ifPresent(form -> assertThat(form.path()).startsWith("/"));
        List<String> segments;
        try {
            segments = RawPath.segments(raw);
        } catch (Refusal e) {
            assertThat(e.status()).isEqualTo(Status.BAD_REQUEST_400);
            return;
        }
        List<String> expected = new ArrayList<>();
        for (String segment : raw.substring(1).split("/", -1)) {
            expected.add(URLDecoder.decode(segment.replace("+", "%2B"), UTF_8));
        }
        assertThat(segments).isEqualTo(expected);
        try {
            WebSocketPath.of(raw);
            assertThat(Ids.of(segments.get(0)).value()).matches("[A-Za-z0-9-]{1,64}");
        } catch (Refusal e) {
            assertThat(e.status()).isEqualTo(Status.BAD_REQUEST_400);
        }
    }

    @FuzzTest
    void A12_of_any_headers_the_end_of_a_body_is_known_or_refused(byte[] input) {
        WritableHeaders<?> headers = headers(new String(input, US_ASCII));
        List<String> codings = headers.all(HeaderNames.TRANSFER_ENCODING, List::of);
        List<String> lengths = headers.all(HeaderNames.CONTENT_LENGTH, List::of);
        switch (BodyFraming.of(headers)) {
            case BodyFraming.None none ->
                assertThat(codings.size() + lengths.size()).isZero();
            case BodyFraming.Length(long bytes) -> {
                assertThat(codings).isEmpty();
                assertThat(lengths).singleElement().asString().matches("[0-9]+");
                assertThat(bytes).isEqualTo(Long.parseLong(lengths.get(0)));
            }
            case BodyFraming.Chunked chunked -> {
                assertThat(lengths).isEmpty();
                assertThat(codings).singleElement().asString().isEqualToIgnoringCase("chunked");
            }
            case BodyFraming.Malformed malformed ->
                assertThat(malformed.status().code()).isIn(400, 501);
        }
    }

    @FuzzTest
    void a_handshake_is_granted_or_refused(byte[] input) {
        String[] parts = new String(input, US_ASCII).split("\n", 2);
        var prologue = HttpPrologue.create("HTTP/1.1", "HTTP", "1.1", Method.GET, "/" + parts[0], false);
        WritableHeaders<?> headers = headers(parts.length == 1 ? "" : parts[1]);
        Handshake.isAskedFor(headers);
        Origins.isEmbedding(headers);
        try {
            Optional<Handshake> handshake = Handshake.of(BasePath.ROOT, prologue, headers, BodyFraming.of(headers));
            if (handshake.isPresent()) {
                assertThat(Base64.getDecoder().decode(handshake.get().key())).hasSize(16);
                String answer = US_ASCII.decode(handshake.get().answer()).toString();
                assertThat(answer.lines().toList())
                        .hasSize(5)
                        .allMatch(line -> line.isEmpty() || line.matches("[ -~]+"));
            }
        } catch (Refusal e) {
            assertThat(e.status().code()).isIn(400, 403, 426);
        }
    }

    @FuzzTest
    void a_preference_of_digests_is_understood_or_says_nothing(byte[] input) {
        String preference = new String(input, US_ASCII);
        if (ReprDigest.isWanted(preference)) {
            assertThat(preference).contains("sha-256");
        }
    }

    @FuzzTest
    void A11_metadata_are_refused_or_can_be_told_to_a_receiver(byte[] input) throws Exception {
        FileMetadata file;
        try {
            file = MetadataJson.read(new String(input, UTF_8));
        } catch (WebSocketException e) {
            assertThat(e.code()).isEqualTo(CloseCode.REFUSED);
            return;
        }
        String told = MetadataJson.write(Offer.of(new TransferId("my-id"), file));
        assertThat(MetadataJson.read(told)).isEqualTo(file);
    }

    @FuzzTest
    void A3_any_name_and_type_make_one_line_of_header(byte[] input) {
        String[] parts = new String(input, UTF_8).split("\n", 2);
        FileMetadata file = FileMetadata.of(parts[0], OptionalLong.empty(), parts[parts.length - 1]);
        assertThat(file.type()).matches("[ -~]+");
        String header = ContentDisposition.attachment(file.name());
        assertThat(header).matches("[ -~]+");
        assertThat(Disposition.parse(header).name()).isEqualTo(file.name());
        assertThat(Json.problem(Status.BAD_REQUEST_400, parts[0])).doesNotContainPattern("[\\x00-\\x1f]");
    }

    private static WritableHeaders<?> headers(String lines) {
        WritableHeaders<?> headers = WritableHeaders.create();
        for (String line : lines.split("\n", -1)) {
            if (!line.isEmpty()) {
                headers.add(NAMES.get(line.charAt(0) % NAMES.size()), line.substring(1));
            }
        }
        return headers;
    }
}
