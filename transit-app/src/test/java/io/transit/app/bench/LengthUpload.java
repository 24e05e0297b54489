package io.transit.app.bench;

import java.io.IOException;

/** A {@code PUT} with {@code Content-Length}. */
record LengthUpload() implements Upload {
    @Override
    public void offer(Wire wire, String path, Transfer transfer) throws IOException {
        wire.write("PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/octet-stream\r\nContent-Length: " + transfer.size() + "\r\n\r\n");
    }

    @Override
    public void send(Wire wire, Transfer transfer) throws IOException {
        write(wire, transfer);
        Upload.requireSuccess(wire);
    }

    /** Writes the file, and does not wait for anything. */
    static void write(Wire wire, Transfer transfer) throws IOException {
        Content content = transfer.content();
        for (long at = 0; at < transfer.size(); at += RUN) {
            wire.write(content.run(at, (int) Math.min(RUN, transfer.size() - at)));
        }
    }
}
