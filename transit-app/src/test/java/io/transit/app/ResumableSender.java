package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection of a sender that speaks dialect 2 of docs/protocol.md, as the page does. */
final class ResumableSender implements WebSocket.Listener {
    private static final int MESSAGE = 64 << 10;
    private static final int SECONDS = 60;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private final Original file;

    /** Where the attempt began. */
    private int offset;

    /** How far it is. */
    private int position;

    private ResumableSender(HttpClient client, URI node, Original file, String first) throws Exception {
        this.file = file;
        this.socket = client.newWebSocketBuilder()
                .subprotocols("transit.v2")
                .buildAsync(URI.create("ws://" + node.getAuthority() + "/send"), this)
                .get(SECONDS, TimeUnit.SECONDS);
        say(first);
    }

    static ResumableSender offer(HttpClient client, URI node, Original file) throws Exception {
        return new ResumableSender(
                client, node, file, "{\"type\":\"offer\",\"seekable\":true,\"files\":" + files(file) + "}");
    }

    static ResumableSender resume(HttpClient client, URI node, Original file, String id, String token)
            throws Exception {
        return new ResumableSender(
                client,
                node,
                file,
                "{\"type\":\"resume\",\"id\":\"" + id + "\",\"token\":\"" + token + "\",\"files\":" + files(file)
                        + "}");
    }

    private static String files(Original file) {
        return "[{\"name\":\"film.mkv\",\"size\":" + file.size() + ",\"type\":\"video/x-matroska\"}]";
    }

    /** Says what no method here is for. */
    void say(String message) throws Exception {
        socket.sendText(message, true).get(SECONDS, TimeUnit.SECONDS);
    }

    /** Takes the next message that is no progress; it has to be of that type. */
    String await(String type) throws Exception {
        String message = told.poll(SECONDS, TimeUnit.SECONDS);
        while (message != null && message.contains("\"type\":\"progress\"")) {
            assertThat(Integer.parseInt(member(message, "receivedBytes"))).isBetween(offset, file.size());
            message = told.poll(SECONDS, TimeUnit.SECONDS);
        }
        assertThat(message).contains("\"type\":\"" + type + "\"");
        return String.valueOf(message);
    }

    static String member(String message, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(message);
        assertThat(member.find()).as(message).isTrue();
        return member.group(1);
    }

    /** Begins the attempt that the server asks for, and sends from there up to that byte. */
    void send(int to) throws Exception {
        String go = await("go");
        offset = Integer.parseInt(member(go, "offset"));
        position = offset;
        say("{\"type\":\"start\",\"attempt\":\"" + member(go, "attempt") + "\",\"offset\":" + offset + "}");
        goOn(to);
    }

    private void goOn(int to) throws Exception {
        while (position < to) {
            int length = Math.min(MESSAGE, to - position);
            send(ByteBuffer.wrap(file.bytes(), position, length));
            position += length;
        }
    }

    /** Sends bytes that may or may not be of the file. */
    void send(ByteBuffer bytes) throws Exception {
        socket.sendBinary(bytes, true).get(SECONDS, TimeUnit.SECONDS);
    }

    /** Sends all that the server asks for next, and hears that it was delivered. */
    void finish() throws Exception {
        send(file.size());
        finishOn();
    }

    /** Sends the rest of the attempt that has begun, and hears that it was delivered. */
    void finishOn() throws Exception {
        goOn(file.size());
        say("{\"type\":\"done\",\"totalBytes\":" + file.size() + "}");
        assertThat(member(await("delivered"), "bytes")).isEqualTo(String.valueOf(file.size()));
    }

    /** Goes away for good. */
    void leave() throws Exception {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(SECONDS, TimeUnit.SECONDS);
    }

    /** Goes away without a word. */
    void abort() {
        socket.abort();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            told.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }
}
