package io.transit.http;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.transit.core.InMemoryRendezvous;
import io.transit.core.Rendezvous;
import io.transit.core.TransferLimits;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server of its own for each test, on a free port, and the clients that the test makes. When a test is over they are
 * gone, and then no transfer may be left.
 */
final class TestServer implements BeforeEachCallback, AfterEachCallback {
    /** Says of each server that it started and stopped. */
    private static final Logger CHATTER = Logger.getLogger("io.helidon");

    static {
        CHATTER.setLevel(Level.WARNING);
    }

    private final BiConsumer<TransitHttp, WebServerConfig.Builder> mounting;
    private final Optional<SelfSigned> tls;
    private final HttpSettings settings;
    private final TransferLimits limits;
    private final Queue<RawClient> clients = new ConcurrentLinkedQueue<>();
    private @Nullable Running running;

    private record Running(Transfers transfers, Rendezvous rendezvous, WebServer server, ExecutorService tasks) {}

    TestServer() {
        this(HttpSettings.DEFAULT, TransferLimits.DEFAULT);
    }

    TestServer(HttpSettings settings, TransferLimits limits) {
        this(settings, limits, TransitHttp::mount, Optional.empty());
    }

    /** One that has other things beside. */
    TestServer(BiConsumer<TransitHttp, WebServerConfig.Builder> mounting) {
        this(HttpSettings.DEFAULT, TransferLimits.DEFAULT, mounting, Optional.empty());
    }

    /** One that is reached with TLS. */
    static TestServer encrypted(SelfSigned tls) {
        return encrypted(tls, HttpSettings.DEFAULT);
    }

    static TestServer encrypted(SelfSigned tls, HttpSettings settings) {
        return encrypted(tls, settings, TransitHttp::mount);
    }

    /** One that is reached with TLS, and has other things beside. */
    static TestServer encrypted(
            SelfSigned tls, HttpSettings settings, BiConsumer<TransitHttp, WebServerConfig.Builder> mounting) {
        return new TestServer(
                settings,
                TransferLimits.DEFAULT,
                (http, server) -> {
                    server.tls(tls.server());
                    mounting.accept(http, server);
                },
                Optional.of(tls));
    }

    private TestServer(
            HttpSettings settings,
            TransferLimits limits,
            BiConsumer<TransitHttp, WebServerConfig.Builder> mounting,
            Optional<SelfSigned> tls) {
        this.mounting = mounting;
        this.tls = tls;
        this.settings = settings;
        this.limits = limits;
    }

    /** Begins the configuration of a server on a free port of this machine only. */
    static WebServerConfig.Builder builder() {
        return WebServer.builder().host("localhost").port(0).shutdownHook(false);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        var transfers = new Transfers();
        var rendezvous = new ObservedRendezvous(new InMemoryRendezvous(limits, transfers), transfers);
        var server = builder();
        mounting.accept(TransitHttp.create(rendezvous, settings), server);
        running =
                new Running(transfers, rendezvous, server.build().start(), Executors.newVirtualThreadPerTaskExecutor());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Running over = running();
        clients.forEach(RawClient::close);
        clients.clear();
        try {
            over.transfers().awaitNoneOpen();
        } finally {
            over.tasks().shutdownNow();
            over.rendezvous().close();
            over.server().stop();
        }
    }

    private Running running() {
        return Objects.requireNonNull(running, "only while a test runs");
    }

    Transfers transfers() {
        return running().transfers();
    }

    Rendezvous rendezvous() {
        return running().rendezvous();
    }

    String host() {
        return "localhost:" + running().server().port();
    }

    URI uri(String path) {
        return URI.create((tls.isPresent() ? "https://" : "http://") + host() + path);
    }

    /** Does something beside the test, on a thread of its own. */
    <T> Future<T> beside(Callable<T> task) {
        return running().tasks().submit(task);
    }

    int port() {
        return running().server().port();
    }

    RawClient connect() throws IOException {
        return kept(tls.isPresent() ? new RawClient(port(), tls.get().socket()) : new RawClient(port()));
    }

    /** Connects one whose system holds no more than about so many bytes for it that it has not read. */
    RawClient connectHolding(int bytes) throws IOException {
        return kept(RawClient.holding(bytes, running().server().port()));
    }

    /** Connects one by a socket of the test's own. */
    RawClient connect(Socket socket) {
        return kept(new RawClient(port(), socket));
    }

    private RawClient kept(RawClient client) {
        clients.add(client);
        return client;
    }

    /** Sends a request's head on a new connection: the request line and headers, separated by bars. */
    RawClient request(String head) throws IOException {
        return connect().send(head(head));
    }

    String head(String head) {
        String[] lines = head.split("\\|", -1);
        var text = new StringBuilder(lines[0]).append(" HTTP/1.1\r\nHost: ").append(host());
        for (int i = 1; i < lines.length; i++) {
            text.append("\r\n").append(lines[i]);
        }
        return text.append("\r\n\r\n").toString();
    }

    /** Asks, and takes the answer. */
    Reply ask(String head) throws IOException {
        return request(head).reply();
    }

    RawClient get(String path) throws IOException {
        return request("GET " + path);
    }

    /** Ends the server as the application does: transfers first, then connections. */
    void shutDown() throws InterruptedException {
        running().rendezvous().shutdown(Duration.ZERO);
        running().server().stop();
    }

    /** Opens a WebSocket. */
    RawWebSocket webSocket(String path) throws IOException {
        return RawWebSocket.open(this, path);
    }

    /** Opens a WebSocket that offers a file, and waits until it does; the size may be {@code null}. */
    RawWebSocket offer(String id, String size) throws IOException {
        RawWebSocket sender = webSocket("/send/" + id).text(RawWebSocket.metadata(size));
        transfers().awaitOffered(id);
        return sender;
    }

    /** Sends a whole body of known length, after waiting until the id that the path begins with is offered. */
    RawClient put(String path, String body) throws IOException {
        RawClient sender = request("PUT " + path + "|Content-Length: " + body.length());
        transfers().awaitOffered(path.split("/", -1)[1]);
        return sender.send(body);
    }

    /** Begins a chunked body, after waiting until the id that the path begins with is offered. */
    RawClient putChunked(String path, String wire) throws IOException {
        RawClient sender = request("PUT " + path + "|Transfer-Encoding: chunked");
        transfers().awaitOffered(path.split("/", -1)[1]);
        return sender.send(wire);
    }
}
