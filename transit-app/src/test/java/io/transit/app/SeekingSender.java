package io.transit.app;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sender that speaks dialect 2 of docs/protocol.md, starts wherever a receiver wants it to, as often as one comes, and comes
 * back when its connection was cut. It does so by itself; what it is told to do is where to halt, and when to be cut off.
 */
final class SeekingSender implements AutoCloseable {
    private static final int MESSAGE = 64 << 10;
    private static final int SECONDS = 60;
    private static final long LOOK_NANOS = 1_000_000;
    private static final String CUT = "{\"type\":\"cut\"}";

    private final HttpClient client;
    private final String files;
    private final byte[] stream;
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    /** Of the byte that is not sent yet, in the stream of all files. */
    private volatile int mark;

    private volatile URI node;
    private volatile Link link;

    /** A file, under its path, and when it was changed, in milliseconds. */
    record Film(String path, Original file, long lastModified) {
        private String json() {
            return "{\"name\":\"" + path + "\",\"size\":" + file.size()
                    + ",\"type\":\"video/x-matroska\",\"lastModified\":" + lastModified + "}";
        }
    }

    private SeekingSender(HttpClient client, URI node, List<Film> films, int mark) throws Exception {
        this.client = client;
        this.node = node;
        this.mark = mark;
        this.files = films.stream().map(Film::json).collect(Collectors.joining(",", "[", "]"));
        var bytes = new ByteArrayOutputStream();
        films.forEach(film -> bytes.writeBytes(film.file().bytes()));
        this.stream = bytes.toByteArray();
        this.link = connect("{\"type\":\"offer\",\"seekable\":true,\"files\":" + files + "}");
        Thread.startVirtualThread(this::run);
    }

    /** Offers files at a node; of the stream of all of them, it sends no byte behind the mark. */
    static SeekingSender offer(HttpClient client, URI node, List<Film> films, int mark) throws Exception {
        return new SeekingSender(client, node, films, mark);
    }

    String id() throws Exception {
        return ResumableSender.member(ready.get(SECONDS, TimeUnit.SECONDS), "id");
    }

    /** From now on it sends up to there. */
    void haltAt(int next) {
        mark = next;
    }

    /** From now on it sends all. */
    void goOn() {
        haltAt(stream.length);
    }

    /** Cuts its connection; it comes back at that node. */
    void cut(URI next) {
        node = next;
        link.cut();
    }

    /** Waits for its end; returns the last message that it was told. */
    String end() throws InterruptedException, ExecutionException, TimeoutException {
        return end.get(SECONDS, TimeUnit.SECONDS);
    }

    // ---- what it does by itself

    private void run() {
        try {
            while (!end.isDone()) {
                hear(link, link.told.take());
            }
        } catch (Exception | AssertionError e) {
            ready.completeExceptionally(e);
            end.completeExceptionally(e);
        }
    }

    private void hear(Link from, String message) throws Exception {
        switch (ResumableSender.member(message, "type")) {
            case "ready" -> ready.complete(message);
            case "go" -> send(from, message);
            case "cut" -> comeBack();
            case "delivered", "interrupted" -> end.complete(message);
            default -> {}
        }
    }

    /** Sends an attempt, until it is told something else. */
    private void send(Link to, String go) throws Exception {
        int position = Integer.parseInt(ResumableSender.member(go, "offset"));
        try {
            to.say("{\"type\":\"start\",\"attempt\":\"" + ResumableSender.member(go, "attempt") + "\",\"offset\":"
                    + position + "}");
            while (position < stream.length && to.told.isEmpty()) {
                int length = Math.min(MESSAGE, Math.min(mark, stream.length) - position);
                if (length > 0) {
                    to.socket()
                            .sendBinary(ByteBuffer.wrap(stream, position, length), true)
                            .get(SECONDS, TimeUnit.SECONDS);
                    position += length;
                } else {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            }
            if (position == stream.length) {
                to.say("{\"type\":\"done\",\"totalBytes\":" + stream.length + "}");
            }
        } catch (ExecutionException e) {
            // The connection has ended, which is told as well.
            to.told.add(CUT);
        }
    }

    private void comeBack() throws Exception {
        String first = ready.get(SECONDS, TimeUnit.SECONDS);
        link = connect("{\"type\":\"resume\",\"id\":\"" + id() + "\",\"token\":\""
                + ResumableSender.member(first, "token") + "\",\"files\":" + files + "}");
    }

    private Link connect(String first) throws Exception {
        var connected = new Link();
        connected.opened.complete(client.newWebSocketBuilder()
                .subprotocols("transit.v2")
                .buildAsync(URI.create("ws://" + node.getAuthority() + "/send"), connected)
                .get(SECONDS, TimeUnit.SECONDS));
        connected.say(first);
        return connected;
    }

    @Override
    public void close() {
        end.complete("");
        link.cut();
    }

    /** One connection. */
    private static final class Link implements WebSocket.Listener {
        private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        WebSocket socket() {
            return opened.join();
        }

        void say(String message) throws Exception {
            socket().sendText(message, true).get(SECONDS, TimeUnit.SECONDS);
        }

        void cut() {
            socket().abort();
            told.add(CUT);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                // Progress changes nothing of what it does.
                if (text.indexOf("\"type\":\"progress\"") < 0) {
                    told.add(text.toString());
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
