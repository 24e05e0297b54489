package io.transit.app.bench;

import java.io.IOException;

/** Takes the body of a message off its connection, and compares it with what was sent. */
record Body(Wire wire, Content content) {
    private static final int HEX = 16;
    private static final String LINE_END = "\r\n";

    /** Takes all of it. */
    void take(Head head, long size) throws IOException {
        long length = head.isChunked() ? chunks() : run(0, head.length().orElse(size));
        if (length != size) {
            throw new CorruptException("there were " + length + " bytes of " + size);
        }
    }

    private long chunks() throws IOException {
        long position = 0;
        while (true) {
            long size = Long.parseLong(
                    wire.until(LINE_END).replaceAll("[;\\s].*", "").strip(), HEX);
            position = run(position, size);
            String end = wire.until(LINE_END);
            if (!end.equals(LINE_END)) {
                throw new CorruptException("a chunk ends with " + end);
            }
            if (size == 0) {
                return position;
            }
        }
    }

    /** Takes bytes of the content; returns where it ends. */
    private long run(long from, long length) throws IOException {
        long position = from;
        long end = from + length;
        while (position < end) {
            if (!wire.read().hasRemaining() && !wire.fill()) {
                throw new IOException("the connection ended after " + position + " bytes");
            }
            var read = wire.read();
            int run = (int) Math.min(end - position, read.remaining());
            content.check(read.slice(read.position(), run), position);
            read.position(read.position() + run);
            position += run;
        }
        return position;
    }
}
