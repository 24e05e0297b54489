package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.InterruptReason;
import io.transit.core.TransferState;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * In TLS 1.2 a client may shake hands again at any time. The connection of one that does ends, whatever goes on in it, and
 * nobody else has anything of it. There are more of them at a time than processors: threads that go round would leave none.
 */
@Timeout(120)
class EncryptedRenegotiationTest {
    private static final SelfSigned TLS = SelfSigned.create();
    private static final int MANY = Runtime.getRuntime().availableProcessors() + 1;

    /** Two sides of each transfer. */
    private static final int MOST = 2 * MANY;

    private static final String PART = "a part of it";

    @RegisterExtension
    final TestServer server = TestServer.encrypted(TLS, HttpSettings.DEFAULT.withMaxConnections(MOST));

    /** What clients of TLS 1.2 do before they shake hands again. */
    private interface Beginning {
        void begin(RawClient client, String id) throws Exception;
    }

    @Test
    void a_web_socket_that_sends_ends_and_its_receiver_is_told() throws Exception {
        List<RawClient> receivers = new ArrayList<>();
        renegotiate((client, id) -> {
            RawWebSocket sender = offer(client, id);
            RawClient receiver = server.get("/" + id);
            sender.awaitText(RawWebSocket.GO).binary(PART);
            receiver.awaitBody(PART);
            receivers.add(receiver);
        });
        assertEnded(InterruptReason.SENDER_LEFT);
        assertNotWhole(receivers);
        assertOthersAreServed();
    }

    @Test
    void a_web_socket_that_waits_for_its_receiver_ends() throws Exception {
        renegotiate(this::offer);
        assertEnded(InterruptReason.SENDER_LEFT);
        assertOthersAreServed();
    }

    @Test
    void a_web_socket_that_receives_ends_and_its_sender_is_told() throws Exception {
        List<Future<Exception>> senders = new ArrayList<>();
        try {
            renegotiate((client, id) -> {
                RawClient sender = server.putChunked("/" + id + "/a", "");
                RawWebSocket receiver = RawWebSocket.open(server, "/receive/" + id, client, "");
                receiver.nextMessage();
                receiver.text(RawWebSocket.GO);
                senders.add(server.beside(() -> sender.sendForever("1000\r\n" + "a".repeat(4096) + "\r\n")));
                assertThat(receiver.nextMessage().isBinary()).isTrue();
            });
            assertEnded(InterruptReason.RECEIVER_LEFT);
        } finally {
            senders.forEach(sender -> sender.cancel(true));
        }
        assertOthersAreServed();
    }

    @Test
    void one_in_the_middle_of_a_body_ends_and_its_receiver_is_told() throws Exception {
        List<RawClient> receivers = new ArrayList<>();
        renegotiate((client, id) -> {
            client.send(server.head("PUT /" + id + "/a|Content-Length: 1000000") + PART);
            server.transfers().awaitOffered(id);
            RawClient receiver = server.get("/" + id);
            receiver.awaitBody(PART);
            receivers.add(receiver);
        });
        assertEnded(InterruptReason.SENDER_LEFT);
        assertNotWhole(receivers);
        assertOthersAreServed();
    }

    @Test
    void one_between_two_requests_ends() throws Exception {
        renegotiate((client, id) -> assertThat(
                        client.send(server.head("GET /health")).reply().status())
                .isEqualTo(200));
        assertOthersAreServed();
    }

    private RawWebSocket offer(RawClient client, String id) throws IOException {
        RawWebSocket sender =
                RawWebSocket.open(server, "/send/" + id, client, "").text(RawWebSocket.metadata("1000000"));
        server.transfers().awaitOffered(id);
        return sender;
    }

    /** All begin, and then all shake hands again at a time. */
    private void renegotiate(Beginning beginning) throws Exception {
        List<SSLSocket> sockets = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            var socket = (SSLSocket) TLS.socket();
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            beginning.begin(server.connect(socket), "id-" + i);
            sockets.add(socket);
        }
        List<Future<?>> ends = new ArrayList<>();
        for (SSLSocket socket : sockets) {
            ends.add(server.beside(() -> awaitEnd(socket)));
        }
        for (Future<?> end : ends) {
            end.get();
        }
    }

    private static boolean awaitEnd(SSLSocket socket) {
        try {
            socket.startHandshake();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server does not end the connection", e);
        } catch (IOException e) {
            // That ends it too.
        }
        return true;
    }

    private void assertEnded(InterruptReason reason) {
        for (int i = 0; i < MANY; i++) {
            assertThat(server.transfers().awaitEnded("id-" + i))
                    .isInstanceOfSatisfying(
                            TransferState.Interrupted.class,
                            end -> assertThat(end.reason()).isEqualTo(reason));
        }
    }

    private static void assertNotWhole(List<RawClient> receivers) throws IOException {
        for (RawClient receiver : receivers) {
            assertThat(receiver.reply().whole()).isFalse();
        }
    }

    /** There is room for as many as ever, so that no connection is left behind; and they get what they want. */
    private void assertOthersAreServed() throws IOException {
        List<RawClient> others = new ArrayList<>();
        while (others.size() < MOST) {
            // The end of a connection takes a moment to be known.
            RawClient other = server.connect();
            if (isServed(other)) {
                others.add(other);
            } else {
                other.close();
            }
        }
        RawClient sender = others.get(0).send(server.head("PUT /other/a|Content-Length: 5") + "hello");
        server.transfers().awaitOffered("other");
        assertThat(others.get(1).send(server.head("GET /other")).reply().body()).isEqualTo("hello");
        assertThat(sender.reply().body()).startsWith("Transfer complete.");
    }

    private boolean isServed(RawClient client) {
        try {
            return client.send(server.head("GET /help")).reply().status() == 200;
        } catch (IOException | AssertionError e) {
            // Not even told why.
            return false;
        }
    }
}
