package io.transit.redis.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A master, replicas that follow it, and three Sentinels that watch over them: processes of this machine, and no containers. */
public final class SentinelServers implements AutoCloseable {
    private static final String MASTER = "transit";
    private static final int SENTINELS = 3;
    private static final List<String> REPLICATION =
            List.of("--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1");

    private final Path binary = RedisProcess.binary();
    private final RedisClient client = RedisClient.create();
    private final Map<Integer, RedisProcess> servers = new ConcurrentHashMap<>();
    private final List<RedisProcess> sentinels = new ArrayList<>();
    private final int replicas;

    private SentinelServers(int replicas) {
        this.replicas = replicas;
    }

    /**
     * Starts them, and waits until a failover is possible.
     *
     * @param replicas how many
     * @return servers of which the Sentinels know all
     */
    public static SentinelServers start(int replicas) {
        var started = new SentinelServers(replicas);
        try {
            started.begin();
            return started;
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    private void begin() {
        int master = server(REPLICATION);
        for (int i = 0; i < replicas; i++) {
            server(following(master));
        }
        RedisProcess.await(() -> info(master).contains("connected_slaves:" + replicas)
                && info(master)
                                .lines()
                                .filter(line -> line.contains("state=online"))
                                .count()
                        == replicas);
        for (int i = 0; i < SENTINELS; i++) {
            sentinels.add(sentinel(master));
        }
        awaitReady();
    }

    private static List<String> following(int master) {
        List<String> options = new ArrayList<>(REPLICATION);
        options.addAll(List.of("--replicaof", "127.0.0.1 " + master));
        return options;
    }

    private int server(List<String> options) {
        RedisProcess process = RedisProcess.start(binary, options);
        servers.put(process.port(), process);
        return process.port();
    }

    private RedisProcess sentinel(int master) {
        try {
            Path file = RedisProcess.directory().resolve("sentinel.conf");
            Files.write(
                    file,
                    List.of(
                            "sentinel monitor " + MASTER + " 127.0.0.1 " + master + " 2",
                            "sentinel down-after-milliseconds " + MASTER + " 1000",
                            "sentinel failover-timeout " + MASTER + " 2000",
                            "sentinel parallel-syncs " + MASTER + " 2"));
            return RedisProcess.start(binary, List.of(file.toString(), "--sentinel"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until every Sentinel knows the others, and all replicas that live. */
    public void awaitReady() {
        long following = servers.values().stream().filter(RedisProcess::isAlive).count() - 1;
        RedisProcess.await(() -> sentinels.stream().allMatch(sentinel -> {
            Map<String, String> known = known(sentinel.port());
            return known.getOrDefault("num-other-sentinels", "").equals("" + (SENTINELS - 1))
                    && Integer.parseInt(known.getOrDefault("num-slaves", "0")) >= following
                    && known.getOrDefault("flags", "").equals("master");
        }));
    }

    private Map<String, String> known(int sentinel) {
        try (var connection = client.connectSentinel(RedisURI.create("127.0.0.1", sentinel))) {
            return connection.sync().master(MASTER);
        }
    }

    private String info(int port) {
        try (var connection = client.connect(RedisURI.create("127.0.0.1", port))) {
            return connection.sync().info("replication");
        }
    }

    /**
     * Returns how they are reached.
     *
     * @return an address such as {@code redis-sentinel://127.0.0.1:1,127.0.0.1:2,127.0.0.1:3#transit}
     */
    public String uri() {
        return sentinels.stream()
                .map(sentinel -> "127.0.0.1:" + sentinel.port())
                .collect(Collectors.joining(",", "redis-sentinel://", "#" + MASTER));
    }

    /**
     * Returns which server is the master, as the Sentinels say.
     *
     * @return its port
     */
    public int master() {
        Function<RedisProcess, Integer> ask = sentinel -> {
            try (var connection = client.connectSentinel(RedisURI.create("127.0.0.1", sentinel.port()))) {
                return ((InetSocketAddress) connection.sync().getMasterAddrByName(MASTER)).getPort();
            }
        };
        return ask.apply(sentinels.get(0));
    }

    /**
     * Kills the master, and does not wait for another to take its place.
     *
     * @return the port on which it was
     */
    public int killMaster() {
        int port = master();
        RedisProcess master = servers.remove(port);
        if (master == null) {
            throw new IllegalStateException("none of these is the master");
        }
        master.kill();
        return port;
    }

    /** Has the Sentinels replace the master, which lives on as a replica. Does not wait for it. */
    public void failover() {
        try (var connection = client.connectSentinel(
                RedisURI.create("127.0.0.1", sentinels.get(0).port()))) {
            var unused = connection.sync().failover(MASTER);
        }
    }

    /**
     * Waits until another server is the master, and can be written to.
     *
     * @param port of the one before
     */
    public void awaitMasterOtherThan(int port) {
        RedisProcess.await(() -> {
            int now = master();
            return now != port && servers.containsKey(now) && info(now).contains("role:master");
        });
    }

    /**
     * Starts a server in place of one that was killed, to follow the master.
     *
     * @param port where it listens
     */
    public void revive(int port) {
        int master = master();
        servers.put(port, RedisProcess.start(binary, port, following(master)));
        RedisProcess.await(() -> info(port).contains("master_link_status:up"));
        awaitReady();
    }

    /** Kills all of them. */
    @Override
    public void close() {
        var unused = client.shutdownAsync();
        sentinels.forEach(RedisProcess::kill);
        servers.values().forEach(RedisProcess::kill);
    }
}
