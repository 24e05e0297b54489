package io.transit.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.transit.core.FileMetadata;
import io.transit.core.InMemoryRendezvous;
import io.transit.core.Offer;
import io.transit.core.Rendezvous;
import io.transit.core.TransferId;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Serves the pages and their assets, over our own connections; what a page asks about a transfer, the test makes up. */
final class PageServer implements BeforeEachCallback, AfterEachCallback {
    static final FileMetadata FILM = FileMetadata.of("film.mkv", OptionalLong.of(4), "video/x-matroska");

    private final Assets assets = new Assets(BasePath.ROOT);
    private final Pages pages = new Pages(BasePath.ROOT, assets);
    private final Map<String, Offer> offers = new ConcurrentHashMap<>();
    private final Map<String, String> statuses = new ConcurrentHashMap<>();
    private final BlockingQueue<ServerRequestHeaders> downloads = new LinkedBlockingQueue<>();
    private @Nullable Rendezvous rendezvous;
    private @Nullable WebServer server;

    @Override
    public void beforeEach(ExtensionContext context) {
        start(0);
    }

    private void start(int port) {
        rendezvous = new InMemoryRendezvous();
        var builder = TestServer.builder().port(port);
        TransitHttp.create(rendezvous).mount(builder);
        server = builder.routing(this::route).build().start();
    }

    /** Is not there any more, until it is started again. */
    void stop() {
        Objects.requireNonNull(server).stop();
        Objects.requireNonNull(rendezvous).close();
    }

    /** Is there again, where it was. */
    void startAgain(int port) {
        start(port);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop();
        offers.clear();
        statuses.clear();
        downloads.clear();
    }

    private void route(HttpRouting.Builder routing) {
        routing.register("/" + Assets.PATTERN, assets)
                .get("/", (request, response) -> answer(request, response, pages.send()))
                .get("/api/transfers/{id}", (request, response) -> {
                    String status = statuses.get(id(request));
                    response.status(status == null ? Status.NOT_FOUND_404 : Status.OK_200)
                            .header(HeaderValues.CONTENT_TYPE_JSON)
                            .send(status == null ? "{}" : status);
                })
                .get("/{id}", (request, response) -> {
                    Optional<Page> known = assets.wellKnown(id(request));
                    answer(request, response, known.orElseGet(() -> receive(id(request))));
                })
                .post("/{id}", (request, response) -> {
                    downloads.add(request.headers());
                    response.header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=film.mkv")
                            .send("film");
                });
    }

    private Page receive(String id) {
        Offer offer = offers.get(id);
        return offer == null ? pages.receive(new TransferId(id)) : pages.receive(offer);
    }

    private static void answer(ServerRequest request, ServerResponse response, Page page) {
        new Exchange(BasePath.ROOT, request, response).answer(Status.OK_200, page.headers(), page.text());
    }

    private static String id(ServerRequest request) {
        return request.path().pathParameters().get("id");
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port() + path);
    }

    int port() {
        return Objects.requireNonNull(server).port();
    }

    Assets assets() {
        return assets;
    }

    /** Has a page for it, as if its sender were waiting. */
    void offer(Offer offer) {
        offers.put(offer.id().value(), offer);
        status(offer.id(), "waiting", 0);
    }

    /** Answers so, from now on. */
    void status(TransferId id, String state, long bytes) {
        Offer offer = offers.get(id.value());
        FileMetadata file = offer == null ? FILM : offer.files().get(0);
        String type = file.type().replace("\"", "\\\"");
        statuses.put(
                id.value(), """
                {"id": "%s", "state": "%s", "files": [{"name": "%s", "size": %d, "type": "%s"}],
                "bytes": %d, "sha256": null, "reason": null, "expiresIn": 900}""".formatted(id, state, file.name(), file.size().orElse(0), type, bytes));
    }

    void forget(TransferId id) {
        statuses.remove(id.value());
    }

    /** The headers of the requests by which a browser asked for a file. */
    BlockingQueue<ServerRequestHeaders> downloads() {
        return downloads;
    }
}
