package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A7: files that would run a script if a browser opened them, and every way in which a page can make one open them. None
 * runs: it is saved, or it is refused and stays where it is, so that one offer serves for all ways that are refused.
 */
@Timeout(300)
class HostileTypesIT {
    private static final int SECONDS = 60;

    /** Each makes something of an address that shows or runs it; tells when that has loaded, or failed to. */
    private static final String WAYS = """
            const element = (name, attribute, more = {}) => url => new Promise(resolve => {
                const made = Object.assign(document.createElement(name), more);
                made.onload = made.onerror = resolve;
                made.setAttribute(attribute, url);
                document.body.append(made);
            });
            const worker = make => url => new Promise(resolve => {
                const made = make(url);
                (made.port ?? made).onmessage = () => window.ran = url;
                made.onerror = resolve;
            });
            const source = url => URL.createObjectURL(new Blob([`importScripts('${new URL(url, location)}')`]));
            const embeddings = {
                script: element('script', 'src'),
                module: element('script', 'src', {type: 'module'}),
                style: element('link', 'href', {rel: 'stylesheet'}),
                preload: element('link', 'href', {rel: 'preload', as: 'script'}),
                image: element('img', 'src'),
                video: element('video', 'src'),
                object: element('object', 'data'),
                embed: element('embed', 'src'),
                importing: url => import(url),
                worker: worker(url => new Worker(url)),
                moduleWorker: worker(url => new Worker(url, {type: 'module'})),
                sharedWorker: worker(url => new SharedWorker(url)),
                importScripts: worker(url => new Worker(source(url))),
                serviceWorker: url => navigator.serviceWorker.register(url),
            };
            const frame = element('iframe', 'src');
            new BroadcastChannel('ran').onmessage = () => window.ran = 'elsewhere';
            const all = (urls, ways) => Promise.race([
                Promise.all(urls.flatMap(url => ways.map(way => (async () => way(url))().catch(() => 0)))),
                // Of some of what fails nobody is told.
                new Promise(resolve => setTimeout(resolve, 8000))]);
            """;

    @RegisterExtension
    static final Browser browser = new Browser();

    @RegisterExtension
    final TestServer server = new TestServer();

    @TempDir
    Path downloads;

    private final BlockingQueue<String> beacons = new LinkedBlockingQueue<>();
    private @Nullable WebServer foreign;

    /** Another site: has a page of its own, and hears of every script that runs. */
    @BeforeEach
    void startForeignSite() {
        foreign = TestServer.builder()
                .routing(routing -> routing.get("/page", (request, response) -> html(response, "<body>"))
                        .get("/control", (request, response) -> html(response, payload("text/html", "control")))
                        .any(this::hear))
                .build()
                .start();
    }

    @AfterEach
    void stopForeignSite() {
        if (foreign != null) {
            foreign.stop();
        }
    }

    private void hear(ServerRequest request, ServerResponse response) {
        if (request.path().path().equals("/beacon")) {
            beacons.add(request.query().first("from").orElse(""));
        }
        response.send("");
    }

    private static void html(ServerResponse response, String text) {
        response.header(HeaderNames.CONTENT_TYPE, "text/html").send(text);
    }

    private URI foreign(String path) {
        return URI.create("http://127.0.0.1:" + (foreign == null ? 0 : foreign.port()) + path);
    }

    @Test
    void A7_no_script_in_a_file_runs_however_a_page_opens_it() throws Exception {
        List<String> types = types();
        assertThat(types).hasSize(50).doesNotHaveDuplicates();
        assertThatScriptsAreHeard();
        browser.saveIn(downloads);
        List<String> ours =
                Stream.iterate(0, i -> i + 1).limit(50).map(i -> "ours" + i).toList();
        List<String> theirs =
                ours.stream().map(id -> id.replace("ours", "theirs")).toList();

        List<Callable<Boolean>> deliveries = offer(types, ours);
        browser.open(server.uri("/"));
        embed(ours, "Object.values(embeddings)");
        embed(ours, "[frame]");
        assertDelivered(deliveries);
        assertNothingRan();

        deliveries = offer(types, theirs);
        browser.open(foreign("/page"));
        embed(theirs, "[...Object.values(embeddings), frame]");
        for (int i = 0; i < theirs.size(); i++) {
            browser.run("""
                    const link = document.body.appendChild(document.createElement('a'));
                    link.href = arguments[0];
                    link.click();""", link(theirs.get(i)));
            assertThat(deliveries.get(i).call()).as(types.get(i)).isTrue();
        }
        assertNothingRan();
        assertSaved(100);
    }

