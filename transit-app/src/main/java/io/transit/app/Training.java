package io.transit.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
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
    private static final int BETWEEN_NODES = 100;
    private static final int SMALL = 1024;
    private static final int LARGE = 8 * 1024 * 1024;
    private static final int AT_ONCE = 256 * 1024;

    /** Nobody who builds waits longer for what only saves time. */
    private static final int MOST_SECONDS = 60;

    private final InetSocketAddress senders;
    private final InetSocketAddress receivers;

    private Training(Node senders, Node receivers) {
        this.senders = new InetSocketAddress(InetAddress.getLoopbackAddress(), senders.port());
        this.receivers = new InetSocketAddress(InetAddress.getLoopbackAddress(), receivers.port());
    }

    /**
     * Runs it, on ports that are free. No configuration but the default one is looked at.
     *
     * @param args {@code alone} for one node; {@code shared} for two with a Redis, which is started for them and ended
     * @throws IOException if no Redis can be started
     */
    public static void main(String[] args) throws IOException {
        CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS).execute(Training::giveUp);
        Main.configureLogging();
        Node node = start(Map.of());
        new Training(node, node).pass(FILES, 10);
        node.drain();
        if (Arrays.asList(args).contains("shared")) {
            try (var redis = TrainingRedis.start()) {
                passBetweenNodes(Map.of(Keys.REDIS_URL.name(), redis.url()));
            }
        }
    }

    private static void passBetweenNodes(Map<String, String> configuration) {
        Node first = start(configuration);
        Node second = start(configuration);
        new Training(first, second).pass(BETWEEN_NODES, 2);
        first.drain();
        second.drain();
    }

    private static void giveUp() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
        Runtime.getRuntime().halt(ExitCode.OS_ERROR.number());
    }

    private static Node start(Map<String, String> configuration) {
        var properties = new Properties();
        properties.putAll(configuration);
        properties.setProperty("server.port", "0");
        properties.setProperty("server.host", "127.0.0.1");
        return Node.start(Settings.load(Optional.empty(), Path.of("."), properties, Map.of()));
    }

    /** Passes files, of which one in so many is large. */
    private void pass(int files, int large) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < files; i++) {
                String path = "/training-" + i + "/file.bin";
                int size = i % large == 0 ? LARGE : SMALL;
                boolean chunked = i % (2 * large) == large;
                var sent = CompletableFuture.runAsync(() -> send(path, size, chunked), threads);
                request(receivers, "GET " + path + "?wait=30", "Connection: close", 0, false);
                sent.join();
            }
            request(receivers, "GET /", "User-Agent: Mozilla/5.0\r\nAccept: text/html\r\nConnection: close", 0, false);
        }
    }

    private void send(String path, int size, boolean chunked) {
        String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + size;
        request(senders, "PUT " + path, framing, size, chunked);
    }

    /** Makes a request, and reads its answer to the end. */
    private static void request(InetSocketAddress server, String line, String headers, int size, boolean chunked) {
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
