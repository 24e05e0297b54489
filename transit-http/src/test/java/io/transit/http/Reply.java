package io.transit.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client has of an answer. Read strictly, and by other code than what is tested.
 *
 * @param status of the status line
 * @param headers by their names in lower case
 * @param body one character for each byte
 * @param trailers what followed a body in chunks, as the headers
 * @param whole whether the answer's framing says that this is all of it
 */
record Reply(
        int status, Map<String, List<String>> headers, String body, Map<String, List<String>> trailers, boolean whole) {
    private static final String CR_LF = "\r\n";

    /** An answer, or as much of it as is there, and where it ends in what was read. */
    record Parsed(Reply reply, int end) {}

    String header(String name) {
        return String.join(", ", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    boolean hasHeader(String name) {
        return headers.containsKey(name.toLowerCase(Locale.ROOT));
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    String lastLine() {
        List<String> lines = body.lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** Reads an answer, if its head is there; the head is all there is of the answer to a {@code HEAD}. */
    static Optional<Parsed> parse(String wire, boolean headOnly) {
        int headEnd = wire.indexOf(CR_LF + CR_LF);
        if (headEnd < 0) {
            return Optional.empty();
        }
        List<String> lines = List.of(wire.substring(0, headEnd).split(CR_LF, -1));
        if (!lines.get(0).matches("HTTP/1\\.1 \\d{3} [ -~]*")) {
            throw new AssertionError("not a status line: " + lines.get(0));
        }
        int status = Integer.parseInt(lines.get(0).substring(9, 12));
        Map<String, List<String>> headers = headers(lines.subList(1, lines.size()));
        int start = headEnd + 4;
        if (headOnly || status < 200 || status == 204) {
            return Optional.of(new Parsed(new Reply(status, headers, "", Map.of(), true), start));
        }
        Body body = headers.containsKey("transfer-encoding") ? chunks(wire, start) : ofLength(wire, start, headers);
        return Optional.of(
                new Parsed(new Reply(status, headers, body.payload(), body.trailers(), body.whole()), body.end()));
    }

    private static Map<String, List<String>> headers(List<String> lines) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (!line.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+: ?[\t -~]*")) {
                throw new AssertionError("not a header line: " + line);
            }
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private record Body(String payload, Map<String, List<String>> trailers, boolean whole, int end) {
        static Body cut(StringBuilder payload, String wire) {
            return new Body(payload.toString(), Map.of(), false, wire.length());
        }
    }

    private static Body ofLength(String wire, int start, Map<String, List<String>> headers) {
        List<String> lengths = headers.getOrDefault("content-length", List.of());
        if (lengths.size() != 1) {
            throw new AssertionError("an answer that ends with its connection, or nowhere: " + headers);
        }
        long end = start + Long.parseLong(lengths.get(0));
        boolean whole = wire.length() >= end;
        int to = whole ? (int) end : wire.length();
        return new Body(wire.substring(start, to), Map.of(), whole, to);
    }

    private static Body chunks(String wire, int start) {
        var payload = new StringBuilder();
        int at = start;
        while (true) {
            int lineEnd = wire.indexOf(CR_LF, at);
            if (lineEnd < 0) {
                return Body.cut(payload, wire);
            }
            int size = Integer.parseInt(wire.substring(at, lineEnd), 16);
            int from = lineEnd + 2;
            if (size == 0) {
                return afterLastChunk(payload, wire, from);
            }
            int to = from + size;
            payload.append(wire, from, Math.min(to, wire.length()));
            if (wire.length() < to + 2) {
                return Body.cut(payload, wire);
            }
            if (!wire.startsWith(CR_LF, to)) {
                throw new AssertionError("a chunk is longer than its size");
            }
            at = to + 2;
        }
    }

    private static Body afterLastChunk(StringBuilder payload, String wire, int start) {
        if (wire.startsWith(CR_LF, start)) {
            return new Body(payload.toString(), Map.of(), true, start + 2);
        }
        int end = wire.indexOf(CR_LF + CR_LF, start);
        return end < 0
                ? Body.cut(payload, wire)
                : new Body(
                        payload.toString(),
                        headers(List.of(wire.substring(start, end).split(CR_LF, -1))),
                        true,
                        end + 4);
    }
}
