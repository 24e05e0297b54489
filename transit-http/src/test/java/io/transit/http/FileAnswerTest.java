package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An answer that is cut off before, while and after it begins. */
@Timeout(120)
class FileAnswerTest {
    private final CompletableFuture<Exchange> arrived = new CompletableFuture<>();
    private final CompletableFuture<Exchange> over = new CompletableFuture<>();
    private final WebServer server = server();

    private WebServer server() {
        var channels = new AcceptedChannels(HttpSettings.DEFAULT);
        return TestServer.builder()
                .connectionOptions(channels)
                .addConnectionSelector(new Connections(channels, HttpSettings.DEFAULT, new RequestHeads(BasePath.ROOT)))
                .routing(routing -> routing.any(this::answer))
                .build()
                .start();
    }

    private void answer(ServerRequest request, ServerResponse response) {
        arrived.complete(new Exchange(BasePath.ROOT, request, response));
        throw over.join().end();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void one_that_is_closed_does_not_begin() throws Exception {
        try (var client = new RawClient(server.port())) {
            Exchange exchange = exchange(client);
            var answer = new FileAnswer(exchange.connection(), () -> begin(exchange));
            answer.close();
            assertThat(answer.isOpen()).isFalse();
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> answer.write(bytes(5)));
            assertThat(answer.hasBegun()).isFalse();
            over.complete(exchange);
        }
    }

    @Test
    void one_that_is_closed_while_it_begins_is_cut_off() throws Exception {
        try (var client = new RawClient(server.port())) {
            Exchange exchange = exchange(client);
            var closed = new CompletableFuture<FileAnswer>();
            var answer = new FileAnswer(exchange.connection(), () -> {
                closed.join().close();
                return begin(exchange);
            });
            closed.complete(answer);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> answer.write(bytes(5)));
            assertThat(answer.hasBegun()).isTrue();
            over.complete(exchange);
        }
    }

    @Test
    void one_that_is_whole_is_not_cut_off_any_more() throws Exception {
        try (var client = new RawClient(server.port())) {
            Exchange exchange = exchange(client);
            var answer = new FileAnswer(exchange.connection(), () -> begin(exchange));
            ByteBuffer payload = bytes(5);
            while (payload.hasRemaining()) {
                answer.write(payload);
            }
            answer.verified();
            answer.close();
            answer.finish();
            over.complete(exchange);
            assertThat(client.reply().body()).hasSize(5);
        }
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length);
    }

    private static ResponseBody begin(Exchange exchange) throws IOException {
        return exchange.begin(Status.OK_200, ServerResponseHeaders.create(), OptionalLong.of(5));
    }

    private Exchange exchange(RawClient client) throws Exception {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        return arrived.get(60, TimeUnit.SECONDS);
    }
}
