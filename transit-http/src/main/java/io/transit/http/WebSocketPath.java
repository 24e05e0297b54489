package io.transit.http;

import io.transit.core.TransferId;
import java.util.List;
import java.util.Optional;

/** Which WebSocket endpoint a path names. */
sealed interface WebSocketPath {
    /**
     * {@code /send/{id}}, or {@code /send}.
     *
     * @param id empty if the server is to choose, which only {@linkplain Dialect#TWO one dialect} can make use of
     */
    record Send(Optional<TransferId> id) implements WebSocketPath {}

    /** {@code /receive/{id}}. */
    record Receive(TransferId id) implements WebSocketPath {}

    /**
     * Finds it out.
     *
     * @param raw the path as it was sent
     * @return the endpoint, or empty if the path is not that of one
     * @throws Refusal if the path is malformed, or the id is malformed or reserved
     */
    static Optional<WebSocketPath> of(String raw) {
        List<String> segments = RawPath.segments(raw);
        if (segments.equals(List.of("send"))) {
            return Optional.of(new Send(Optional.empty()));
        }
        if (segments.size() != 2) {
            return Optional.empty();
        }
        return switch (segments.get(0)) {
            case "send" -> Optional.of(new Send(Optional.of(Ids.of(segments.get(1)))));
            case "receive" -> Optional.of(new Receive(Ids.of(segments.get(1))));
            default -> Optional.empty();
        };
    }
}
