package io.transit.redis.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import redis.embedded.RedisExecProvider;

/** A server of one's own: a process that listens on this machine, keeps nothing, and ends with the tests at the latest. */
final class RedisProcess {
    private static final long START_SECONDS = 20;
    private static final int TRIES = 5;
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final Set<Path> DIRECTORIES = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            RUNNING.forEach(Process::destroyForcibly);
            RUNNING.forEach(process -> process.onExit().join());
            DIRECTORIES.forEach(RedisProcess::remove);
        }));
    }

    private final Process process;
    private final int port;

    private RedisProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where the program comes from, the better first. */
    enum Source {
        PATH {
            @Override
            Optional<Path> binary() {
                return Stream.of("valkey-server", "redis-server")
                        .flatMap(RedisProcess::onPath)
                        .findFirst();
            }
        },
        EMBEDDED {
            @Override
            Optional<Path> binary() {
                return Optional.of(Embedded.BINARY);
            }
        };

        abstract Optional<Path> binary();
    }

    /** Unpacked once. */
    private static final class Embedded {
        static final Path BINARY = unpack();

        private static Path unpack() {
            try {
                return RedisExecProvider.defaultProvider().get().toPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Stream<Path> onPath(String name) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }

    /** Returns the first that there is, unless {@code -Dtransit.test.redis=embedded} forces the second. */
    static Path binary() {
        return Stream.of(Source.values())
                .filter(source ->
                        source == Source.EMBEDDED || !"embedded".equals(System.getProperty("transit.test.redis", "")))
                .flatMap(source -> source.binary().stream())
                .findFirst()
                .orElseThrow();
    }

    /** Starts one on a port that is free, and on another if somebody else takes it at that moment. */
    static RedisProcess start(Path binary, List<String> options) {
        for (int i = 1; true; i++) {
            try {
                return start(binary, RedisServer.freePort(), options);
            } catch (IllegalStateException e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }

    /**
     * Starts one.
     *
     * @param options as on its command line; the port is that of TLS if they say {@code --tls-cert-file}
     */
    static RedisProcess start(Path binary, int port, List<String> options) {
        List<String> ports = options.contains("--tls-cert-file")
                ? List.of("--port", "0", "--tls-port", "" + port)
                : List.of("--port", "" + port);
        List<String> command = new ArrayList<>();
        command.add(binary.toString());
        options.stream().limit(1).filter(first -> !first.startsWith("--")).forEach(command::add);
        command.addAll(ports);
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        if (!options.contains("--dir")) {
            command.addAll(List.of("--dir", directory().toString()));
        }
        options.stream().skip(command.get(1).startsWith("--") ? 0 : 1).forEach(command::add);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            RUNNING.add(process);
            var started = new RedisProcess(process, port);
            await(() -> !process.isAlive() || started.isListening());
            if (!process.isAlive()) {
                throw new IllegalStateException("it ended at once: " + String.join(" ", command));
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a directory for what a server writes all the same; it is gone after the tests. */
    static Path directory() {
        try {
            Path directory = Files.createTempDirectory("transit-redis");
            DIRECTORIES.add(directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            // It is left to the system.
        }
    }

    private boolean isListening() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits for what a server does by itself. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("it did not come true within " + START_SECONDS + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it without a word, as a crash does, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
        RUNNING.remove(process);
    }
}
