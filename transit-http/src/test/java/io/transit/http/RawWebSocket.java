package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

/** A WebSocket client that writes what it is told to, frame by frame, and answers nothing by itself but pings. */
final class RawWebSocket {
    static final String GO = "Go for file chunks";

    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;

    private final RawClient client;
    private final Random random = new Random(1);

    /**
     * A frame of the server.
     *
     * @param first its first byte
     * @param payload one character for each byte
     */
    record Frame(int first, String payload) {
        boolean isText() {
            return first == TEXT;
        }

        boolean isBinary() {
            return first == BINARY;
        }

        boolean isPing() {
            return first == PING;
        }

        byte[] bytes() {
            return payload.getBytes(StandardCharsets.ISO_8859_1);
        }

        String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }
    }

    /** A close of the server, and the last text before it. */
    record Closed(int code, String reason, String lastWords) {}

    private RawWebSocket(RawClient client) {
        this.client = client;
    }

    /** Opens one with the example of RFC 6455 section 1.3. */
    static RawWebSocket open(TestServer server, String path) throws IOException {
        return open(server, path, server.connect(), "");
    }

    /** Opens one with more headers, each with a bar before it. */
    static RawWebSocket open(TestServer server, String path, RawClient client, String headers) throws IOException {
        client.send(server.head("GET " + path
                + "|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13"
                + "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" + headers));
        Reply reply = client.reply();
        assertThat(reply.status()).isEqualTo(101);
        assertThat(reply.header("Upgrade")).isEqualTo("websocket");
        assertThat(reply.header("Connection")).isEqualTo("Upgrade");
        assertThat(reply.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        return new RawWebSocket(client);
    }

    static String metadata(String size) {
        return "{\"file_name\":\"a.bin\",\"file_size\":" + size + ",\"file_type\":\"text/plain\"}";
    }

    RawClient client() {
        return client;
    }

    // ---- what it writes

    RawWebSocket raw(byte[] bytes) throws IOException {
        client.send(bytes);
        return this;
    }

    /** Writes bytes in hexadecimal; M is a mask of zeros. */
    RawWebSocket hex(String wire) throws IOException {
        return raw(HexFormat.of().parseHex(wire.replace("M", "00000000").replace(" ", "")));
    }

    RawWebSocket frame(int first, byte[] payload) throws IOException {
        return raw(new RawFrames(random).add(first, payload).bytes());
    }

    RawWebSocket text(String message) throws IOException {
        return frame(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    RawWebSocket binary(byte[] message) throws IOException {
        return frame(BINARY, message);
    }

    RawWebSocket binary(String message) throws IOException {
        return binary(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawWebSocket ping(String payload) throws IOException {
        return frame(PING, payload.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawWebSocket close(int code) throws IOException {
        return frame(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    // ---- what it reads

    /** Takes the next frame, whatever it is. */
    Frame next() throws IOException {
        byte[] head = client.take(2);
        if (head.length < 2) {
            throw new AssertionError("the connection ended without a close");
        }
        int length = head[1] & 0xff;
        if (length == 126) {
            length = ByteBuffer.wrap(client.take(2)).getShort() & 0xffff;
        } else if (length > 126) {
            assertThat(length).as("no server masks").isEqualTo(127);
            length = Math.toIntExact(ByteBuffer.wrap(client.take(8)).getLong());
        }
        return new Frame(head[0] & 0xff, new String(client.take(length), StandardCharsets.ISO_8859_1));
    }

    /** Takes the next message or close, and answers the pings before it. */
    Frame nextMessage() throws IOException {
        Frame frame = next();
        while (frame.isPing()) {
            frame(PONG, frame.bytes());
            frame = next();
        }
        return frame;
    }

    RawWebSocket awaitText(String expected) throws IOException {
        Frame frame = nextMessage();
        assertThat(frame.text()).isEqualTo(expected);
        assertThat(frame.isText()).isTrue();
        return this;
    }

    /** Takes binary messages, however many they are, which together are that. */
    RawWebSocket awaitPayload(String expected) throws IOException {
        var payload = new StringBuilder();
        while (payload.length() < expected.length()) {
            Frame frame = nextMessage();
            assertThat(frame.isBinary()).isTrue();
            payload.append(frame.payload());
        }
        assertThat(payload.toString()).isEqualTo(expected);
        return this;
    }

    RawWebSocket awaitPong(String payload) throws IOException {
        Frame frame = nextMessage();
        assertThat(frame.first()).isEqualTo(PONG);
        assertThat(frame.text()).isEqualTo(payload);
        return this;
    }

    /** Takes the close, with the text right before it if there is one, answers it, and checks that this was the end. */
    Closed awaitClose() throws IOException {
        Frame frame = nextMessage();
        String lastWords = "";
        if (frame.isText()) {
            lastWords = frame.text();
            frame = nextMessage();
        }
        assertThat(frame.first()).as("a close").isEqualTo(CLOSE);
        assertThat(frame.payload().length()).isBetween(2, 125);
        ByteBuffer payload = ByteBuffer.wrap(frame.bytes());
        int code = payload.getShort() & 0xffff;
        String reason = StandardCharsets.UTF_8.decode(payload).toString();
        try {
            close(code);
        } catch (IOException e) {
            // The server need not wait for that.
        }
        assertThat(client.isAtEnd()).isTrue();
        return new Closed(code, reason, lastWords);
    }
}
