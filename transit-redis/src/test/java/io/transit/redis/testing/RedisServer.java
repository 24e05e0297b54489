package io.transit.redis.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** A running Redis. */
public final class RedisServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RedisServer.class.getName());
    private static final int PORT = 6379;
    private static final long START_SECONDS = 20;

    private final String uri;
    private final Runnable stop;

    private RedisServer(String uri, String kind, Runnable stop) {
        this.uri = uri;
        this.stop = stop;
        LOG.info("Redis for the tests: " + kind);
    }

    /**
     * Starts one of one's own, or takes the one that the environment names.
     *
     * @return a Redis that answers
     * @throws IllegalStateException if there is none
     */
    public static RedisServer start() {
        String forced = System.getProperty("transit.test.redis", "");
        return Stream.of(Kind.values())
                .filter(kind -> forced.isEmpty() || kind.name().equals(forced.toUpperCase(Locale.ROOT)))
                .map(Kind::start)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no Redis for the tests" + (forced.isEmpty() ? "" : ", and it was to be " + forced)));
    }

    /** Where a Redis may come from, the better first. */
    private enum Kind {
        URL {
            @Override
            Optional<RedisServer> start() {
                return Optional.ofNullable(System.getenv("TRANSIT_TEST_REDIS_URL"))
                        .map(uri -> new RedisServer(uri, "TRANSIT_TEST_REDIS_URL", () -> {}));
            }
        },
        DOCKER {
            @Override
            Optional<RedisServer> start() {
                return DockerClientFactory.instance().isDockerAvailable() ? Optional.of(container()) : Optional.empty();
            }
        },
        PATH {
            @Override
            Optional<RedisServer> start() {
                return Stream.of("valkey-server", "redis-server")
                        .flatMap(RedisServer::onPath)
                        .findFirst()
                        .map(RedisServer::process);
            }
        },
        EMBEDDED {
            @Override
            Optional<RedisServer> start() {
                return Optional.of(embedded());
            }
        };

        abstract Optional<RedisServer> start();
    }

    private static RedisServer container() {
        var container = new GenericContainer<>("redis:7-alpine").withExposedPorts(PORT);
        container.start();
        return new RedisServer(
                "redis://" + container.getHost() + ":" + container.getMappedPort(PORT), "a container", container::stop);
    }

    private static Stream<Path> onPath(String name) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }

    private static RedisServer process(Path binary) {
        return process(binary, freePort());
    }

    /**
     * Starts another on a given port, as the one before it died.
     *
     * @param port where it listens
     * @return an empty Redis
     */
    public static RedisServer onPort(int port) {
        return Stream.of("valkey-server", "redis-server")
                .flatMap(RedisServer::onPath)
                .findFirst()
                .map(binary -> process(binary, port))
                .orElseGet(() -> embedded(port));
    }

    private static RedisServer process(Path binary, int port) {
        try {
            Process process = new ProcessBuilder(List.of(
                            binary.toString(),
                            "--port",
                            "" + port,
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitListening(port);
            return new RedisServer("redis://127.0.0.1:" + port, binary.toString(), () -> {
                process.destroyForcibly();
                process.onExit().orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RedisServer embedded() {
        return embedded(freePort());
    }

    private static RedisServer embedded(int port) {
        var server = redis.embedded.RedisServer.builder()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        return new RedisServer("redis://127.0.0.1:" + port, "the embedded binary", server::stop);
    }

    /**
     * Returns a port on which nobody listens just now.
     *
     * @return from 1024
     */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitListening(int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    /**
     * Returns where it listens.
     *
     * @return an address such as {@code redis://127.0.0.1:6379}
     */
    public String uri() {
        return uri;
    }

    /** Kills it, unless it is the environment's. */
    @Override
    public void close() {
        stop.run();
    }
}
