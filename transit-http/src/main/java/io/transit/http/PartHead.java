package io.transit.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.transit.core.FileMetadata;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the headers of a part of a form say (RFC 7578).
 *
 * @param fileName of a file, as it was sent; empty if this is a field
 * @param type as it was declared
 */
record PartHead(Optional<String> fileName, String type) {
    private static final List<String> PLAIN_ENCODINGS = List.of("", "7bit", "8bit", "binary");

    /**
     * Reads them.
     *
     * @param lines without the carriage returns
     * @throws BodyException.Malformed if they cannot be read, or the payload would have to be decoded
     */
    static PartHead of(ByteBuffer lines) throws BodyException.Malformed {
        Map<String, String> headers = headers(text(lines));
        String encoding = headers.getOrDefault("content-transfer-encoding", "").toLowerCase(Locale.ROOT);
        if (!PLAIN_ENCODINGS.contains(encoding)) {
            throw new BodyException.Malformed("send the file without a Content-Transfer-Encoding");
        }
        String disposition = headers.getOrDefault("content-disposition", "");
        return new PartHead(
                fileName(HeaderParameters.of(disposition)),
                headers.getOrDefault("content-type", FileMetadata.UNKNOWN_TYPE));
    }

    /** As browsers write them, which is UTF-8; some programs write what their system has. */
    private static String text(ByteBuffer lines) {
        try {
            return UTF_8.newDecoder().decode(lines.duplicate()).toString();
        } catch (CharacterCodingException e) {
            return ISO_8859_1.decode(lines.duplicate()).toString();
        }
    }

    private static Map<String, String> headers(String lines) throws BodyException.Malformed {
        var headers = new HashMap<String, String>();
        // A line that begins with a space goes on with the one before.
        for (String line : lines.replaceAll("\n[ \t]+", " ").split("\n", -1)) {
            int colon = line.indexOf(':');
            if (!line.isEmpty() && colon <= 0) {
                throw new BodyException.Malformed("a part's header has no name");
            }
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** A browser sends an empty name where its user chose no file. */
    private static Optional<String> fileName(Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get("filename*"))
                .flatMap(PartHead::extended)
                .or(() -> Optional.ofNullable(parameters.get("filename")).map(name -> name.replace("%22", "\"")))
                .filter(name -> !name.isEmpty());
    }

    /** {@code UTF-8''…} of RFC 8187. */
    private static Optional<String> extended(String value) {
        int quote = value.indexOf('\'');
        int second = value.indexOf('\'', quote + 1);
        if (quote < 0 || second < 0 || !value.substring(0, quote).equalsIgnoreCase("utf-8")) {
            return Optional.empty();
        }
        try {
            return Optional.of(RawPath.decode(value.substring(second + 1)));
        } catch (Refusal e) {
            // The plain one may do.
            return Optional.empty();
        }
    }
}
