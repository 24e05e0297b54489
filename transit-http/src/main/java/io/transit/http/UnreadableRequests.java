package io.transit.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/** Answers requests that the server could not read, and that therefore never came to a handler: in one line, as we do. */
final class UnreadableRequests implements DirectHandler {
    /** By this alone the server tells a head that is too large from one that is malformed. */
    private static final String TOO_LARGE = "Header size exceeded";

    /** RFC 6585 section 5. */
    private static final Status HEADERS_TOO_LARGE = Status.create(431, "Request Header Fields Too Large");

    private UnreadableRequests() {}

    static DirectHandlers handlers() {
        var handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new UnreadableRequests());
        }
        return handlers.build();
    }

    /** The message is not passed on: what was thrown somewhere is not fit to be read by a stranger. */
    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        Status told = status;
        if (isUnread(request, type)) {
            told = Status.BAD_REQUEST_400;
        } else if (TOO_LARGE.equals(message)) {
            told = HEADERS_TOO_LARGE;
        }
        headers.set(HeaderValues.CONTENT_TYPE_TEXT_PLAIN);
        PageHeaders.close(headers);
        return TransportResponse.builder()
                .status(told)
                .headers(headers)
                .entity(text(told) + "\n")
                .build();
    }

    /** The server's parser fails, rather than refuses, when a method is no token; nothing is known of the request then. */
    private static boolean isUnread(TransportRequest request, EventType type) {
        return type == EventType.INTERNAL_ERROR && request.method().isEmpty();
    }

    private static String text(Status status) {
        return switch (status.code()) {
            case 400 -> "this request has a malformed method, path, query, version or header";
            case 408 -> "the head of the request did not come in time";
            case 414 -> "the path and the query are too long";
            case 431 -> "the headers are too large";
            case 505 -> "this server speaks HTTP/1.1";
            default -> "this request could not be served: " + status.reasonPhrase();
        };
    }
}