    /** Else it would prove nothing that none is. */
    private void assertThatScriptsAreHeard() throws Exception {
        browser.open(foreign("/control"));
        assertThat(beacons.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("control");
    }

    private List<Callable<Boolean>> offer(List<String> types, List<String> ids) throws IOException {
        List<Callable<Boolean>> deliveries = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String type = types.get(i);
            deliveries.add(new StrangeName(ids.get(i), "", "", "")
                    .offer(server, ids.get(i), StrangeName.Place.METADATA, payload(type, ids.get(i)), type));
        }
        return deliveries;
    }

    private String link(String id) {
        return server.uri("/" + id + "?download").toString();
    }

    private void embed(List<String> ids, String ways) {
        browser.runAsync(
                WAYS + "all(arguments[0], " + ways + ").then(() => arguments[1]());",
                ids.stream().map(this::link).toList());
    }

    private static void assertDelivered(List<Callable<Boolean>> deliveries) throws Exception {
        for (Callable<Boolean> delivery : deliveries) {
            assertThat(delivery.call()).isTrue();
        }
    }

    private void assertNothingRan() throws Exception {
        assertThat(browser.run("""
                const ran = window.ran ?? localStorage.getItem('ran') ?? '';
                return ran.endsWith('=control') ? '' : ran;""")).isEqualTo("");
        assertThat(browser.title()).isNotEqualTo("ran");
        assertThat(browser.run("return navigator.serviceWorker.controller")).isNull();
        beacons.removeIf("control"::equals);
        assertThat(beacons).isEmpty();
        // Whatever was on its way has come by then.
        assertThatScriptsAreHeard();
    }

    private void assertSaved(int count) throws IOException {
        try (Stream<Path> files = Files.list(downloads)) {
            assertThat(files).hasSizeGreaterThanOrEqualTo(count);
        }
    }

    private String payload(String type, String from) {
        String run = """
                (() => {
                    const from = '%s?from=%s';
                    const tries = [
                        () => self.ran = from,
                        () => document.title = 'ran',
                        () => localStorage.setItem('ran', from),
                        () => new BroadcastChannel('ran').postMessage(from),
                        () => postMessage(from),
                        () => top.postMessage(from, '*'),
                        () => new Image().src = from,
                        () => navigator.sendBeacon(from),
                        () => fetch(from, {mode: 'no-cors'}),
                    ];
                    for (const attempt of tries) { try { attempt(); } catch {} }
                })()""".formatted(foreign("/beacon"), from);
        String script = "<script>//<![CDATA[\n" + run + "\n//]]></script>";
        String lower = type.toLowerCase(Locale.ROOT);
        if (lower.contains("svg")) {
            return "<svg xmlns=\"http://www.w3.org/2000/svg\">" + script + "</svg>";
        } else if (lower.contains("script")
                || lower.matches("text/(plain|css).*|application/(json|wasm|octet-stream)|")) {
            return run;
        } else if (lower.contains("pdf")) {
            return "%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n" + script;
        } else if (lower.contains("multipart")) {
            return "--b\r\nContent-Type: text/html\r\n\r\n" + script + "\r\n--b--\r\n";
        } else if (lower.contains("rfc822")) {
            return "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + script;
        } else if (lower.contains("utf-7")) {
            return "+ADw-script+AD4-" + run + "+ADw-/script+AD4-";
        }
        return "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>" + script + "</body></html>";
    }

    /** One on each line of {@code types.txt}, with controls written as in Java. */
    private static List<String> types() throws IOException {
        try (var file = HostileTypesIT.class.getResourceAsStream("/types.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.equals("(long)") ? "text/html; a=" + "b".repeat(300) : line.translateEscapes())
                    .toList();
        }
    }
}
