package io.transit.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.transit.core.FileMetadata;
import io.transit.core.TransferId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a sender's request names: the path up to its last slash is the id, what follows it is the file's name.
 *
 * @param id the id that the sender chose, or empty if the server is to choose
 * @param file what is known of the file
 */
record SendTarget(Optional<TransferId> id, FileMetadata file) {
    private static final HeaderName NAME = HeaderNames.create("X-Transit-Name");

    /**
     * Reads it from a request's head.
     *
     * @throws Refusal if the id is malformed or reserved, the name cannot be read, or the body is not a whole file
     */
    static SendTarget of(Exchange exchange) {
        List<String> segments = RawPath.segments(exchange.rawPath());
        if (segments.size() > 2) {
            throw new Refusal(Status.BAD_REQUEST_400, "send to /, /{name}, /{id}/ or /{id}/{name}");
        }
        Optional<TransferId> id = segments.size() == 2 ? Optional.of(Ids.of(segments.get(0))) : Optional.empty();
        String last = segments.get(segments.size() - 1);
        String name = last.isEmpty()
                ? exchange.parameter("name").or(() -> header(exchange)).orElse("")
                : last;
        OptionalLong size = switch (exchange.framing()) {
            case BodyFraming.None none -> OptionalLong.of(0);
            case BodyFraming.Length(long bytes) -> OptionalLong.of(bytes);
            case BodyFraming.Chunked chunked -> OptionalLong.empty();
            case BodyFraming.Malformed malformed -> throw new Refusal(malformed.status(), malformed.why());
        };
        requireWholeFile(exchange, size);
        requireNoCoding(exchange);
        String type = exchange.header(HeaderNames.CONTENT_TYPE).orElse(FileMetadata.UNKNOWN_TYPE);
        return new SendTarget(id, FileMetadata.of(name, size, type));
    }

    /** A receiver would take a part, or a form around the file, for the file (RFC 9110 section 14.5). */
    private static void requireWholeFile(Exchange exchange, OptionalLong size) {
        long bytes = size.orElse(0);
        String whole = "bytes 0-" + (bytes - 1) + "/" + bytes;
        if (exchange.header(HeaderNames.CONTENT_RANGE)
                .filter(range -> !range.equals(whole))
                .isPresent()) {
            throw new Refusal(Status.BAD_REQUEST_400, "a file can only be sent from its first byte");
        }
        if (exchange.method().equals(Method.POST)
                && exchange.header(HeaderNames.CONTENT_TYPE)
                        .filter(SendTarget::isForm)
                        .isPresent()) {
            throw new Refusal(Status.BAD_REQUEST_400, "a form cannot be sent here; send the file itself as the body");
        }
    }

    /** It would have to be undone, by us or by a receiver who is not told: one sends the file as it is to be had. */
    private static void requireNoCoding(Exchange exchange) {
        if (exchange.header(HeaderNames.CONTENT_ENCODING)
                .filter(coding -> !coding.equalsIgnoreCase("identity"))
                .isPresent()) {
            throw new Refusal(Status.UNSUPPORTED_MEDIA_TYPE_415, "send the file without a Content-Encoding");
        }
    }

    private static boolean isForm(String type) {
        return type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /** Of what is not ASCII in a header the server keeps nothing, and a name that is not the file's is worse than none. */
    private static Optional<String> header(Exchange exchange) {
        Optional<String> name = exchange.header(NAME);
        if (name.filter(it -> it.indexOf(RawPath.REPLACEMENT) >= 0).isPresent()) {
            throw new Refusal(
                    Status.BAD_REQUEST_400, "X-Transit-Name is not ASCII; say the name with ?name=, percent-encoded");
        }
        return name;
    }
}
