package io.transit.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.transit.core.InterruptReason;
import io.transit.core.Sha256;
import io.transit.core.TransferState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** How what is not payload is written. */
final class Text {
    private Text() {}

    static ByteBuffer bytes(String text) {
        return UTF_8.encode(text);
    }

    static ByteBuffer bytes(long number) {
        return bytes(Long.toString(number));
    }

    static String of(Object reply) {
        return UTF_8.decode(((ByteBuffer) reply).duplicate()).toString();
    }

    static String of(TransferState state) {
        return switch (state) {
            case TransferState.Offered waiting -> "offered";
            case TransferState.Streaming(long bytes) -> "streaming " + bytes;
            case TransferState.Paused(long bytes, InterruptReason cause) -> "paused " + bytes + " " + cause.code();
            case TransferState.Completed(long bytes) -> "completed " + bytes;
            case TransferState.Interrupted(long bytes, InterruptReason reason) ->
                "interrupted " + bytes + " " + reason.code();
        };
    }

    static TransferState state(String text) {
        String[] words = text.split(" ", -1);
        return switch (words[0]) {
            case "offered" -> new TransferState.Offered();
            case "streaming" -> new TransferState.Streaming(Long.parseLong(words[1]));
            case "paused" -> new TransferState.Paused(Long.parseLong(words[1]), reason(words[2]));
            case "completed" -> new TransferState.Completed(Long.parseLong(words[1]));
            case "interrupted" -> new TransferState.Interrupted(Long.parseLong(words[1]), reason(words[2]));
            default -> throw new IllegalArgumentException("not a state: " + text);
        };
    }

    static TransferState.Final end(String text) {
        return switch (state(text)) {
            case TransferState.Final end -> end;
            default -> throw new IllegalArgumentException("not an end: " + text);
        };
    }

    static InterruptReason reason(String code) {
        int number = Integer.parseInt(code);
        return Arrays.stream(InterruptReason.values())
                .filter(reason -> reason.code() == number)
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("not a reason: " + code));
    }

    static String of(Optional<Sha256> digest) {
        return digest.map(Sha256::hex).orElse("");
    }

    static Optional<Sha256> digest(String hex) {
        return hex.isEmpty() ? Optional.empty() : Optional.of(new Sha256(hex));
    }
}
