package io.transit.app.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A WebSocket at {@code /send/{id}}, as docs/protocol.md has it.
 *
 * @param frame how long the payload of each frame is, in bytes
 */
record WebSocketUpload(int frame) implements Upload {
    private static final String GO = "Go for file chunks";
    private static final int NORMAL = 1000;

    /** Its path is another than that of a PUT. */
    @Override
    public void offer(Wire wire, String path, Transfer transfer) throws IOException {
        wire.write(
                "GET /send/" + transfer.id() + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        Head head = wire.head();
        if (!head.second().equals("101")) {
            throw new IOException("the sender was answered " + head.first());
        }
        byte[] metadata = ("{\"file_name\":\"file\",\"file_size\":" + transfer.size()
                        + ",\"file_type\":\"application/octet-stream\"}")
                .getBytes(ISO_8859_1);
        wire.write(WebSocketFrames.head(WebSocketFrames.TEXT, metadata.length, 0), ByteBuffer.wrap(metadata));
    }

    @Override
    public void send(Wire wire, Transfer transfer) throws IOException {
        String said = ISO_8859_1.decode(WebSocketFrames.message(wire)).toString();
        if (!said.equals(GO)) {
            throw new IOException("the sender was told " + said);
        }
        Content content = transfer.content();
        for (long at = 0; at < transfer.size(); at += frame) {
            int length = (int) Math.min(frame, transfer.size() - at);
            wire.write(
                    WebSocketFrames.head(WebSocketFrames.BINARY, length, content.mask(at)),
                    content.maskedRun(at, length));
        }
        ByteBuffer reason = WebSocketFrames.message(wire);
        if (reason.remaining() < Short.BYTES || reason.getShort() != NORMAL) {
            throw new IOException("the sender was told " + ISO_8859_1.decode(reason));
        }
    }
}
