package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A target may be a whole address (RFC 9112 section 3.2.2): its path is what counts, and its host is that of the request. */
@Timeout(120)
class AbsoluteFormTest {
    @RegisterExtension
    final TestServer server = new TestServer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://a.example/health",
                "GET http://a.example:8080/health",
                "GET HTTPS://A.example/health",
                "GET http://[::1]:80/health"
            })
    void what_is_asked_for_is_the_path(String head) throws Exception {
        Reply answer = server.ask(head);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void a_file_goes_from_one_to_another() throws Exception {
        RawClient sender = server.request("PUT http://a.example/my-id/a%20b.txt?progress&qr=0|Content-Length: 5");
        server.transfers().awaitOffered("my-id");
        sender.send("hello");

        assertThat(server.ask("GET http://a.example/api/transfers/my-id").body())
                .contains("waiting");
        Reply file = server.ask("GET http://a.example/my-id?download");

        assertThat(file.body()).isEqualTo("hello");
        assertThat(file.header("Content-Disposition")).contains("a b.txt");
        assertThat(sender.reply().body()).startsWith("http://a.example/my-id\n");
    }

    @ParameterizedTest
    @CsvSource({"http://a.example:81,http://a.example:81", "https://a.example/,http://a.example"})
    void without_a_path_it_is_the_root_and_links_have_its_host(String target, String origin) throws Exception {
        Reply answer = server.ask("GET " + target);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("curl -T film.mkv " + origin + "/");
    }

    @Test
    void the_next_request_has_its_own_host_again() throws Exception {
        RawClient client = server.request("GET http://a.example/");
        assertThat(client.reply().body()).contains("a.example");
        assertThat(client.send(server.head("GET /")).reply().body()).contains(server.host());
    }

    @Test
    void an_asset_is_had_so_too() throws Exception {
        Reply answer = server.ask("GET http://a.example" + new Assets(BasePath.ROOT).path() + "page.css");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/css");
    }

    @Test
    void so_is_a_WebSocket() throws Exception {
        server.request("GET http://a.example/send/my-id|Connection: Upgrade|Upgrade: websocket|Origin: http://a.example"
                        + "|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")
                .awaitHead("HTTP/1.1 101 ");
    }

    @Test
    void a_body_that_nobody_wants_is_not_the_next_request() throws Exception {
        RawClient client = server.request("PUT http://a.example/health/a|Content-Length: 40");
        assertThat(client.reply().status()).isEqualTo(400);
        assertThat(client.isAtEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET ftp://a.example/health",
                "GET http:/health",
                "GET http:///health",
                "GET http://somebody@a.example/health",
                "GET http://a.example:123456/health",
                "GET a.example/health",
                "GET health",
                "GET *"
            })
    void another_form_is_400(String head) throws Exception {
        assertThat(server.ask(head).status()).isEqualTo(400);
    }

    @Test
    void a_host_is_needed_all_the_same() throws Exception {
        RawClient client = server.connect().send("GET http://a.example/health HTTP/1.1\r\n\r\n");
        assertThat(client.reply().status()).isEqualTo(400);
    }
}
