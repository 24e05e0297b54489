package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that expects {@code 100 Continue} sends its body once somebody wants it, or never. */
@Timeout(120)
class ContinueTest {
    private static final int MAX_SIZE = 100;

    @RegisterExtension
    final TestServer server = new TestServer(HttpSettings.DEFAULT.withMaxSize(MAX_SIZE), TransferLimits.DEFAULT);

    @RegisterExtension
    final TestServer impatient =
            new TestServer(HttpSettings.DEFAULT.withWaitReceiver(Duration.ofMillis(300)), TransferLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(strings = {"100-continue", "100-Continue"})
    void a_chosen_id_gets_it_when_the_receiver_is_there(String expectation) throws Exception {
        RawClient sender = server.request("PUT /my-id/|Content-Length: 5|Expect: " + expectation);
        server.transfers().awaitOffered("my-id");
        assertThat(sender.heardNothing()).isTrue();

        RawClient receiver = server.get("/my-id");

        assertThat(sender.reply().status()).isEqualTo(100);
        sender.send("hello");
        assertThat(receiver.reply().body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void without_a_receiver_it_never_comes() throws Exception {
        Reply answer = impatient.ask("PUT /my-id/|Content-Length: 5|Expect: 100-continue");
        assertThat(answer.status()).isEqualTo(408);
    }

    @Test
    void an_id_of_the_server_gets_it_before_the_early_200() throws Exception {
        RawClient sender = server.request("PUT /|Content-Length: 5|Expect: 100-continue");

        assertThat(sender.reply().status()).isEqualTo(100);
        String link = sender.awaitBody("Waiting").body().lines().findFirst().orElseThrow();
        sender.send("hello");

        assertThat(server.ask("GET " + link.substring(link.lastIndexOf('/'))).body())
                .isEqualTo("hello");
        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole()).isTrue();
    }

    @Test
    void who_does_not_ask_for_it_does_not_get_it() throws Exception {
        RawClient sender = server.put("/my-id/", "hello");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void with_an_empty_body_it_may_come_or_not() throws Exception {
        RawClient sender = server.request("PUT /my-id/|Content-Length: 0|Expect: 100-continue");
        server.transfers().awaitOffered("my-id");
        assertThat(server.ask("GET /my-id").whole()).isTrue();

        Reply first = sender.reply();
        assertThat((first.status() == 100 ? sender.reply() : first).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "400, PUT /bad%20id/|Content-Length: 5",
        "400, PUT /send/|Content-Length: 5",
        "413, PUT /my-id/|Content-Length: 101",
        "413, PUT /|Content-Length: 101",
        "400, PUT /my-id/|Content-Length: 5|Content-Length: 5",
        "501, PUT /my-id/|Transfer-Encoding: gzip",
        "405, DELETE /my-id|Content-Length: 5"
    })
    void who_is_refused_never_gets_it(int status, String head) throws Exception {
        RawClient client = server.request(head + "|Expect: 100-continue");

        assertThat(client.reply().status()).isEqualTo(status);
        assertThat(client.isAtEnd()).isTrue();
        assertThat(server.transfers().seen()).isEmpty();
    }
}
