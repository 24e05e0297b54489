package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A side that does not move ends the transfer; both are told as far as they can be, and no connection hangs. */
@Timeout(180)
class StallTest {
    private static final String MUCH = "x".repeat(100_000);

    @RegisterExtension
    final TestServer server =
            new TestServer(HttpSettings.DEFAULT, TransferLimits.DEFAULT.withStall(Duration.ofSeconds(1)));

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10", "Transfer-Encoding: chunked"})
    void T10_A28_a_sender_that_sends_nothing_is_told_408_and_the_receiver_502(String framing) throws Exception {
        RawClient sender = server.request("PUT /my-id/|" + framing);
        server.transfers().awaitOffered("my-id");

        Reply file = server.ask("GET /my-id");

        assertThat(file.status()).isEqualTo(502);
        assertThat(file.body()).matches("[ -~]+\n").contains("SENDER_STALLED");
        assertSenderIsTold(sender, "SENDER_STALLED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10", "Transfer-Encoding: chunked"})
    void T10_A28_a_sender_that_stops_half_way_is_told_408_and_its_file_is_short(String framing) throws Exception {
        RawClient sender = server.request("PUT /my-id/|" + framing);
        server.transfers().awaitOffered("my-id");
        sender.send("5\r\nhello");
        RawClient receiver = server.get("/my-id");

        Reply file = receiver.reply();

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.whole()).isFalse();
        assertThat(receiver.isAtEnd()).isTrue();
        assertSenderIsTold(sender, "SENDER_STALLED");
    }

    @Test
    void T10_A28_a_receiver_that_takes_nothing_is_cut_and_the_sender_told_408() throws Exception {
        RawClient sender = server.request("PUT /my-id/|Content-Length: 1000000000000");
        server.transfers().awaitOffered("my-id");
        var sending = server.beside(() -> sender.sendForever(MUCH));
        RawClient receiver = server.get("/my-id");
        receiver.awaitBody("x");

        assertSenderIsTold(sender, "RECEIVER_STALLED");

        sending.get();
        assertThat(receiver.reply().whole()).isFalse();
        assertThat(receiver.isAtEnd()).isTrue();
    }

    private static void assertSenderIsTold(RawClient sender, String reason) throws Exception {
        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.body()).matches("[ -~]+\n").contains(reason);
        assertThat(sender.isAtEnd()).isTrue();
    }
}
