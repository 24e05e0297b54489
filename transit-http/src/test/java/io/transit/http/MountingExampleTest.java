package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.transit.core.InMemoryRendezvous;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of docs/embedding.md, as it stands there. */
@Timeout(60)
class MountingExampleTest {
    @Test
    void the_example_serves_both() throws IOException, InterruptedException {
        // begin
        var rendezvous = new InMemoryRendezvous();
        var builder = WebServer.builder()
                .port(0)
                .routing(routing -> routing.get("/hello", (request, response) -> response.send("hello")));
        TransitHttp.create(rendezvous).mount(builder, "/share");
        WebServer server = builder.build().start();
        // end
        try {
            assertThat(get(server, "/hello")).isEqualTo("hello");
            assertThat(get(server, "/share/health")).isEqualTo("{\"status\":\"ok\"}");
        } finally {
            rendezvous.close();
            server.stop();
        }
    }

    private static String get(WebServer server, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
            return client.send(request.build(), BodyHandlers.ofString()).body();
        }
    }

    @Test
    void the_page_shows_the_code_that_runs_here() throws IOException {
        String page = squeezed(Path.of("../docs/embedding.md"));
        String source = squeezed(Path.of("src/test/java/io/transit/http/MountingExampleTest.java"));
        String example = source.substring(source.indexOf("//begin") + "//begin".length(), source.indexOf("//end"));
        assertThat(example).contains("mount");
        assertThat(page).contains(example);
    }

    /** Without any space, as the formatter breaks lines as it likes. */
    private static String squeezed(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return String.join("", lines.toList()).replace(" ", "");
        }
    }
}
