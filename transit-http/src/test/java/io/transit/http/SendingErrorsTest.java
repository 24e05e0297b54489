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

/** What goes wrong with sending is said in the form that the sender asked for, and to the receiver with the right reason. */
@Timeout(120)
class SendingErrorsTest {
    private static final String BROWSER = "text/html|User-Agent: Mozilla/5.0";

    @RegisterExtension
    final TestServer server = new TestServer();

    @RegisterExtension
    final TestServer hasty =
            new TestServer(HttpSettings.DEFAULT.withWaitReceiver(Duration.ofMillis(50)), TransferLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "*/*,                      text/plain,               'no receiver came in time (EXPIRED)'",
        "application/json,         application/problem+json, '\"reason\":\"EXPIRED\"'",
        "application/problem+json, application/problem+json, '\"status\":408'",
        BROWSER + ",               text/html,                'No receiver came in time.'"
    })
    void what_is_said_when_all_is_over_has_three_forms(String accept, String type, String words) throws Exception {
        Reply answer = hasty.ask("PUT /my-id/a|Content-Length: 5|Accept: " + accept);
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.header("Content-Type")).startsWith(type);
        assertThat(answer.body()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "*/*,              text/plain,               offered",
        "application/json, application/problem+json, '\"status\":409'",
        BROWSER + ",       text/html,                409"
    })
    void what_is_said_before_anything_begins_has_three_forms(String accept, String type, String words)
            throws Exception {
        RawClient sender = server.put("/my-id/a", "hello");
        Reply answer = server.ask("PUT /my-id/a|Content-Length: 5|Accept: " + accept);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("Content-Type")).startsWith(type);
        assertThat(answer.body()).contains(words);

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void another_method_has_three_forms() throws Exception {
        Reply answer = server.ask("DELETE /my-id|Accept: application/json");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST, PUT");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "\r\n", "-1\r\n", "5\nhello", "1000000000000000\r\n"})
    void a_body_that_is_malformed_from_the_start_is_an_incomplete_file_to_the_receiver(String wire) throws Exception {
        RawClient sender = server.putChunked("/my-id/a", wire);
        Reply file = server.ask("GET /my-id");
        assertThat(file.status()).isEqualTo(502);
        assertThat(file.body()).contains("(TRUNCATED)");
        assertThat(sender.reply().status()).isEqualTo(400);
        assertThat(server.ask("GET /api/transfers/my-id").body()).contains("\"reason\":\"TRUNCATED\"");
    }

    @Test
    void a_body_that_becomes_malformed_cuts_the_file_off() throws Exception {
        RawClient sender = server.putChunked("/my-id/a", "5\r\nhello\r\n");
        RawClient receiver = server.get("/my-id");
        receiver.awaitBody("hello");
        sender.send("zz\r\n");

        assertThat(receiver.reply().whole()).isFalse();
        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("hexadecimal");
        assertThat(server.ask("GET /api/transfers/my-id").body())
                .contains("\"state\":\"interrupted\"", "\"reason\":\"TRUNCATED\"");
    }
}
