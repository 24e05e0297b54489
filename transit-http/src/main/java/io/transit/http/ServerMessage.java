package io.transit.http;

import io.transit.core.Sender;
import io.transit.core.Sha256;
import io.transit.core.Token;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What a sender is told in dialect 2, as JSON: the table in docs/protocol.md. */
final class ServerMessage {
    private static final double NANOS = 1e9;

    private ServerMessage() {}

    static String ready(TransferId id, String url, Token token, Optional<Duration> expiresIn) {
        return message("ready", json -> {
            json.writeStringProperty("id", id.value());
            json.writeStringProperty("url", url);
            json.writeStringProperty("token", token.value());
            json.writeName("expiresIn");
            if (expiresIn.isPresent()) {
                json.writeNumber(expiresIn.get().toSeconds());
            } else {
                json.writeNull();
            }
        });
    }

    /** Asks for the bytes of an attempt; a checksum is unsigned. */
    static String go(Sender.Demand demand, OptionalInt crc32c) {
        return message("go", json -> {
            json.writeNumberProperty("offset", demand.offset());
            json.writeStringProperty("attempt", attempt(demand));
            if (crc32c.isPresent()) {
                json.writeNumberProperty("crc32c", Integer.toUnsignedLong(crc32c.getAsInt()));
            }
        });
    }

    /** What an attempt is called: a number of 64 bits is more than a script can count to. */
    static String attempt(Sender.Demand demand) {
        return Long.toHexString(demand.attempt());
    }

    static String progress(long receivedBytes) {
        return message("progress", json -> json.writeNumberProperty("receivedBytes", receivedBytes));
    }

    /** The receiver left, with so many bytes, or has the file that it wanted. */
    static String paused(TransferException.Paused how) {
        return message("paused", json -> {
            json.writeStringProperty("reason", how.reason().name());
            json.writeNumberProperty("receivedBytes", how.bytes());
            json.writeBooleanProperty("completed", how.isCompleted());
        });
    }

    /** The time is {@code null} for one who was not there, and came back to hear it. */
    static String delivered(long bytes, Optional<Duration> elapsed, Optional<Sha256> sha256) {
        return message("delivered", json -> {
            json.writeNumberProperty("bytes", bytes);
            json.writeName("seconds");
            if (elapsed.isPresent()) {
                json.writeNumber(elapsed.get().toNanos() / NANOS);
            } else {
                json.writeNull();
            }
            sha256.ifPresent(digest -> json.writeStringProperty("sha256", digest.hex()));
        });
    }

    /**
     * It is over.
     *
     * @param reason for programs
     * @param message one line, for people
     */
    static String interrupted(String reason, String message) {
        return message("interrupted", json -> {
            json.writeStringProperty("reason", reason);
            json.writeStringProperty("message", message);
        });
    }

    private static String message(String type, Consumer<JsonGenerator> members) {
        return Json.object(json -> {
            json.writeStringProperty("type", type);
            members.accept(json);
        });
    }
}
