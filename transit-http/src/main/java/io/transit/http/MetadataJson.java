package io.transit.http;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** What a WebSocket client says, or is told, of a file: {@code {"file_name":…,"file_size":…,"file_type":…}}. */
final class MetadataJson {
    private static final String UNREADABLE = "Cannot decode file metadata JSON header.";
    private static final String INVALID = "Invalid file metadata JSON header.";

    private static final String NAME = "file_name";
    private static final String SIZE = "file_size";
    private static final String TYPE = "file_type";

    /** What each key is known as here; any other is ignored. */
    private static final Map<String, String> KEYS =
            Map.of(NAME, NAME, SIZE, SIZE, TYPE, TYPE, "name", NAME, "size", SIZE, "type", TYPE);

    private static final int MAX_DEPTH = 8;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private record Value(JsonToken kind, String text) {}

    private MetadataJson() {}

    /**
     * Reads what a sender says.
     *
     * @throws WebSocketException if that is no JSON object, or has missing or bad fields
     */
    static FileMetadata read(String json) throws WebSocketException {
        Map<String, Value> fields;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            fields = fields(parser);
        } catch (JacksonException e) {
            throw refusal(UNREADABLE);
        }
        return FileMetadata.of(text(fields.get(NAME)), size(fields.get(SIZE)), text(fields.get(TYPE)));
    }

    private static Map<String, Value> fields(JsonParser parser) throws WebSocketException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw refusal(UNREADABLE);
        }
        Map<String, Value> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = KEYS.get(parser.currentName());
            JsonToken kind = parser.nextToken();
            if (key != null && fields.put(key, new Value(kind, parser.getString())) != null) {
                // Its long form and its short form.
                throw refusal(INVALID);
            }
            parser.skipChildren();
        }
        if (parser.nextToken() != null) {
            throw refusal(UNREADABLE);
        }
        return fields;
    }

    private static String text(@Nullable Value value) throws WebSocketException {
        if (value == null || value.kind() != JsonToken.VALUE_STRING) {
            throw refusal(INVALID);
        }
        return value.text();
    }

    private static OptionalLong size(@Nullable Value value) throws WebSocketException {
        if (value == null || value.kind() == JsonToken.VALUE_NULL) {
            return OptionalLong.empty();
        }
        if (value.kind() != JsonToken.VALUE_NUMBER_INT || value.text().startsWith("-")) {
            throw refusal(INVALID);
        }
        try {
            return OptionalLong.of(Long.parseLong(value.text()));
        } catch (NumberFormatException e) {
            // Too large.
            throw refusal(INVALID);
        }
    }

    private static WebSocketException refusal(String why) {
        return new WebSocketException(CloseCode.REFUSED, why);
    }

    /** Writes what a receiver is told; the size is {@code null} if it is not known. Of several files it gets an archive. */
    static String write(Offer offer) {
        Representation file = Selection.ALL.of(offer);
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty(NAME, file.name());
            if (file.size().isPresent()) {
                json.writeNumberProperty(SIZE, file.size().getAsLong());
            } else {
                json.writeNullProperty(SIZE);
            }
            json.writeStringProperty(TYPE, file.type());
            json.writeEndObject();
        }
        return text.toString();
    }
}
