package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.transit.core.InMemoryRendezvous;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints can be part of a server that has others, which do not notice. */
@Timeout(120)
class MountingTest {
    private static final Pattern ADDRESS = Pattern.compile("(?:href|src|action)=\"([^\"]*)\"");
    private static final String BROWSER = "|Accept: text/html|User-Agent: Mozilla/5.0";

    @RegisterExtension
    final TestServer shared = new TestServer((transit, server) -> {
        server.routing(MountingTest::others);
        transit.mount(server, "/share/files");
    });

    @RegisterExtension
    final TestServer root = new TestServer((transit, server) -> {
        transit.mount(server);
        server.routing(MountingTest::others);
    });

    private static void others(HttpRouting.Builder routing) {
        routing.addFilter((chain, request, response) -> {
                    if (request.path().rawPath().endsWith("/guarded")) {
                        response.status(Status.UNAUTHORIZED_401).send("who are you?");
                    } else {
                        chain.proceed();
                    }
                })
                .get("/hello", (request, response) -> response.send("hello"))
                .post(
                        "/echo",
                        (request, response) -> response.send(request.content().as(String.class)))
                .get("/stream", (request, response) -> {
                    try (OutputStream out = response.outputStream()) {
                        out.write(new byte[100_000]);
                    }
                })
                .get(
                        "/last",
                        (request, response) ->
                                response.header(HeaderValues.CONNECTION_CLOSE).send("the last"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/hello|Connection: close", "/stream|Connection: close", "/last", "/last|Connection: keep-alive"
            })
    void others_may_end_their_connections_too(String request) throws IOException {
        for (TestServer server : List.of(shared, root)) {
            RawClient client = server.request("GET " + request);
            Reply answer = client.reply();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.whole()).isTrue();
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void what_was_sent_as_a_body_is_no_request_though_another_filter_answers() throws IOException {
        for (TestServer server : List.of(shared, root)) {
            String path = server.equals(root) ? "" : "/share/files";
            String body = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";
            RawClient client = server.request("PUT " + path + "/guarded|Content-Length: " + body.length());
            client.send(body);
            assertThat(client.reply().status()).isEqualTo(401);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void a_file_goes_from_one_to_the_other_under_the_path() throws IOException {
        RawClient sender = shared.request("PUT /share/files/film.mkv|Content-Length: 5");
        String link = sender.awaitBody("\n").body().lines().findFirst().orElseThrow();
        assertThat(link).startsWith("http://" + shared.host() + "/share/files/");
        sender.send("hello");

        Reply file = shared.ask("GET " + link.substring(("http://" + shared.host()).length()));

        assertThat(file.body()).isEqualTo("hello");
        assertThat(file.header("Content-Disposition")).contains("film.mkv");
        assertThat(sender.reply().body()).contains("Delivered");
    }

    @Test
    void the_pages_and_all_they_refer_to_are_under_the_path() throws IOException {
        Reply page = shared.ask("GET /share/files/" + BROWSER);
        assertThat(page.status()).isEqualTo(200);
        assertThat(ADDRESS.matcher(page.body()).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(address -> assertThat(address).startsWith("/share/files/"));
        String script = ADDRESS.matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .filter(address -> address.endsWith(".js"))
                .findFirst()
                .orElseThrow();
        assertThat(shared.ask("GET " + script).status()).isEqualTo(200);
        assertThat(shared.ask("GET /share/files/my-id" + BROWSER).body()).contains("/share/files/my-id?download");
    }

    @Test
    void a_body_that_was_sent_to_a_whole_address_is_the_file() throws IOException {
        RawClient sender = shared.request("PUT http://a.example/share/files/my-id/a|Content-Length: 5");
        shared.transfers().awaitOffered("my-id");
        sender.send("hello");

        assertThat(shared.ask("GET http://a.example/share/files/my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().body()).startsWith("Transfer complete. 5 bytes");
    }

    @Test
    void help_shows_the_path() throws IOException {
        assertThat(shared.ask("GET /share/files/").body())
                .contains("curl -T film.mkv http://" + shared.host() + "/share/files/");
    }

    @Test
    void a_web_socket_is_under_the_path() throws IOException {
        RawWebSocket sender = shared.webSocket("/share/files/send/my-id").text(RawWebSocket.metadata("5"));
        shared.transfers().awaitOffered("my-id");
        RawClient receiver = shared.get("/share/files/my-id");
        sender.awaitText("Go for file chunks").binary("hello");
        assertThat(receiver.reply().body()).isEqualTo("hello");
        assertThat(sender.awaitClose().code()).isEqualTo(1000);
    }

    @Test
    void the_path_without_its_slash_leads_there() throws IOException {
        Reply reply = shared.ask("GET /share/files?a=b");
        assertThat(reply.status()).isEqualTo(308);
        assertThat(reply.header("Location")).isEqualTo("/share/files/?a=b");
        assertThat(shared.ask("PUT /share/files|Content-Length: 1").status()).isEqualTo(308);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/my-id", "/", "/send/my-id", "/health", "/share", "/share/filesx", "/share/files/../my-id"})
    void elsewhere_is_nothing_of_ours(String path) throws IOException {
        RawClient sender = shared.request("PUT /share/files/my-id/a|Content-Length: 1");
        shared.transfers().awaitOffered("my-id");
        assertThat(shared.ask("GET " + path).status()).isEqualTo(404);
        sender.vanish();
    }

    @Test
    void other_routes_serve_bodies_and_connections_as_before() throws IOException {
        RawClient client = shared.get("/hello");
        assertThat(client.reply().body()).isEqualTo("hello");
        client.send(shared.head("POST /echo|Content-Length: 4") + "four");
        assertThat(client.reply().body()).isEqualTo("four");
        client.send(shared.head("POST /echo|Transfer-Encoding: chunked") + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        assertThat(client.reply().body()).isEqualTo("abcde");
        client.send(shared.head("GET /share/files/health"));
        assertThat(client.reply().body()).contains("ok");
        client.send(shared.head("POST /echo|Content-Length: 1") + "x");
        assertThat(client.reply().body()).isEqualTo("x");
    }

    @Test
    void at_the_root_other_routes_are_asked_first() throws IOException {
        assertThat(root.ask("GET /hello").body()).isEqualTo("hello");
        assertThat(root.ask("GET /hello2").status()).isEqualTo(404);
        RawClient sender = root.put("/my-id/a", "hi");
        assertThat(root.ask("GET /my-id").body()).isEqualTo("hi");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"share", "//", "/a//b", "/..", "/a/./b", "/a b", "/a?b", "/%41", "/é", ""})
    void a_path_that_is_not_plain_is_refused(String path) {
        try (var rendezvous = new InMemoryRendezvous()) {
            var transit = TransitHttp.create(rendezvous);
            assertThatThrownBy(() -> transit.mount(TestServer.builder(), path))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("base path");
        }
    }

    @Test
    void what_would_lose_bytes_is_refused_when_the_server_is_built() {
        assertRefused(server -> server.useNio(true), "useNio");
        assertRefused(server -> server.writeQueueLength(8), "writeQueueLength");
        assertRefused(server -> server.connectionOptions(options -> options.tcpNoDelay(true)), "connectionOptions");
    }

    private static void assertRefused(Consumer<WebServerConfig.Builder> change, String word) {
        try (var rendezvous = new InMemoryRendezvous()) {
            var server = TestServer.builder();
            TransitHttp.create(rendezvous).mount(server);
            change.accept(server);
            assertThatThrownBy(server::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(word);
        }
    }
}
