package io.transit.http;

import static java.util.stream.Collectors.joining;

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
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.net.URI;
import java.util.List;
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
    private final BlockingQueue<Download> downloads = new LinkedBlockingQueue<>();
    private final @Nullable StatusEvents events;
    private volatile boolean isRefusing;
    private @Nullable Rendezvous rendezvous;
    private @Nullable WebServer server;

    /** What a browser asked for, and as whom. */
    record Download(Map<String, List<String>> query, ServerRequestHeaders headers) {}

    PageServer() {
        this(true);
    }

    /** One that may have no events, as one whose proxy keeps them back. */
    PageServer(boolean hasEvents) {
        events = hasEvents ? new StatusEvents(statuses) : null;
    }

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
        if (events != null) {
            events.end();
        }
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
        isRefusing = false;
    }

    private void route(HttpRouting.Builder routing) {
        routing.register("/" + Assets.PATTERN, assets)
                .get("/", (request, response) -> answer(request, response, pages.send()))
                .get(
                        "/error",
                        (request, response) ->
                                answer(request, response, pages.error(Status.GONE_410, "the sender left")))
                .get("/api/transfers/{id}", (request, response) -> {
                    String status = statuses.get(id(request));
                    response.status(status == null ? Status.NOT_FOUND_404 : Status.OK_200)
                            .header(HeaderValues.CONTENT_TYPE_JSON)
                            .send(status == null ? "{}" : status);
                })
                .get("/api/transfers/{id}/events", (request, response) -> {
                    if (events == null) {
                        response.status(Status.NOT_FOUND_404).send();
                    } else {
                        events.answer(response, id(request));
                    }
                })
                .get("/{id}", (request, response) -> {
                    if (request.query().contains("download")) {
                        download(request, response);
                        return;
                    }
                    Optional<Page> known = assets.wellKnown(id(request));
                    answer(request, response, known.orElseGet(() -> receive(id(request))));
                })
                .post("/{id}", this::download);
    }

    private void download(ServerRequest request, ServerResponse response) {
        downloads.add(new Download(request.query().toMap(), request.headers()));
        if (isRefusing) {
            answer(request, response, pages.error(Status.CONFLICT_409, "a receiver is already there"));
        } else {
            response.header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=film.mkv")
                    .send("film");
        }
    }

    private Page receive(String id) {
        Offer offer = offers.get(id);
        return offer == null
                ? pages.receive("http://localhost/" + id, new TransferId(id))
                : pages.receive("http://localhost/" + id, waiting(offer), false);
    }

    /** How an offer stands that nobody has claimed. */
    static TransferStatus waiting(Offer offer) {
        return new TransferStatus(
                offer.id(),
                new TransferState.Offered(),
                offer.files(),
                Optional.empty(),
                Optional.of(offer.patience()));
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
        status(offer.id(), "waiting", 0, "null", "900");
    }

    /** Answers so, from now on. */
    void status(TransferId id, String state, long bytes) {
        status(id, state, bytes, "null", "null");
    }

    /** Answers so, from now on; a transfer that is paused waits for a receiver if it expires. */
    void status(TransferId id, String state, long bytes, String reason, String expiresIn) {
        tell(id, state, bytes, "null", reason, expiresIn);
    }

    /** Answers from now on that only the rest of it can be had, from this byte on. */
    void rest(TransferId id, long from) {
        tell(id, "paused", from, Long.toString(from), "\"RECEIVER_LEFT\"", "900");
    }

    private void tell(TransferId id, String state, long bytes, String from, String reason, String expiresIn) {
        Offer offer = offers.get(id.value());
        String files = (offer == null ? List.of(FILM) : offer.files())
                .stream().map(PageServer::json).collect(joining(","));
        statuses.put(id.value(), """
                {"id": "%s", "state": "%s", "files": [%s], "bytes": %d, "from": %s, "sha256": null, "reason": %s, "expiresIn": %s}""".formatted(id, state, files, bytes, from, reason, expiresIn)
                .strip());
        if (events != null) {
            events.changed();
        }
    }

    private static String json(FileMetadata file) {
        return "{\"name\": \"%s\", \"size\": %s, \"type\": \"%s\"}"
                .formatted(
                        file.path(),
                        file.size().isPresent() ? file.size().getAsLong() : "null",
                        file.type().replace("\"", "\\\""));
    }

    /** Has no page for it any more, and knows nothing of it. */
    void withdraw(TransferId id) {
        offers.remove(id.value());
        forget(id);
    }

    void forget(TransferId id) {
        statuses.remove(id.value());
    }

    /** Answers with an error, from now on, who asks for a file. */
    void refuse() {
        isRefusing = true;
    }

    /** The requests by which a browser asked for a file. */
    BlockingQueue<Download> downloads() {
        return downloads;
    }
}
