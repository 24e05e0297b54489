package io.transit.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes the body of every request to us into our own hands: notes what the head says of it, and removes that from the head, so
 * that the server sees a request without a body. It then neither answers an expectation, nor reads a body ahead, nor takes
 * an unread one for the next request.
 */
record RequestHeads(BasePath base, Proxies proxies) implements Http1ConnectionListener {
    /** One that is not behind any proxy. */
    RequestHeads(BasePath base) {
        this(base, new Proxies(List.of()));
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        Connection connection = Connections.current();
        connection.heads().begun();
        if (!(connection.framing() instanceof BodyFraming.None)) {
            // A filter before ours has answered, and this may be what the client sent as the body.
            throw new CloseConnectionException("the body of the request before was not read");
        }
        requirePath(prologue);
        String target = prologue.uriPath().rawPath();
        // The server routes a whole address by its path, and so this has to.
        String path = AbsoluteForm.of(target).map(AbsoluteForm::path).orElse(target);
        connection.begin(target, base.contains(path));
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        Connection connection = Connections.current();
        connection.heads().ended(isLast(headers));
        connection.beginFor(proxies.clientOf(connection.peer(), headers));
        if (!connection.isOurs()) {
            return;
        }
        if (!(headers instanceof WritableHeaders<?> head)) {
            throw new IllegalStateException("the server hides the request's head");
        }
        requireNames(head);
        connection.begin(
                BodyFraming.of(head),
                head.values(HeaderNames.EXPECT).stream().anyMatch("100-continue"::equalsIgnoreCase));
        head.remove(HeaderNames.CONTENT_LENGTH);
        head.remove(HeaderNames.TRANSFER_ENCODING);
        head.remove(HeaderNames.EXPECT);
        AbsoluteForm.of(connection.target()).ifPresent(meant -> head.set(HeaderNames.HOST, meant.authority()));
        if (Handshake.isAskedFor(head)) {
            // The server looks for that very spelling.
            head.set(HeaderNames.UPGRADE, Handshake.PROTOCOL);
        }
    }

    /** The server takes some targets for addresses, and would fail at one that has no path, such as {@code mailto:a%20b}. */
    private static void requirePath(HttpPrologue prologue) {
        if (prologue.uriPath().path() == null) {
            throw malformed("the target has no path");
        }
    }

    private static boolean isLast(Headers headers) {
        return headers.values(HeaderNames.CONNECTION).stream()
                .flatMap(options -> Stream.of(options.split(",", -1)))
                .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }

    /** The server lets a line pass that begins with its colon. */
    private static void requireNames(Headers headers) {
        if (headers.stream().anyMatch(header -> header.name().isEmpty())) {
            throw malformed("a header has no name");
        }
    }

    private static RequestException malformed(String why) {
        return RequestException.builder()
                .type(DirectHandler.EventType.BAD_REQUEST)
                .message(why)
                .build();
    }
}
