package io.transit.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.DateTime;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.transit.core.BufferPool;
import io.transit.core.TransferId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. A request without a body that is answered in short leaves its connection to the next one; any
 * other ends with its connection, which is why what ends it throws.
 */
final class Exchange {
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final Set<Integer> RETRIED =
            Set.of(Status.SERVICE_UNAVAILABLE_503.code(), Status.TOO_MANY_REQUESTS_429.code());

    private final BasePath base;
    private final Method method;
    private final Connection connection = Connections.current();
    private @Nullable ServerRequest request;
    private @Nullable ServerResponse response;
    private @Nullable ErrorForm errorForm;
    private Optional<Misses> misses = Optional.empty();
    private boolean begun;

    Exchange(BasePath base, ServerRequest request, ServerResponse response) {
        this.base = base;
        this.method = request.prologue().method();
        this.request = request;
        this.response = response;
    }

    private ServerRequest request() {
        if (request == null) {
            throw new IllegalStateException("the request was forgotten");
        }
        return request;
    }

    /**
     * Lets go of what the server knows of the request, which is much for one that waits: what is left to be done is to answer it.
     * From now on that is written past the server, be it {@linkplain #handOver beneath its frames} or within.
     */
    void forgetRequest() {
        errorForm = errorForm();
        request = null;
        response = null;
    }

    /** In which form this client wants to be told what went wrong. */
    ErrorForm errorForm() {
        return errorForm == null ? ErrorForm.of(this) : errorForm;
    }

    Method method() {
        return method;
    }

    /** The path below our base as it was sent, with nothing decoded. */
    String rawPath() {
        return base.below(fullPath())
                .orElseThrow(() -> new Refusal(Status.NOT_FOUND_404, "there is nothing under this path"));
    }

    private String fullPath() {
        return request().prologue().uriPath().rawPath();
    }

    /** Whether this is for the base itself, with the slash at its end forgotten. */
    boolean lacksSlash() {
        return !base.isRoot() && fullPath().equals(base.withoutSlash());
    }

