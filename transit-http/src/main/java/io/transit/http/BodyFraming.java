package io.transit.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the end of a request's body is known: RFC 9112 section 6, without its lenient readings, since two programs that read
 * the same request differently are how requests are smuggled.
 */
sealed interface BodyFraming {
    /** There is no body. */
    record None() implements BodyFraming {}

    /** The body has so many bytes. */
    record Length(long bytes) implements BodyFraming {}

    /** The body comes in chunks, the last of which says that it is the last. */
    record Chunked() implements BodyFraming {}

    /** Nobody can say where the body ends. */
    record Malformed(Status status, String why) implements BodyFraming {}

    /** Eighteen digits always fit into a {@code long}. */
    Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    /** In any case, but of ASCII only: a Kelvin sign is not a K. */
    Pattern CHUNKED = Pattern.compile("chunked", Pattern.CASE_INSENSITIVE);

    static BodyFraming of(Headers headers) {
        List<String> codings = headers.all(HeaderNames.TRANSFER_ENCODING, List::of);
        List<String> lengths = headers.all(HeaderNames.CONTENT_LENGTH, List::of);
        if (!codings.isEmpty()) {
            return chunked(codings, lengths);
        }
        if (lengths.isEmpty()) {
            return new None();
        }
        if (lengths.size() > 1) {
            return new Malformed(Status.BAD_REQUEST_400, "more than one Content-Length");
        }
        if (!LENGTH.matcher(lengths.get(0)).matches()) {
            return new Malformed(Status.BAD_REQUEST_400, "Content-Length is not a whole number of bytes");
        }
        return new Length(Long.parseLong(lengths.get(0)));
    }

    private static BodyFraming chunked(List<String> codings, List<String> lengths) {
        if (!lengths.isEmpty()) {
            return new Malformed(Status.BAD_REQUEST_400, "both Transfer-Encoding and Content-Length");
        }
        if (codings.size() > 1 || !CHUNKED.matcher(codings.get(0)).matches()) {
            return new Malformed(Status.NOT_IMPLEMENTED_501, "the only Transfer-Encoding known here is chunked");
        }
        return new Chunked();
    }
}
