package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sees of a body that is written to it over a real connection, finished or not. */
@Timeout(120)
class ResponseBodyTest {
    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    private final AtomicReference<Writing> next = new AtomicReference<>(body -> {});
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private OptionalLong length = UNKNOWN;
    private final WebServer server = server();

    private interface Writing {
        void to(ResponseBody body) throws IOException;
    }

    private WebServer server() {
        var channels = new AcceptedChannels(HttpSettings.DEFAULT);
        return TestServer.builder()
                .connectionOptions(channels)
                .addConnectionSelector(new Connections(channels, HttpSettings.DEFAULT, new RequestHeads(BasePath.ROOT)))
                .routing(routing -> routing.any(this::answer))
                .build();
    }

    private void answer(ServerRequest request, ServerResponse response) {
        var exchange = new Exchange(BasePath.ROOT, request, response);
        try {
            next.get().to(exchange.begin(Status.OK_200, ServerResponseHeaders.create(), length));
        } catch (IOException | RuntimeException | AssertionError e) {
            failure.set(e);
        }
        throw exchange.end();
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        assertThat(failure.get()).isNull();
    }

    private Reply reply(OptionalLong announced, Writing writing) throws IOException {
        length = announced;
        next.set(writing);
        try (var client = new RawClient(server.port())) {
            return client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").reply();
        }
    }

    @ParameterizedTest
    @CsvSource({"hello, hell", "hel|lo, hell", "hell|o, hell", "h|e|l|l|o, hell", "o, ''", "hello|, hell"})
    void the_last_byte_of_a_known_length_is_held_back(String pieces, String seen) throws Exception {
        int size = pieces.replace("|", "").length();

        Reply unfinished = reply(OptionalLong.of(size), body -> write(body, pieces));
        assertThat(unfinished.body()).isEqualTo(seen);
        assertThat(unfinished.header("Content-Length")).isEqualTo(String.valueOf(size));
        assertThat(unfinished.whole()).isFalse();

        Reply finished = reply(OptionalLong.of(size), body -> {
            write(body, pieces);
            body.finish();
        });
        assertThat(finished.body()).isEqualTo(pieces.replace("|", ""));
        assertThat(finished.whole()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"hello", "hel|lo", "h||ello", "|hello|"})
    void the_last_chunk_is_held_back_and_nothing_empty_is_taken_for_it(String pieces) throws Exception {
        Reply unfinished = reply(UNKNOWN, body -> write(body, pieces));
        assertThat(unfinished.body()).isEqualTo("hello");
        assertThat(unfinished.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(unfinished.whole()).isFalse();

        Reply finished = reply(UNKNOWN, body -> {
            write(body, pieces);
            body.finish();
        });
        assertThat(finished.body()).isEqualTo("hello");
        assertThat(finished.whole()).isTrue();
    }

    @Test
    void more_than_was_announced_is_not_written() throws Exception {
        Reply reply = reply(OptionalLong.of(5), body -> {
            write(body, "hell");
            assertThatIllegalArgumentException().isThrownBy(() -> write(body, "op"));
        });
        assertThat(reply.body()).isEqualTo("hell");
        assertThat(reply.whole()).isFalse();
    }

    @Test
    void less_than_was_announced_cannot_be_finished() throws Exception {
        Reply reply = reply(OptionalLong.of(5), body -> {
            write(body, "hell");
            assertThatIllegalStateException().isThrownBy(body::finish);
        });
        assertThat(reply.body()).isEqualTo("hell");
        assertThat(reply.whole()).isFalse();
    }

    @Test
    void the_answer_to_a_HEAD_has_no_body() throws Exception {
        for (OptionalLong announced : new OptionalLong[] {UNKNOWN, OptionalLong.of(5), OptionalLong.of(0)}) {
            length = announced;
            next.set(body -> {
                write(body, "hello");
                body.finish();
            });
            try (var client = new RawClient(server.port())) {
                client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.replyToHead().hasHeader("Content-Length")).isEqualTo(announced.isPresent());
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void a_body_of_length_0_is_whole_with_its_head() throws Exception {
        assertThat(reply(OptionalLong.of(0), body -> {}).whole()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void what_a_connection_does_not_take_at_once_is_not_lost(boolean known) throws Exception {
        byte[] payload = new byte[8_000_000];
        new Random(1).nextBytes(payload);
        Reply reply = reply(known ? OptionalLong.of(payload.length) : UNKNOWN, body -> {
            body.write(ByteBuffer.wrap(payload));
            body.finish();
        });
        assertThat(reply.whole()).isTrue();
        assertThat(reply.bytes()).isEqualTo(payload);
    }

    private static void write(ResponseBody body, String pieces) throws IOException {
        for (String piece : pieces.split("\\|", -1)) {
            ByteBuffer payload = ByteBuffer.wrap(piece.getBytes(StandardCharsets.ISO_8859_1));
            body.write(payload);
            if (!(body instanceof ResponseBody.None)) {
                assertThat(payload.hasRemaining()).isFalse();
            }
        }
    }
}
