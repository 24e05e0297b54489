package io.transit.app.bench;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The head of a request or of an answer. */
record Head(String first, Map<String, String> fields) {
    static Head of(String text) {
        Map<String, String> fields = new TreeMap<>();
        text.lines().skip(1).filter(line -> line.contains(":")).forEach(line -> {
            int colon = line.indexOf(':');
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        });
        return new Head(text.lines().findFirst().orElse(""), fields);
    }

    /** Returns the second word: an answer's status, a request's target. */
    String second() {
        String[] words = first.split(" ", -1);
        return words.length > 1 ? words[1] : "";
    }

    Optional<Long> length() {
        return Optional.ofNullable(fields.get("content-length")).map(Long::valueOf);
    }

    boolean isChunked() {
        return "chunked".equalsIgnoreCase(fields.get("transfer-encoding"));
    }
}
