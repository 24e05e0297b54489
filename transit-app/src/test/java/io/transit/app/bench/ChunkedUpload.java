package io.transit.app.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A {@code PUT} in chunks.
 *
 * @param chunk how long each of them is, in bytes
 */
record ChunkedUpload(int chunk) implements Upload {
    @Override
    public void offer(Wire wire, String path, Transfer transfer) throws IOException {
        wire.write("PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    @Override
    public void send(Wire wire, Transfer transfer) throws IOException {
        Content content = transfer.content();
        for (long at = 0; at < transfer.size(); at += chunk) {
            int length = (int) Math.min(chunk, transfer.size() - at);
            wire.write(ascii(Integer.toHexString(length) + "\r\n"), content.run(at, length), ascii("\r\n"));
        }
        wire.write("0\r\n\r\n");
        Upload.requireSuccess(wire);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }
}
