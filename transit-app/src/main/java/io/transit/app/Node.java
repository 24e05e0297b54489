package io.transit.app;

import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.transit.core.InMemoryRendezvous;
import io.transit.core.Rendezvous;
import io.transit.http.TransitHttp;
import io.transit.redis.RedisRendezvous;
import io.transit.redis.RedisSettings;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A running service: a rendezvous, and the server through which it is reached. */
final class Node {
    private static final System.Logger LOG = System.getLogger(Node.class.getName());

    /** For the last answers to go out. The server may wait so long twice, and all of it must fit into two seconds. */
    private static final Duration LAST_ANSWERS = Duration.ofMillis(750);

    private final Rendezvous rendezvous;
    private final BooleanSupplier connected;
    private final Duration drain;
    private final String scheme;
    private final String path;
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final WebServer server;

    private Node(Settings settings, Rendezvous rendezvous, BooleanSupplier connected) {
        this.rendezvous = rendezvous;
        this.connected = connected;
        this.drain = settings.drain();
        this.scheme = settings.tls().certificate().isPresent() ? "https" : "http";
        this.path = settings.server().path();
        this.server = server(settings);
    }

    /**
     * Starts one node that keeps its transfers in memory.
     *
     * @throws StartException if the configured address is not free, or not of this machine
     */
    static Node start(Settings settings) {
        return settings.redisSettings()
                .map(redis -> start(settings, redis))
                .orElseGet(() -> start(settings, new InMemoryRendezvous(settings.transferLimits(), new TransferLog())));
    }

    /** Starts one of several nodes. It starts without its Redis, too, but is not ready until that is there. */
    private static Node start(Settings settings, RedisSettings redis) {
        try {
            var shared = new RedisRendezvous(redis, settings.transferLimits(), new TransferLog());
            return start(settings, shared, shared::isConnected);
        } catch (IllegalArgumentException e) {
            throw StartException.configuration(
                    e.getMessage() + "; docs/configuration.md tells of " + Keys.REDIS_URL.name());
        }
    }

    /**
     * Starts a node.
     *
     * @param rendezvous is shut down by {@link #drain}
     * @throws StartException if the configured address is not free, or not of this machine
     */
    static Node start(Settings settings, Rendezvous rendezvous) {
        return start(settings, rendezvous, () -> true);
    }

    private static Node start(Settings settings, Rendezvous rendezvous, BooleanSupplier connected) {
        var node = new Node(settings, rendezvous, connected);
        if (!node.server.start().isRunning()) {
            throw StartException.cannotListen(settings.server(), "is it in use, or not of this machine?");
        }
        return node;
    }

    /** Returns what every link begins with, seen from this machine. */
    String address() {
        return scheme + "://localhost:" + port() + path;
    }

    /** Returns the port that is listened on. */
    int port() {
        return server.port();
    }

    /**
     * Ends the service: it is not ready any more, refuses new offers, tells senders that wait, lets running transfers
     * go on for the configured time, and stops. Takes up to that time and two seconds.
     */
    void drain() {
        ready.set(false);
        LOG.log(Level.INFO, "no new transfers from now on; running ones may go on for " + drain.toMillis() + " ms");
        boolean interrupted = false;
        try {
            rendezvous.shutdown(drain);
        } catch (InterruptedException e) {
            // All transfers have been interrupted. The server is to be stopped just the same, which an interrupt would
            // stop.
            interrupted = true;
        }
        server.stop();
        LOG.log(Level.INFO, "stopped");
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private WebServer server(Settings settings) {
        Optional<Tls> tls = ServerTls.of(settings.tls());
        int connections = Descriptors.allow(settings.max().connections());
        var http = TransitHttp.create(rendezvous, settings.httpSettings().withMaxConnections(connections));
        return WebServer.builder()
                .address(address(settings.server()))
                .port(settings.server().port())
                .shutdownHook(false)
                .shutdownGracePeriod(LAST_ANSWERS)
                .featuresDiscoverServices(false)
                .addFeature(Health.feature(() -> ready.get() && connected.getAsBoolean()))
                .update(server -> tls.ifPresent(server::tls))
                .update(server -> http.mount(server, settings.server().path()))
                .build();
    }

    private static InetAddress address(Settings.Server server) {
        try {
            return InetAddress.getByName(server.host());
        } catch (UnknownHostException e) {
            throw StartException.cannotListen(server, "there is no such host");
        }
    }
}
