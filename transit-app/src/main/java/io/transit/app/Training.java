package io.transit.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A short life of the program: it starts, passes files to itself, and ends. From that a JVM can learn which classes a start
 * needs, and which methods are worth compiling (JEP 483, JEP 515); the run script has it do so after a build.
 */
public final class Training {
    private static final int FILES = 300;
    private static final int SMALL = 1024;
    private static final int LARGE = 8 * 1024 * 1024;
    private static final int AT_ONCE = 256 * 1024;

    /** Nobody who builds waits longer for what only saves time. */
    private static final int MOST_SECONDS = 60;

    private final InetSocketAddress server;

    private Training(int port) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * Runs it, on a port that is free. No configuration but the default one is looked at.
     *
     * @param args none
     */
    public static void main(String[] args) {
        CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(ExitCode.OS_ERROR.number()));
        Main.configureLogging();
        var properties = new Properties();
        properties.setProperty("server.port", "0");
        properties.setProperty("server.host", "127.0.0.1");
        Node node = Node.start(Settings.load(Optional.empty(), Path.of("."), properties, Map.of()));
        new Training(node.port()).pass(FILES);
        node.drain();
    }

    private void pass(int files) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < files; i++) {
                String path = "/training-" + i + "/file.bin";
                int size = i % 10 == 0 ? LARGE : SMALL;
                boolean chunked = i % 20 == 10;
                var sent = CompletableFuture.runAsync(() -> send(path, size, chunked), threads);
                request("GET " + path + "?wait=30", "Connection: close", 0, false);
                sent.join();
            }
            request("GET /", "User-Agent: Mozilla/5.0\r\nAccept: text/html\r\nConnection: close", 0, false);
        }
    }

    private void send(String path, int size, boolean chunked) {
        String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + size;
        request("PUT " + path, framing, size, chunked);
    }

    /** Makes a request, and reads its answer to the end. */
    private void request(String line, String headers, int size, boolean chunked) {
        try (SocketChannel channel = SocketChannel.open(server)) {
            write(channel, line + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n");
            ByteBuffer some = ByteBuffer.allocateDirect(AT_ONCE);
            for (int left = size; left > 0; left -= some.limit()) {
                some.clear().limit(Math.min(left, AT_ONCE));
                write(channel, chunked ? Integer.toHexString(some.limit()) + "\r\n" : "");
                write(channel, some);
                write(channel, chunked ? "\r\n" : "");
            }
            write(channel, chunked ? "0\r\n\r\n" : "");
            while (channel.read(some.clear()) >= 0) {
                // What it says is not what is learnt.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        write(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
