package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.http.HttpRouting;
import io.transit.core.InMemoryRendezvous;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a server has beside transit is served with TLS as without, though it is transit that does the TLS. */
@Timeout(120)
class EncryptedMountingTest {
    private static final SelfSigned TLS = SelfSigned.create();

    /** More than any buffer on the way holds. */
    private static final int MUCH = 5_000_000;

    @RegisterExtension
    final TestServer server = TestServer.encrypted(TLS, HttpSettings.DEFAULT, (transit, server) -> {
        server.routing(EncryptedMountingTest::others);
        transit.mount(server, "/share");
    });

    private static void others(HttpRouting.Builder routing) {
        routing.get("/hello", (request, response) -> response.send("hello"))
                .get(
                        "/secure",
                        (request, response) -> response.send(request.isSecure() + " "
                                + request.requestedUri().scheme()))
                .get("/much", (request, response) -> {
                    try (OutputStream out = response.outputStream()) {
                        out.write("m".repeat(MUCH).getBytes(StandardCharsets.US_ASCII));
                    }
                })
                .post("/count", (request, response) -> {
                    try (InputStream in = request.content().inputStream()) {
                        response.send(Long.toString(in.transferTo(OutputStream.nullOutputStream())));
                    }
                })
                .post(
                        "/echo",
                        (request, response) -> response.send(request.content().as(String.class)))
                .post("/unread", (request, response) -> response.send("not read"));
    }

    @Test
    void other_routes_answer_and_read_bodies_on_one_connection() throws Exception {
        RawClient client = server.get("/hello");
        assertThat(client.reply().body()).isEqualTo("hello");
        client.send(server.head("POST /echo|Content-Length: 4") + "four");
        assertThat(client.reply().body()).isEqualTo("four");
        client.send(server.head("POST /echo|Transfer-Encoding: chunked") + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        assertThat(client.reply().body()).isEqualTo("abcde");
        client.send(server.head("POST /unread|Content-Length: 5") + "hello");
        assertThat(client.reply().body()).isEqualTo("not read");
        client.send(server.head("GET /share/health"));
        assertThat(client.reply().body()).contains("ok");
        client.send(server.head("POST /echo|Content-Length: 1|Connection: close") + "x");
        assertThat(client.reply().body()).isEqualTo("x");
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void a_body_may_be_waited_for_with_100_Continue() throws Exception {
        RawClient client = server.request("POST /echo|Content-Length: 4|Expect: 100-continue");
        assertThat(client.reply().status()).isEqualTo(100);
        assertThat(client.send("four").reply().body()).isEqualTo("four");
    }

    @Test
    void they_may_take_and_give_more_than_any_buffer_holds() throws Exception {
        RawClient client = server.request("POST /count|Content-Length: " + MUCH);
        assertThat(client.send("m".repeat(MUCH)).reply().body()).isEqualTo(Integer.toString(MUCH));
        Reply much = client.send(server.head("GET /much")).reply();
        assertThat(much.whole()).isTrue();
        assertThat(much.body()).isEqualTo("m".repeat(MUCH));
        assertThat(client.send(server.head("GET /hello")).reply().body()).isEqualTo("hello");
    }

    @Test
    void they_know_that_they_are_reached_with_TLS() throws Exception {
        assertThat(server.ask("GET /secure").body()).isEqualTo("true https");
    }

    @Test
    void a_transfer_goes_on_beside_them() throws Exception {
        RawClient sender = server.request("PUT /share/my-id/a|Transfer-Encoding: chunked");
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/share/my-id");
        sender.send("2\r\nab\r\n");
        receiver.awaitBody("ab");

        RawClient other = server.get("/hello");
        assertThat(other.reply().body()).isEqualTo("hello");
        assertThat(other.send(server.head("POST /echo|Content-Length: 1") + "x")
                        .reply()
                        .body())
                .isEqualTo("x");

        sender.send("2\r\ncd\r\n0\r\n\r\n");
        assertThat(receiver.reply().body()).isEqualTo("abcd");
        assertThat(sender.reply().body()).contains("Transfer complete. 4 bytes");
    }

    @Test
    void one_that_leaves_in_the_middle_of_a_body_costs_nobody_anything() throws Exception {
        RawClient client = server.request("POST /count|Content-Length: 1000").send("some");
        client.vanish();
        RawClient reader = server.get("/much");
        reader.awaitBody("m");
        reader.vanish();
        assertThat(server.ask("GET /hello").body()).isEqualTo("hello");
    }

    @Test
    void TLS_that_is_set_behind_transit_is_refused_when_the_server_is_built() {
        try (var rendezvous = new InMemoryRendezvous()) {
            var builder = TestServer.builder();
            TransitHttp.create(rendezvous).mount(builder);
            builder.tls(TLS.server());
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("TLS");
        }
    }
}
