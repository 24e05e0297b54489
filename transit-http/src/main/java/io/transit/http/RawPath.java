package io.transit.http;

import io.helidon.http.Status;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A path as it was sent, split at its slashes and only then decoded, once, as UTF-8 (RFC 3986 section 2.4). */
final class RawPath {
    /** What the server puts in place of a byte that is not ASCII. */
    static final char REPLACEMENT = '\ufffd';

    private RawPath() {}

    /**
     * Takes a path apart.
     *
     * @param raw begins with a slash; a slash at its end makes the last segment empty
     * @return the segments, at least one
     * @throws Refusal if it is not a path, or not UTF-8 once it is decoded
     */
    static List<String> segments(String raw) {
        if (!raw.startsWith("/") || raw.indexOf(REPLACEMENT) >= 0) {
            throw malformed();
        }
        return Stream.of(raw.substring(1).split("/", -1)).map(RawPath::decode).toList();
    }

    /**
     * Decodes what is percent-encoded.
     *
     * @throws Refusal if it is not UTF-8 once it is decoded
     */
    static String decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        ByteBuffer bytes = ByteBuffer.allocate(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                bytes.put((byte) (hexDigit(segment, i + 1) << 4 | hexDigit(segment, i + 2)));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static int hexDigit(String text, int index) {
        int digit = index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
        if (digit < 0) {
            throw malformed();
        }
        return digit;
    }

    private static Refusal malformed() {
        return new Refusal(Status.BAD_REQUEST_400, "the path is not percent-encoded UTF-8");
    }
}
