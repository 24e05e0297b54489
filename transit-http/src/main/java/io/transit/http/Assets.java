package io.transit.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.staticcontent.ClasspathHandlerConfig;
import io.helidon.webserver.staticcontent.StaticContentFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The files that the pages are made of. Their path has a hash of all of them in it, so that a browser may keep them for
 * ever, and never mixes those of two versions.
 */
final class Assets implements HttpService {
    /** Where they are to be {@linkplain HttpRules#register registered}, below the base. */
    static final String PATTERN = "assets/{hash}";

    static final List<String> NAMES = List.of(
            "again.js",
            "asked.js",
            "awake.js",
            "crc32c.js",
            "download.js",
            "files.js",
            "format.js",
            "icon-180.png",
            "icon.svg",
            "id.js",
            "inbox.js",
            "listed.js",
            "listing.js",
            "live.js",
            "manifest.js",
            "page.css",
            "pause.js",
            "pieces.js",
            "progress.js",
            "reasons.js",
            "receive.css",
            "receive.js",
            "received.js",
            "send.js",
            "sending.js",
            "share.js",
            "shared.js",
            "socket.js",
            "speed.js",
            "states.js",
            "status.js",
            "tab.js",
            "take.js",
            "words.js",
            "words/de.js",
            "words/en.js",
            "words/fr.js",
            "worker.js");

    private static final String DIRECTORY = "io/transit/http/web";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String FOR_A_DAY = "public, max-age=86400";
    private static final int HASH_BYTES = 8;

    private final BasePath base;
    private final String hash = hash();
    private final HttpService files = StaticContentFeature.createService(ClasspathHandlerConfig.builder()
            .location(DIRECTORY)
            .classLoader(Assets.class.getClassLoader())
            .cachedFiles(Set.copyOf(NAMES))
            .build());

    Assets(BasePath base) {
        this.base = base;
    }

    /** Returns the path of the files, with a slash at its end. */
    String path() {
        return base.path() + "assets/" + hash + "/";
    }

    @Override
    public void beforeStart() {
        files.beforeStart();
    }

    @Override
    public void afterStop() {
        files.afterStop();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.any(this::prepare);
        files.routing(rules);
        rules.any((request, response) ->
                new Exchange(base, request, response).answer(Status.NOT_FOUND_404, "there is no such asset"));
    }

    private void prepare(ServerRequest request, ServerResponse response) {
        var exchange = new Exchange(base, request, response);
        if (!(exchange.framing() instanceof BodyFraming.None)) {
            exchange.answer(Status.BAD_REQUEST_400, "nothing can be sent to here");
            return;
        }
        if (exchange.header(HeaderNames.RANGE).isPresent()) {
            // The library would answer with other bytes than were asked for.
            exchange.answer(Status.REQUESTED_RANGE_NOT_SATISFIABLE_416, "an asset comes whole");
            return;
        }
        PageHeaders.protect(response.headers());
        // While a new version is rolled out, a page of one node may ask another for what that has in another version.
        boolean known = request.path()
                .pathParameters()
                .first("hash")
                .filter(hash::equals)
                .isPresent();
        response.headers().set(HeaderNames.CACHE_CONTROL, known ? FOR_EVER : "no-cache");
        response.next();
    }

    /** Returns what browsers and robots ask for at fixed places, if it is that. */
    Optional<Page> wellKnown(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "favicon.ico" ->
                        new Page(
                                PageHeaders.of("image/svg+xml", FOR_A_DAY),
                                new String(read("icon.svg"), StandardCharsets.UTF_8));
                    case "robots.txt" ->
                        new Page(
                                PageHeaders.of("text/plain; charset=utf-8", FOR_A_DAY),
                                Template.named(name).with(Map.of("base", base.path())));
                    case "manifest.webmanifest" ->
                        new Page(
                                PageHeaders.of("application/manifest+json", FOR_A_DAY),
                                Template.named(name).with(Map.of("assets", path())));
                    default -> null;
                });
    }

    private static String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            NAMES.forEach(name -> digest.update(read(name)));
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream("web/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
