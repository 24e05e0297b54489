package io.transit.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request to become a WebSocket that can be granted (RFC 6455 section 4.2). It depends on the request's head alone, so
 * that who grants it and who refuses it need not know of each other.
 *
 * @param path the endpoint that is asked for
 * @param dialect what is spoken
 * @param key what the client wants to see proof of
 */
record Handshake(WebSocketPath path, Dialect dialect, String key) {
    static final String PROTOCOL = "websocket";

    private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
    private static final HeaderName SUBPROTOCOLS = HeaderNames.create("Sec-WebSocket-Protocol");
    private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
    private static final String THE_VERSION = "13";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_LENGTH = 24;
    private static final int KEY_BYTES = 16;

    /** Whether a request asks for any WebSocket at all. */
    static boolean isAskedFor(Headers headers) {
        return lists(headers, HeaderNames.UPGRADE, PROTOCOL);
    }

    /**
     * Reads a request.
     *
     * @param base where our endpoints are
     * @param body what was in the head before it was taken out
     * @return the handshake, or empty if the path is none of ours
     * @throws Refusal if it cannot be granted
     */
    static Optional<Handshake> of(BasePath base, HttpPrologue prologue, Headers headers, BodyFraming body) {
        String target = prologue.uriPath().rawPath();
        Optional<WebSocketPath> path = base.below(
                        AbsoluteForm.of(target).map(AbsoluteForm::path).orElse(target))
                .flatMap(WebSocketPath::of);
        Dialect dialect = path.filter(WebSocketPath.Send.class::isInstance).isPresent() && offersDialectTwo(headers)
                ? Dialect.TWO
                : Dialect.ONE;
        if (path.isEmpty() || (lacksId(path.get()) && dialect == Dialect.ONE)) {
            return Optional.empty();
        }
        require(prologue.method().equals(Method.GET), "a WebSocket begins with GET");
        require(hasNoBody(body), "a WebSocket does not begin with a body");
        require(lists(headers, HeaderNames.CONNECTION, "upgrade"), "a WebSocket begins with Connection: upgrade");
        if (!headers.all(VERSION, List::of).equals(List.of(THE_VERSION))) {
            throw new Refusal(Status.UPGRADE_REQUIRED_426, "this server speaks version 13 of WebSocket");
        }
        List<String> keys = headers.all(KEY, List::of);
        require(keys.size() == 1 && isKey(keys.get(0)), "Sec-WebSocket-Key is not 16 bytes in Base64");
        if (Origins.isForeign(headers)) {
            throw new Refusal(Status.FORBIDDEN_403, "pages of other hosts may not send or receive here");
        }
        return Optional.of(new Handshake(path.get(), dialect, keys.get(0)));
    }

    private static boolean lacksId(WebSocketPath path) {
        return path instanceof WebSocketPath.Send(var id) && id.isEmpty();
    }

    private static boolean offersDialectTwo(Headers headers) {
        return elements(headers, SUBPROTOCOLS).anyMatch(Dialect.SUBPROTOCOL::equals);
    }

    /** Says which WebSocket there is, to a client that asked for another. */
    static void describe(ServerResponseHeaders headers) {
        headers.set(VERSION, THE_VERSION);
        headers.set(HeaderNames.UPGRADE, PROTOCOL);
        headers.set(HeaderNames.CONNECTION, "close, upgrade");
    }

    /** Returns the answer that grants it, as bytes. */
    ByteBuffer answer() {
        String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + (dialect == Dialect.TWO ? "Sec-WebSocket-Protocol: " + Dialect.SUBPROTOCOL + "\r\n" : "")
                + "Sec-WebSocket-Accept: " + proof() + "\r\n\r\n";
        return ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
    }

    private String proof() {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }

    private static boolean isKey(String text) {
        try {
            return text.length() == KEY_LENGTH && Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean hasNoBody(BodyFraming body) {
        return body instanceof BodyFraming.None || body.equals(new BodyFraming.Length(0));
    }

    private static boolean lists(Headers headers, HeaderName name, String element) {
        return elements(headers, name).anyMatch(element::equalsIgnoreCase);
    }

    private static Stream<String> elements(Headers headers, HeaderName name) {
        return headers.all(name, List::of).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Refusal(Status.BAD_REQUEST_400, otherwise);
        }
    }
}
