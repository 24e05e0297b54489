package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One connection too many is told so, and costs nobody anything who has one. */
@Timeout(120)
class TooManyConnectionsTest {
    private static final int MOST = 4;

    @RegisterExtension
    final TestServer full = new TestServer(HttpSettings.DEFAULT.withMaxConnections(MOST), TransferLimits.DEFAULT);

    @RegisterExtension
    final TestServer fair =
            new TestServer(HttpSettings.DEFAULT.withMaxConnectionsPerClient(MOST), TransferLimits.DEFAULT);

    @Test
    void A30_is_answered_503_with_Retry_After_and_closed() throws Exception {
        fill(full);

        RawClient client = full.request("GET /my-id");

        Reply answer = client.reply();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).matches("\\d+");
        assertThat(answer.body()).contains("too many connections");
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void A30_of_one_client_is_answered_429() throws Exception {
        fill(fair);
        RawClient client = fair.request("PUT /my-id/a|Content-Length: 5|Expect: 100-continue");
        assertThat(client.reply().status()).isEqualTo(429);
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void A30_may_ask_how_the_server_is() throws Exception {
        fill(full);
        assertThat(full.ask("GET /health").status()).isEqualTo(200);
    }

    @Test
    void A30_cannot_be_a_web_socket() throws Exception {
        fill(full);
        Reply answer = full.ask("GET /send/my-id|Upgrade: websocket|Connection: upgrade|Sec-WebSocket-Version: 13|"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
        assertThat(answer.status()).isEqualTo(503);
    }

    @Test
    void A30_who_is_there_goes_on_and_who_comes_later_finds_room() throws Exception {
        RawClient sender = full.put("/my-id/film.mkv", "hello");
        List<RawClient> others = fill(full, MOST - 2);
        RawClient receiver = full.connect().send(full.head("GET /health"));
        assertThat(receiver.reply().status()).isEqualTo(200);
        assertThat(full.ask("GET /").status()).isEqualTo(503);

        assertThat(receiver.send(full.head("GET /my-id")).reply().body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);

        others.forEach(RawClient::close);
        awaitRoom(full);
    }

    @Test
    void A30_silent_ones_that_are_gone_take_no_room() throws Exception {
        for (int i = 0; i < 5 * MOST; i++) {
            full.connect().close();
        }
        awaitRoom(full);
    }

    /** The end of a connection takes a moment to be known. */
    private static void awaitRoom(TestServer server) throws Exception {
        int status = 0;
        while (status != 200) {
            try (RawClient client = server.connect()) {
                status = client.send(server.head("GET /help|Connection: close"))
                        .reply()
                        .status();
            } catch (AssertionError e) {
                // Not even told so.
                status = 0;
            }
        }
    }

    private static void fill(TestServer server) throws Exception {
        fill(server, MOST);
    }

    private static List<RawClient> fill(TestServer server, int count) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = server.connect().send(server.head("GET /health"));
            assertThat(client.reply().status()).isEqualTo(200);
            clients.add(client);
        }
        return clients;
    }
}
