package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of {@code names/corpus.tsv}: a name as a stranger may write it, and what is to become of it.
 *
 * @param given what the sender says
 * @param saved what the rule in docs/http-api.md makes of it
 * @param plain what is left of that for a client that knows no more than ASCII
 * @param byChromium under which name Chromium saves it
 */
record StrangeName(String given, String saved, String plain, String byChromium) {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-f]{4}|\\\\)");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** The places for a name. */
    enum Place {
        PATH,
        QUERY,
        /** Of a WebSocket; the only one that can hold half of a surrogate pair. */
        METADATA
    }

    static List<StrangeName> all() throws IOException {
        try (InputStream table = StrangeName.class.getResourceAsStream("/names/corpus.tsv")) {
            return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(row -> Arrays.stream(row).map(StrangeName::unescape).toArray(String[]::new))
                    .map(row -> new StrangeName(row[1], row[2], row[3], row[4].isEmpty() ? row[2] : row[4]))
                    .toList();
        }
    }

    /** Where it can be given. */
    List<Place> places() {
        List<Place> places = new ArrayList<>(List.of(Place.values()));
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(given)) {
            places.removeAll(List.of(Place.PATH, Place.QUERY));
        }
        return places;
    }

    /**
     * Offers a file of that name.
     *
     * @param body ASCII
     * @return what waits until the sender knows that it is delivered
     */
    Callable<Boolean> offer(TestServer server, String id, Place place, String body) throws IOException {
        return offer(server, id, place, body, "a/b");
    }

    Callable<Boolean> offer(TestServer server, String id, Place place, String body, String type) throws IOException {
        if (place != Place.METADATA) {
            String path = "/" + id + "/" + (place == Place.QUERY ? "?name=" : "") + percentEncoded(given, "");
            RawClient sender = server.put(path, body);
            return () -> {
                try (sender) {
                    return sender.reply().status() == 200;
                }
            };
        }
        RawWebSocket sender = server.webSocket("/send/" + id)
                .text("{\"name\":\"" + json(given) + "\",\"size\":" + body.length() + ",\"type\":\"" + json(type)
                        + "\"}");
        server.transfers().awaitOffered(id);
        Future<Boolean> sent = server.beside(() ->
                sender.awaitText(RawWebSocket.GO).binary(body).awaitClose().code() == 1000);
        return sent::get;
    }

    /** Encodes every byte but the characters that match. */
    static String percentEncoded(String text, String plain) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            String character = Character.toString((char) (b & 0xff));
            encoded.append(character.matches(plain) ? character : "%" + HEX.toHexDigits(b));
        }
        return encoded.toString();
    }

    private static String json(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(unit -> escaped.append(String.format("\\u%04x", unit)));
        return escaped.toString();
    }

    private static String unescape(String text) {
        assertThat(text).isNotEqualTo("\\");
        return text.equals("(nothing)")
                ? ""
                : ESCAPE.matcher(text)
                        .replaceAll(escape -> Matcher.quoteReplacement(
                                escape.group(1).equals("\\")
                                        ? "\\"
                                        : Character.toString((char)
                                                Integer.parseInt(escape.group(1).substring(1), 16))));
    }
}
