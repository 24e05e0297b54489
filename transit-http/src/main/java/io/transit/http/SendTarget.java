package io.transit.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.transit.core.FileMetadata;
import io.transit.core.TransferId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a sender's request names: the path up to its last slash is the id, what follows it is the file's name.
 *
 * @param id the id that the sender chose, or empty if the server is to choose
 * @param name as it was sent, or the empty text
 * @param size of the file
 * @param type as it was declared
 * @param isForm whether the file is in a form, which is what has that type
 */
record SendTarget(Optional<TransferId> id, String name, OptionalLong size, String type, boolean isForm) {
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
        boolean isForm = exchange.method().equals(Method.POST) && FormBody.isForm(type);
        return new SendTarget(id, name, isForm ? OptionalLong.empty() : size, type, isForm);
    }

    /** What is known of the file, unless that stands in a form. */
    FileMetadata file() {
        return FileMetadata.of(name, size, type);
    }

    /** The same of a file in a form; a name that was given beside it is what the sender wants. */
    FileMetadata file(PartHead head) {
        return FileMetadata.of(name.isEmpty() ? head.fileName().orElse("") : name, size, head.type());
    }

    /** A receiver would take a part for the file (RFC 9110 section 14.5). */
    private static void requireWholeFile(Exchange exchange, OptionalLong size) {
        long bytes = size.orElse(0);
        String whole = "bytes 0-" + (bytes - 1) + "/" + bytes;
        if (exchange.header(HeaderNames.CONTENT_RANGE)
                .filter(range -> !range.equals(whole))
                .isPresent()) {
            throw new Refusal(Status.BAD_REQUEST_400, "a file can only be sent from its first byte");
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
