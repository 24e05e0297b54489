package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dialect 2 of docs/protocol.md, while nothing breaks: what is said, and what is refused. */
@Timeout(120)
class ResumableSendTest {
    @RegisterExtension
    final TestServer server = new TestServer();

    @Test
    void a_file_goes_from_its_offer_to_its_delivery() throws Exception {
        byte[] file = new byte[3_000_000];
        new Random(1).nextBytes(file);
        ResumableClient sender = ResumableClient.open(server, "/send").say(ResumableClient.offer(file.length));
        ResumableClient.Told ready = sender.await("ready");
        String id = ready.member("id");
        assertThat(ready.member("url")).isEqualTo("http://" + server.host() + "/" + id);
        assertThat(ready.member("token")).hasSize(22);
        assertThat(ready.number("expiresIn")).isEqualTo(900);

        RawClient receiver = server.get("/" + id);
        ResumableClient.Told go = sender.await("go");
        assertThat(go.number("offset")).isZero();
        assertThat(go.members()).doesNotContainKey("crc32c");
        var sending = server.beside(
                () -> sender.start(go).send(file).done(file.length).awaitDelivered());
        Reply reply = receiver.reply();

        assertThat(reply.bytes()).isEqualTo(file);
        assertThat(reply.header("Content-Disposition")).contains("a.bin");
        ResumableClient.Told delivered = sending.get();
        assertThat(delivered.number("bytes")).isEqualTo(file.length);
        assertThat(Double.parseDouble(delivered.member("seconds"))).isPositive();
        assertThat(delivered.members()).doesNotContainKey("sha256");
    }
}
