package io.transit.redis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** A running Redis. */
public final class RedisServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RedisServer.class.getName());
    private static final int PORT = 6379;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

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
                return RedisProcess.Source.PATH
                        .binary()
                        .map(binary -> of(binary, RedisProcess.start(binary, List.of()), "redis"));
            }
        },
        EMBEDDED {
            @Override
            Optional<RedisServer> start() {
                return RedisProcess.Source.EMBEDDED
                        .binary()
                        .map(binary -> of(binary, RedisProcess.start(binary, List.of()), "redis"));
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

    private static RedisServer of(Path binary, RedisProcess process, String scheme) {
        return new RedisServer(scheme + "://127.0.0.1:" + process.port(), binary.toString(), process::kill);
    }

    /**
     * Starts another on a given port, as the one before it died.
     *
     * @param port where it listens
     * @return an empty Redis
     */
    public static RedisServer onPort(int port) {
        Path binary = RedisProcess.binary();
        return of(binary, RedisProcess.start(binary, port, List.of()), "redis");
    }

    /**
     * Starts one of one's own, as a process.
     *
     * @param options as on the command line of {@code redis-server}
     * @return an empty Redis
     */
    public static RedisServer with(String... options) {
        Path binary = RedisProcess.binary();
        return of(binary, RedisProcess.start(binary, List.of(options)), "redis");
    }

    /**
     * Starts one of one's own that speaks TLS, and nothing else.
     *
     * @param certificate what it shows
     * @return an empty Redis
     */
    public static RedisServer with(Certificate certificate) {
        Path binary = RedisProcess.binary();
        return of(binary, RedisProcess.start(binary, certificate.options()), "rediss");
    }

    /**
     * Returns a port on which nobody listens just now. It is never returned again: whoever has it may let go of it for a while.
     *
     * @return from 1024
     */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            return GIVEN.add(port) ? port : freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
