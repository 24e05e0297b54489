package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sender that speaks dialect 2, message by message. */
final class ResumableClient {
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|([^,}]+))");

    private final RawWebSocket socket;

    /** A message of the server, as texts. */
    record Told(Map<String, String> members) {
        static Told of(String json) {
            Map<String, String> members = new HashMap<>();
            Matcher member = MEMBER.matcher(json);
            while (member.find()) {
                members.put(member.group(1), member.group(2) != null ? member.group(2) : member.group(3));
            }
            return new Told(members);
        }

        String type() {
            return members.getOrDefault("type", "");
        }

        String member(String name) {
            assertThat(members).containsKey(name);
            return members.getOrDefault(name, "");
        }

        long number(String name) {
            return Long.parseLong(member(name));
        }
    }

    ResumableClient(RawWebSocket socket) {
        this.socket = socket;
    }

    static ResumableClient open(TestServer server, String path) throws IOException {
        return open(server, path, server.connect());
    }

    static ResumableClient open(TestServer server, String path, RawClient client) throws IOException {
        return new ResumableClient(RawWebSocket.open(server, path, client, "|Sec-WebSocket-Protocol: transit.v2"));
    }

    /** Offers one file that can be read from any byte. */
    static String offer(long size) {
        return "{\"type\":\"offer\",\"seekable\":true,\"files\":" + files(size) + "}";
    }

    static String files(long size) {
        return "[{\"name\":\"a.bin\",\"size\":" + size + ",\"type\":\"text/plain\",\"lastModified\":1700000000000}]";
    }

    static String resume(String id, String token, String files) {
        return "{\"type\":\"resume\",\"id\":\"" + id + "\",\"token\":\"" + token + "\",\"files\":" + files + "}";
    }

    RawWebSocket socket() {
        return socket;
    }

    ResumableClient say(String message) throws IOException {
        socket.text(message);
        return this;
    }

    ResumableClient start(Told go) throws IOException {
        return say("{\"type\":\"start\",\"attempt\":\"" + go.member("attempt") + "\",\"offset\":" + go.number("offset")
                + "}");
    }

    ResumableClient send(byte[] payload) throws IOException {
        socket.binary(payload);
        return this;
    }

    ResumableClient send(String payload) throws IOException {
        socket.binary(payload);
        return this;
    }

    ResumableClient done(long totalBytes) throws IOException {
        return say("{\"type\":\"done\",\"totalBytes\":" + totalBytes + "}");
    }

    ResumableClient cancel() throws IOException {
        return say("{\"type\":\"cancel\",\"reason\":\"CANCELLED\"}");
    }

    /** Takes the next message that is no progress; it has to be of that type. */
    Told await(String type) throws IOException {
        Told told = Told.of(awaitAny());
        while (told.type().equals("progress") && !type.equals("progress")) {
            told = Told.of(awaitAny());
        }
        assertThat(told.type()).as(told.toString()).isEqualTo(type);
        return told;
    }

    private String awaitAny() throws IOException {
        RawWebSocket.Frame frame = socket.nextMessage();
        assertThat(frame.isText())
                .as("%s %s", Integer.toHexString(frame.first()), frame.text())
                .isTrue();
        return frame.text();
    }

    /** Takes the message that says why it is over, and the close. */
    RawWebSocket.Closed awaitInterrupted(String reason) throws IOException {
        Told told = await("interrupted");
        assertThat(told.member("reason")).as(told.toString()).isEqualTo(reason);
        assertThat(told.member("message")).isNotEmpty();
        return socket.awaitClose();
    }

    /** Takes the message that says that all went well, and the close. */
    Told awaitDelivered() throws IOException {
        Told told = await("delivered");
        assertThat(socket.awaitClose()).isEqualTo(new RawWebSocket.Closed(1000, "", ""));
        return told;
    }
}
