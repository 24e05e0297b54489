package io.transit.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The members of a JSON object, as far as they are texts, numbers and truth values; one that is {@code null} is none. */
final class JsonMembers {
    private record Value(JsonToken kind, String text) {}

    /** What the object is one of, for whoever is told that something is wrong with it. */
    private final String place;

    private final Map<String, Value> values = new HashMap<>();

    JsonMembers(String place) {
        this.place = place;
    }

    /** Takes the member whose value the parser is at, to its end. */
    void add(JsonParser parser) {
        JsonToken kind = parser.currentToken();
        if (kind != JsonToken.VALUE_NULL) {
            values.put(parser.currentName(), new Value(kind, parser.getString()));
        }
        parser.skipChildren();
    }

    String text(String name) throws WebSocketException {
        return optionalText(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    Optional<String> optionalText(String name) throws WebSocketException {
        return find(name, "is no text", JsonToken.VALUE_STRING);
    }

    /** A number of bytes, or of anything else. */
    OptionalLong optionalCount(String name) throws WebSocketException {
        OptionalLong number = optionalNumber(name);
        if (number.orElse(0) < 0) {
            throw wrong(name, "is no whole number from 0");
        }
        return number;
    }

    long count(String name) throws WebSocketException {
        return optionalCount(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    OptionalLong optionalNumber(String name) throws WebSocketException {
        Optional<String> digits = find(name, "is no whole number", JsonToken.VALUE_NUMBER_INT);
        try {
            return digits.isPresent() ? OptionalLong.of(Long.parseLong(digits.get())) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            throw wrong(name, "is too large");
        }
    }

    /** False if it is missing. */
    boolean flag(String name) throws WebSocketException {
        return find(name, "is neither true nor false", JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE)
                .filter("true"::equals)
                .isPresent();
    }

    private Optional<String> find(String name, String otherwise, JsonToken... kinds) throws WebSocketException {
        Value value = values.get(name);
        if (value != null && !List.of(kinds).contains(value.kind())) {
            throw wrong(name, otherwise);
        }
        return Optional.ofNullable(value).map(Value::text);
    }

    /** Says what is wrong with a member; to be thrown. */
    WebSocketException wrong(String name, String what) {
        return new WebSocketException(CloseCode.REFUSED, place + name + " " + what);
    }
}
