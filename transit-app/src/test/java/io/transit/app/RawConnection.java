package io.transit.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.HexFormat;

/** A connection on which a test writes what it likes, one byte for each character. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int READ_AT_ONCE = 64 << 10;

    private final Socket socket;
    private final String host;
    private final StringBuilder received = new StringBuilder();

    RawConnection(URI base) throws IOException {
        socket = new Socket("localhost", base.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        host = base.getAuthority();
    }

    /** Writes a request's head: its first line without the version, and what stands beside the host. */
    RawConnection request(String line, String headers) throws IOException {
        return send(line + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n");
    }

    /** Asks for a WebSocket, and waits until it is one. */
    RawConnection webSocket(String path) throws IOException {
        String headers = String.join(
                "\r\n",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        return request("GET " + path, headers + "\r\n").await("\r\n\r\n", "HTTP/1.1 101 ");
    }

    /** Writes the head of a last or only frame, with a mask of zeros and a length of eight bytes. */
    RawConnection frame(int opcode, long length) throws IOException {
        byte[] head = HexFormat.of().parseHex("%02xff%016x00000000".formatted(0x80 | opcode, length));
        return send(new String(head, ISO_8859_1));
    }

    /** Writes a short text message. */
    RawConnection text(String message) throws IOException {
        assertThat(message.length()).isLessThan(126);
        return send("\u0081" + (char) (0x80 | message.length()) + "\0\0\0\0" + message);
    }

    RawConnection send(String bytes) throws IOException {
        return send(bytes.getBytes(ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Reads up to what is awaited, and drops that; what was read must begin as expected. */
    RawConnection await(String awaited, String expected) throws IOException {
        byte[] buffer = new byte[READ_AT_ONCE];
        while (received.indexOf(awaited) < 0) {
            int count = socket.getInputStream().read(buffer);
            assertThat(count).as("what comes behind: " + received).isPositive();
            received.append(new String(buffer, 0, count, ISO_8859_1));
        }
        assertThat(received.toString()).startsWith(expected);
        received.delete(0, received.indexOf(awaited) + awaited.length());
        return this;
    }

    /** Reads so many bytes, and drops them. */
    void skip(long count) throws IOException {
        byte[] buffer = new byte[READ_AT_ONCE];
        long left = count - received.length();
        while (left > 0) {
            int read = socket.getInputStream().read(buffer);
            assertThat(read).as(left + " bytes are missing").isPositive();
            left -= read;
        }
        received.setLength(0);
    }

    /** Drops what comes until the other side ends it, in whatever way. */
    void awaitEnd() throws IOException {
        byte[] buffer = new byte[READ_AT_ONCE];
        try {
            while (socket.getInputStream().read(buffer) >= 0) {
                // Not yet.
            }
        } catch (SocketException e) {
            // A reset is an end.
        }
    }

    /** Says that nothing more will be written. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Cuts it, as a process that is killed does. Idempotent. */
    void cut() throws IOException {
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