    /** Sends the client to where it meant to go: to the base, with the same query. */
    void redirectToBase() {
        String query = request().query().rawValue();
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderValues.CONTENT_TYPE_TEXT_PLAIN);
        headers.set(HeaderNames.LOCATION, base.path() + (query.isEmpty() ? "" : "?" + query));
        answer(Status.PERMANENT_REDIRECT_308, headers, "go to " + origin() + "/\n");
    }

    Optional<String> header(HeaderName name) {
        return request().headers().first(name);
    }

    /** All values of a header that is a list, as one. */
    Optional<String> list(HeaderName name) {
        return request().headers().value(name);
    }

    boolean hasParameter(String name) {
        return request().query().contains(name);
    }

    /**
     * The first value of a query parameter, decoded; empty if there is none.
     *
     * @throws Refusal if it is malformed: of that the server would keep something else than was meant
     */
    Optional<String> parameter(String name) {
        return RawPath.parameter(request().query().rawValue(), name)
                .or(() -> request().query().first(name).asOptional())
                .filter(value -> !value.isEmpty());
    }

    /** Whether no page of another site made this request. */
    boolean isSameOrigin() {
        return !Origins.isForeign(request().headers());
    }

    /** Whether a browser asks on behalf of a page, and not of its user. */
    boolean isEmbedding() {
        return Origins.isEmbedding(request().headers());
    }

    /** Notes that the client looks for a transfer; refuses one that has looked for too many that are not there. */
    void seek(Misses counted, TransferId id) {
        counted.require(connection.client().address(), id);
        misses = Optional.of(counted);
    }

    /** The address at which the client found us, without a slash at the end. */
    String origin() {
        return connection.client().scheme() + "://" + request().authority() + base.withoutSlash();
    }

    /** The link under which a file can be had. */
    String link(TransferId id) {
        return origin() + "/" + id;
    }

    BodyFraming framing() {
        return connection.framing();
    }

    Connection connection() {
        return connection;
    }

    /** Returns the request's body, of which nothing has been read; to be closed. */
    RequestBody body(BufferPool pool) {
        return new RequestBody(connection, framing(), pool);
    }

    /** Answers in short, with a line of text. Throws if that ends the connection. */
    void answer(Status status, String line) {
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderValues.CONTENT_TYPE_TEXT_PLAIN);
        answer(status, headers, line + "\n");
    }

    /** Answers in short. Throws if that ends the connection. */
    void answer(Status status, ServerResponseHeaders headers, String text) {
        if (begun) {
            throw cut(new IllegalStateException("an answer has begun already"));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        addStandard(status, headers);
        ServerResponse servers = response;
        if (servers != null && framing() instanceof BodyFraming.None && !isHead() && !isLast()) {
            headers.forEach(servers::header);
            servers.status(status).send(bytes);
            return;
        }
        Deadline taken = connection.mustBeTaken();
        try {
            ResponseBody body = begin(status, headers, OptionalLong.of(bytes.length));
            body.write(ByteBuffer.wrap(bytes));
            body.finish();
        } catch (IOException e) {
            throw cut(e);
        } finally {
            taken.keep();
        }
        throw end();
    }

    /** Answers that something went wrong which nobody foresaw, if an answer has not begun. */
    void fail(RuntimeException cause) {
        ServerResponse servers = response;
        if (begun || (servers != null && servers.isSent())) {
            throw cut(cause);
        }
        answer(Status.INTERNAL_SERVER_ERROR_500, "this should not have happened; the server's log says more");
    }

    boolean isHead() {
        return method().equals(Method.HEAD);
    }

    /** Whether the client has asked to become a WebSocket. */
    boolean isHandshake() {
        return Handshake.isAskedFor(request().headers());
    }

    /** Refuses a request to become a WebSocket, if its path names one; that of any other path is ignored. */
    void refuseHandshake() {
        if (Handshake.of(base, request().prologue(), request().headers(), framing())
                .isPresent()) {
            throw new IllegalStateException("a handshake was not taken");
        }
    }

    /**
     * Whether the connection ends with this exchange: the client wants it; or the client has asked to become a WebSocket, and
     * may go on as if it were one.
     */
    private boolean isLast() {
        return connection.heads().isLast() || isHandshake();
    }

    /**
     * Begins an answer after which the connection ends; its length is known, or it comes in chunks. If a body follows, the head
     * goes out with the first of it.
     */
    ResponseBody begin(Status status, ServerResponseHeaders headers, OptionalLong length) throws IOException {
        if (length.isPresent()) {
            headers.contentLength(length.getAsLong());
        } else {
            headers.set(HeaderValues.TRANSFER_ENCODING_CHUNKED);
        }
        addStandard(status, headers);
        if (status.code() == Status.UPGRADE_REQUIRED_426.code()) {
            Handshake.describe(headers);
        } else {
            headers.set(HeaderValues.CONNECTION_CLOSE);
        }
        headers.set(HeaderNames.DATE, DateTime.rfc1123String());
        BufferData head = BufferData.growing(512);
        head.writeAscii("HTTP/1.1 " + status.code() + " " + status.reasonPhrase() + "\r\n");
        headers.forEach(header -> header.writeHttp1Header(head));
        head.writeAscii("\r\n");
        begun = true;
        ByteBuffer bytes = ByteBuffer.wrap(head.readBytes());
        if (isHead() || length.orElse(-1) == 0) {
            connection.write(bytes);
            return new ResponseBody.None();
        }
        return length.isPresent()
                ? new ResponseBody.OfLength(connection, bytes, length.getAsLong())
                : new ResponseBody.InChunks(connection, bytes);
    }

    private void addStandard(Status status, ServerResponseHeaders headers) {
        PageHeaders.close(headers);
        if (connection.client().isSecure()) {
            PageHeaders.secure(headers);
        }
        if (status.code() == Status.NOT_FOUND_404.code()) {
            misses.ifPresent(counted -> counted.add(connection.client().address()));
            // An answer may be begun anew.
            misses = Optional.empty();
        }
        if (RETRIED.contains(status.code())) {
            headers.set(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
    }

    /** Has the rest of this exchange done beneath the server's frames, as the last of its connection. To be thrown. */
    HandedOver handOver(Runnable rest) {
        connection.heads().last();
        return new HandedOver(new LongRequest(Thread.currentThread(), rest));
    }

    /** Ends the connection in order. To be thrown. */
    CloseConnectionException end() {
        connection.close();
        return new CloseConnectionException("the exchange is over");
    }

    /** Cuts the connection, so that what was written of the answer is not taken for the whole. To be thrown. */
    CloseConnectionException cut(Exception cause) {
        connection.reset();
        return new CloseConnectionException("the answer could not be finished", cause);
    }
}
