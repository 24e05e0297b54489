package io.transit.app;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Redis for the time of a training, of the program that this machine has. It keeps nothing on a disk. */
final class TrainingRedis implements AutoCloseable {
    private static final String READY = "eady to accept connections";

    private final Process process;
    private final int port;

    private TrainingRedis(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one, and returns once it can be connected to.
     *
     * @throws IOException if this machine has no such program, or it ends at once
     */
    static TrainingRedis start() throws IOException {
        int port = freePort();
        var redis = new TrainingRedis(launch(program(), port), port);
        redis.awaitReady();
        return redis;
    }

    private static Path program() throws IOException {
        String folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(folders.split(Pattern.quote(File.pathSeparator)))
                .flatMap(folder -> Stream.of("redis-server", "valkey-server").map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("there is no redis-server on the path"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process launch(Path program, int port) throws IOException {
        return new ProcessBuilder(
                        program.toString(),
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no")
                .redirectErrorStream(true)
                .start();
    }

    /** It says so in its log, of which there is little more. */
    private void awaitReady() throws IOException {
        BufferedReader log = process.inputReader();
        String line;
        do {
            line = log.readLine();
            if (line == null) {
                throw new IOException("redis-server has ended");
            }
        } while (!line.contains(READY));
    }

    /** Returns where it is. */
    String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Ends it. */
    @Override
    public void close() {
        process.destroy();
    }
}
