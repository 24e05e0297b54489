package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.FileMetadata;
import io.transit.core.Sha256;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What programs are told, as objects. Names and their meanings stand in docs/http-api.md. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Pattern REASON_NAME = Pattern.compile("\\(([A-Z_]+)\\)$");

    private Json() {}

    /** Where a transfer stands, and from which byte on it can be had if not from the first. What is not known is null. */
    static String status(TransferStatus status, OptionalLong from) {
        return object(json -> {
            json.writeStringProperty("id", status.id().value());
            json.writeStringProperty("state", state(status.state()));
            json.writeArrayPropertyStart("files");
            for (FileMetadata file : status.files()) {
                json.writeStartObject();
                json.writeStringProperty("name", file.path());
                number(json, "size", file.size());
                json.writeStringProperty("type", file.type());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberProperty("bytes", status.state().bytes());
            number(json, "from", from);
            text(json, "sha256", status.sha256().map(Sha256::hex));
            text(json, "reason", reason(status.state()));
            number(
                    json,
                    "expiresIn",
                    status.expiresIn().stream().mapToLong(Duration::toSeconds).findFirst());
        });
    }

    /** An error, with the members of RFC 9457 and two plain ones. */
    static String problem(Status status, String why) {
        Matcher name = REASON_NAME.matcher(why);
        return object(json -> {
            json.writeStringProperty("type", "about:blank");
            json.writeStringProperty("title", status.reasonPhrase());
            json.writeNumberProperty("status", status.code());
            json.writeStringProperty("detail", why);
            json.writeStringProperty("error", why);
            text(json, "reason", name.find() ? Optional.of(name.group(1)) : Optional.empty());
        });
    }

    private static String state(TransferState state) {
        return switch (state) {
            case TransferState.Offered waiting -> "waiting";
            case TransferState.Streaming running -> "streaming";
            case TransferState.Paused halted -> "paused";
            case TransferState.Completed whole -> "completed";
            case TransferState.Interrupted cut -> "interrupted";
        };
    }

    /** Why it is over, or why it is halted. */
    private static Optional<String> reason(TransferState state) {
        return switch (state) {
            case TransferState.Interrupted(var bytes, var reason) -> Optional.of(reason.name());
            case TransferState.Paused(var bytes, var cause) -> Optional.of(cause.name());
            case TransferState.Offered waiting -> Optional.empty();
            case TransferState.Streaming running -> Optional.empty();
            case TransferState.Completed whole -> Optional.empty();
        };
    }

    private static void number(JsonGenerator json, String name, OptionalLong value) {
        json.writeName(name);
        if (value.isPresent()) {
            json.writeNumber(value.getAsLong());
        } else {
            json.writeNull();
        }
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) {
        json.writeName(name);
        if (value.isPresent()) {
            json.writeString(value.get());
        } else {
            json.writeNull();
        }
    }

    /** Writes an object of these members. */
    static String object(Consumer<JsonGenerator> members) {
        var text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }
}
