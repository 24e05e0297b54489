package io.transit.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Sends a file as the programs of transit.sh do. */
final class WebSocketSender implements WebSocket.Listener {
    private static final int MESSAGE = 64 << 10;
    private static final int MINUTES = 5;

    private final CompletableFuture<String> said = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    private WebSocketSender() {}

    /** Sends all of it; returns the code with which the server closed. */
    static int send(HttpClient client, URI node, String id, Original file) throws Exception {
        var listener = new WebSocketSender();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + node.getAuthority() + "/send/" + id), listener)
                .get(MINUTES, TimeUnit.MINUTES);
        socket.sendText(
                        "{\"file_name\":\"film.mkv\",\"file_size\":" + file.size()
                                + ",\"file_type\":\"video/x-matroska\"}",
                        true)
                .get(MINUTES, TimeUnit.MINUTES);
        String answer = listener.said.get(MINUTES, TimeUnit.MINUTES);
        if (!answer.equals("Go for file chunks")) {
            throw new IllegalStateException(answer);
        }
        ByteBuffer rest = ByteBuffer.wrap(file.bytes());
        // The declared size is the end; of none that is before anything is sent.
        while (rest.hasRemaining()) {
            int length = Math.min(MESSAGE, rest.remaining());
            socket.sendBinary(rest.slice(rest.position(), length), true).get(MINUTES, TimeUnit.MINUTES);
            rest.position(rest.position() + length);
        }
        return listener.closed.get(MINUTES, TimeUnit.MINUTES);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
        said.complete(text.toString());
        socket.request(1);
        return CompletableFuture.completedStage(text);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        said.complete(reason);
        closed.complete(code);
        return CompletableFuture.completedStage(reason);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        said.completeExceptionally(error);
        closed.completeExceptionally(error);
    }
}
