package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JDK's WebSocket client, with what comes in a queue. */
final class JavaWebSocket implements WebSocket.Listener {
    private static final int PATIENCE_SECONDS = 30;

    /** What a receiver gets. */
    static final class File {
        private final String metadata;
        private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

        private File(String metadata) {
            this.metadata = metadata;
        }

        String metadata() {
            return metadata;
        }

        byte[] payload() {
            return payload.toByteArray();
        }
    }

    private record Text(String message) {}

    private record Binary(ByteBuffer run, boolean last) {}

    private record Closed(String how) {}

    private final BlockingQueue<Object> incoming = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable WebSocket socket;

    static JavaWebSocket open(HttpClient http, TestServer server, String path) throws Exception {
        var listener = new JavaWebSocket();
        listener.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(server.uri(path).toString().replaceFirst("^http", "ws")), listener)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return listener;
    }

    private WebSocket socket() {
        WebSocket opened = socket;
        if (opened == null) {
            throw new AssertionError("not open");
        }
        return opened;
    }

    void send(String message) throws Exception {
        socket().sendText(message, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void send(byte[] message) throws Exception {
        sendFragment(ByteBuffer.wrap(message), true);
    }

    void sendFragment(ByteBuffer fragment, boolean last) throws Exception {
        socket().sendBinary(fragment, last).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Goes away without a word. */
    void abort() {
        socket().abort();
    }

    /** Takes a text message, which begins with that. */
    String awaitText(String beginning) throws Exception {
        Text message = await(Text.class);
        assertThat(message.message()).startsWith(beginning);
        return message.message();
    }

    /** Takes binary messages of so many bytes together. */
    void awaitPayload(int count) throws Exception {
        int taken = 0;
        while (taken < count) {
            taken += await(Binary.class).run().remaining();
        }
    }

    /** Returns the close code and the reason. */
    String awaitClose() throws Exception {
        return await(Closed.class).how();
    }

    /** Takes a whole file, as a client of dialect 1 does. */
    File receive() throws Exception {
        var file = new File(awaitText("{"));
        send(RawWebSocket.GO);
        boolean between = true;
        while (true) {
            Binary next = await(Binary.class);
            if (between && next.last() && !next.run().hasRemaining()) {
                assertThat(awaitClose()).isEqualTo("1000 ");
                return file;
            }
            between = next.last();
            byte[] bytes = new byte[next.run().remaining()];
            next.run().get(bytes);
            file.payload.writeBytes(bytes);
        }
    }

    private <T> T await(Class<T> type) throws Exception {
        Object next = incoming.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isInstanceOf(type);
        return type.cast(next);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            incoming.add(new Text(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        incoming.add(new Binary(ByteBuffer.allocate(part.remaining()).put(part).flip(), last));
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        incoming.add(new Closed(code + " " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        incoming.add(new Closed("failed: " + failure));
    }
}
