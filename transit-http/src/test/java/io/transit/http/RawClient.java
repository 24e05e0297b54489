package io.transit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A client that writes what it is told to, byte for byte. One that waits for too long fails its test. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final long LOOK_NANOS = 100_000_000;

    private final Socket socket;
    private final StringBuilder received = new StringBuilder();
    private final byte[] buffer = new byte[64 * 1024];

    RawClient(int port) {
        this(port, new Socket());
    }

    /** One whose system holds no more than about so many bytes for it that it has not read. */
    static RawClient holding(int bytes, int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(bytes);
        return new RawClient(port, socket);
    }

    RawClient(int port, Socket socket) {
        this.socket = socket;
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new AssertionError("no connection", e);
        }
    }

    /** Writes one byte for each character. */
    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Writes until the server wants no more; returns how it showed that. */
    IOException sendForever(String text) {
        try {
            while (true) {
                send(text);
            }
        } catch (IOException e) {
            return e;
        }
    }

    /** Says, by a FIN, that nothing more will be written. */
    RawClient finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Goes away as a killed process does that has left something unread: with a reset. */
    void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether nothing has come that was not read, as far as can be said without waiting. */
    boolean heardNothing() throws IOException {
        return received.isEmpty() && socket.getInputStream().available() == 0;
    }

    /** Waits until more than so many bytes have arrived, and leaves them unread. */
    void awaitUnread(int count) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (socket.getInputStream().available() <= count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "not so many bytes: " + socket.getInputStream().available());
            }
            Thread.onSpinWait();
        }
    }

    /** Takes the next answer: all of it, or what there is of it when the connection ends. */
    Reply reply() throws IOException {
        return take(false);
    }

    /** Takes the next answer, which is one to a {@code HEAD}. */
    Reply replyToHead() throws IOException {
        return take(true);
    }

    private Reply take(boolean headOnly) throws IOException {
        while (true) {
            Optional<Reply.Parsed> parsed = Reply.parse(received.toString(), headOnly);
            if (parsed.isPresent() && parsed.get().reply().whole()) {
                received.delete(0, parsed.get().end());
                if (parsed.get().reply().hasHeader("Content-Disposition")) {
                    hasFile();
                }
                return parsed.get().reply();
            }
            if (!readMore()) {
                received.setLength(0);
                return parsed.orElseThrow(() -> new AssertionError("the connection ended without an answer"))
                        .reply();
            }
        }
    }

    /** Ends this side, as every client does that has its file: the server waits for that, if not for long. */
    private void hasFile() throws IOException {
        if (!socket.isOutputShutdown()) {
            finish();
        }
    }

    /** Waits until that has come of the next answer's body; what has come of the answer stays to be taken. */
    Reply awaitBody(String text) throws IOException {
        while (true) {
            Optional<Reply.Parsed> parsed = Reply.parse(received.toString(), false);
            if (parsed.isPresent() && parsed.get().reply().body().contains(text)) {
                return parsed.get().reply();
            }
            if (!readMore()) {
                throw new AssertionError("the connection ended before: " + text + "\n" + received);
            }
        }
    }

    /** Waits until an answer has come that begins so. */
    void awaitHead(String start) throws IOException {
        while (received.length() < start.length() && readMore()) {
            // Not enough yet.
        }
        if (!received.toString().startsWith(start)) {
            throw new AssertionError("not " + start + ":\n" + received);
        }
    }

    /** Takes the next answer's head, and so many bytes that follow it; or fewer, when the connection ends before them. */
    byte[] takeBody(int count) throws IOException {
        int end = received.indexOf("\r\n\r\n");
        while (end < 0 && readMore()) {
            end = received.indexOf("\r\n\r\n");
        }
        received.delete(0, end + 4);
        return take(count);
    }

    /** Takes so many bytes; or fewer, when the connection ends before them. */
    byte[] take(int count) throws IOException {
        while (received.length() < count && readMore()) {
            // Not enough yet.
        }
        int end = Math.min(count, received.length());
        byte[] taken = received.substring(0, end).getBytes(StandardCharsets.ISO_8859_1);
        received.delete(0, end);
        return taken;
    }

    /** Waits, on Linux, until the server has cut the connection, and takes nothing of what it sent before. */
    void awaitCut() throws IOException {
        TcpTable.Key key = TcpTable.key(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
        while (TcpTable.read().find(key).isPresent()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Whether the server ends the connection without another byte. */
    boolean isAtEnd() throws IOException {
        return received.isEmpty() && !readMore();
    }

    /** Takes all that comes until the connection ends. */
    String rest() throws IOException {
        while (readMore()) {
            // That was not the end.
        }
        String all = received.toString();
        received.setLength(0);
        return all;
    }

    private boolean readMore() throws IOException {
        int count;
        try {
            count = socket.getInputStream().read(buffer);
        } catch (SocketException e) {
            // A reset ends it too.
            return false;
        }
        if (count > 0) {
            received.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
        return count > 0;
    }
}
