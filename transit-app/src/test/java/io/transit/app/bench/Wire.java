package io.transit.app.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection, and what was read from it and not taken yet. Of one thread. */
record Wire(SocketChannel channel, ByteBuffer read) implements Closeable {
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int LONGEST_TEXT = 16 << 10;

    /** Takes over a connection. */
    static Wire of(SocketChannel channel, int buffer) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new Wire(channel, ByteBuffer.allocateDirect(buffer).limit(0));
    }

    /** Connects; {@code buffer} is the most bytes to read at once. */
    static Wire connect(InetSocketAddress address, int buffer) throws IOException {
        return of(SocketChannel.open(address), buffer);
    }

    void write(String text) throws IOException {
        write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }

    void write(ByteBuffer... parts) throws IOException {
        long left = 0;
        for (ByteBuffer part : parts) {
            left += part.remaining();
        }
        while (left > 0) {
            left -= channel.write(parts);
        }
    }

    /** Reads more, behind what is there; tells whether there was more. */
    boolean fill() throws IOException {
        read.compact();
        int count = channel.read(read);
        read.flip();
        return count >= 0;
    }

    /** Reads until there are so many bytes. */
    void require(int bytes) throws IOException {
        while (read.remaining() < bytes) {
            if (!fill()) {
                throw new IOException("the connection ended");
            }
        }
    }

    /** Takes the head of a message, which is empty if the connection ends before. */
    Head head() throws IOException {
        return Head.of(until(END_OF_HEAD));
    }

    /** Takes text up to and with this end of it; nothing if the connection ends before. */
    String until(String end) throws IOException {
        int length = find(end);
        while (length < 0) {
            if (read.remaining() >= LONGEST_TEXT || !fill()) {
                return "";
            }
            length = find(end);
        }
        ByteBuffer text = read.slice(read.position(), length);
        read.position(read.position() + length);
        return ISO_8859_1.decode(text).toString();
    }

    /** Returns the length of the text up to and with this end of it, or -1 if that is not there yet. */
    private int find(String end) {
        int matched = 0;
        for (int at = read.position(); at < read.limit(); at++) {
            char next = (char) (read.get(at) & 0xff);
            matched = next == end.charAt(matched) ? matched + 1 : next == end.charAt(0) ? 1 : 0;
            if (matched == end.length()) {
                return at + 1 - read.position();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
