package io.transit.redis.testing;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Cluster of three masters, and replicas of each: processes of this machine, and no containers. */
public final class ClusterServers implements AutoCloseable {
    private static final int MASTERS = 3;

    /** It closes connections of a Cluster twice, and says so each time. */
    private static final Logger CHATTER = Logger.getLogger("io.lettuce.core.RedisChannelHandler");

    static {
        CHATTER.setLevel(Level.SEVERE);
    }

    private final Path binary = RedisProcess.binary();
    private final RedisClient client = RedisClient.create();
    private final Map<Integer, RedisProcess> servers = new ConcurrentHashMap<>();
    private final Map<Integer, List<String>> options = new ConcurrentHashMap<>();
    private final List<String> common;

    private ClusterServers(List<String> common) {
        this.common = common;
    }

    /**
     * Starts them, and waits until all slots are served.
     *
     * @param replicas how many of each master
     * @param options more of them, as on the command line of {@code redis-server}
     * @return a Cluster in good health
     */
    public static ClusterServers start(int replicas, String... options) {
        var started = new ClusterServers(List.of(options));
        try {
            started.begin(replicas);
            return started;
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    private void begin(int replicas) {
        List<Integer> ports = IntStream.range(0, MASTERS * (1 + replicas))
                .map(i -> server())
                .boxed()
                .toList();
        List<Integer> masters = ports.subList(0, MASTERS);
        for (int i = 0; i < MASTERS; i++) {
            int first = SlotHash.SLOT_COUNT * i / MASTERS;
            int last = SlotHash.SLOT_COUNT * (i + 1) / MASTERS;
            int epoch = i + 1;
            on(masters.get(i), redis -> redis.clusterSetConfigEpoch(epoch));
            on(
                    masters.get(i),
                    redis -> redis.clusterAddSlots(IntStream.range(first, last).toArray()));
        }
        ports.stream().skip(1).forEach(port -> meet(ports.get(0), port));
        RedisProcess.await(() -> ports.stream().allMatch(port -> nodes(port).size() == ports.size()));
        for (int i = MASTERS; i < ports.size(); i++) {
            String master = on(masters.get(i % MASTERS), redis -> redis.clusterMyId());
            on(ports.get(i), redis -> redis.clusterReplicate(master));
        }
        awaitReady();
    }

    private int server() {
        List<String> own = new ArrayList<>(List.of(
                "--dir",
                RedisProcess.directory().toString(),
                "--cluster-enabled",
                "yes",
                "--cluster-port",
                "" + RedisServer.freePort(),
                "--cluster-node-timeout",
                "1500",
                "--cluster-replica-validity-factor",
                "0",
                "--repl-diskless-sync-delay",
                "0"));
        own.addAll(common);
        RedisProcess process = RedisProcess.start(binary, own);
        servers.put(process.port(), process);
        options.put(process.port(), own);
        return process.port();
    }

    private void meet(int one, int other) {
        List<String> known = options.getOrDefault(other, List.of());
        String bus = known.get(known.indexOf("--cluster-port") + 1);
        on(
                one,
                redis -> redis.dispatch(
                        CommandType.CLUSTER,
                        new StatusOutput<>(StringCodec.UTF8),
                        new CommandArgs<>(StringCodec.UTF8)
                                .add("MEET")
                                .add("127.0.0.1")
                                .add(other)
                                .add(bus)));
    }

    private <T> T on(int port, Function<RedisCommands<String, String>, T> action) {
        try (var connection = client.connect(RedisURI.create("127.0.0.1", port))) {
            return action.apply(connection.sync());
        }
    }

    private Partitions nodes(int port) {
        String nodes = on(port, redis -> redis.clusterNodes());
        return ClusterPartitionParser.parse(nodes);
    }

    /** Waits until all that live reach each other and agree that every slot is served, and every replica that lives follows its master. */
    public void awaitReady() {
        RedisProcess.await(() -> servers.keySet().stream()
                .allMatch(port -> on(port, redis -> redis.clusterInfo()).contains("cluster_state:ok")
                        && reachesAll(port)
                        && follows(on(port, redis -> redis.info("replication")))));
    }

    /** One that a server does not reach is none that a client is told to connect with. */
    private boolean reachesAll(int port) {
        return nodes(port).stream()
                .filter(node -> servers.containsKey(node.getUri().getPort()))
                .allMatch(RedisClusterNode::isConnected);
    }

    private static boolean follows(String replication) {
        return replication.contains("role:master") || replication.contains("master_link_status:up");
    }

    /**
     * Returns how it is reached.
     *
     * @return an address such as {@code redis-cluster://127.0.0.1:1,127.0.0.1:2}, of all that live
     */
    public String uri() {
        return servers.keySet().stream()
                .map(port -> "127.0.0.1:" + port)
                .collect(Collectors.joining(",", "redis-cluster://", ""));
    }

    /**
     * Returns which server has the slot of a key.
     *
     * @param key any
     * @return its port
     */
    public int masterOf(String key) {
        return masterOf(SlotHash.getSlot(key));
    }

    private int masterOf(int slot) {
        return node(slot).getUri().getPort();
    }

    private RedisClusterNode node(int slot) {
        return nodes(servers.keySet().iterator().next()).getMasterBySlot(slot);
    }

    /**
     * Kills the server that has the slot of a key, and does not wait for another to take its place.
     *
     * @param key any
     * @return the port on which it was
     */
    public int killMasterOf(String key) {
        int port = masterOf(key);
        RedisProcess master = servers.remove(port);
        if (master == null) {
            throw new IllegalStateException("it is dead already");
        }
        master.kill();
        return port;
    }

    /**
     * Has a replica take the place of the master that has the slot of a key, which lives on as its replica. Does not wait.
     *
     * @param key any
     */
    public void failover(String key) {
        int slot = SlotHash.getSlot(key);
        String master = node(slot).getNodeId();
        int replica = nodes(masterOf(slot)).stream()
                .filter(node -> master.equals(node.getSlaveOf()))
                .findFirst()
                .orElseThrow()
                .getUri()
                .getPort();
        on(replica, redis -> redis.clusterFailover(false));
    }

    /**
     * Waits until another server has the slot of a key, and serves it.
     *
     * @param key any
     * @param port of the one before
     */
    public void awaitMasterOtherThan(String key, int port) {
        RedisProcess.await(() -> servers.keySet().stream().allMatch(asked -> {
            // For a moment no server has it.
            RedisClusterNode now = nodes(asked).getMasterBySlot(SlotHash.getSlot(key));
            return now != null
                    && now.getUri().getPort() != port
                    && servers.containsKey(now.getUri().getPort());
        }));
        awaitReady();
    }

    /**
     * Moves the slot of a key, and whatever is in it, to another master.
     *
     * @param key any
     * @return the port of the one that has it now
     */
    public int migrateSlot(String key) {
        int slot = SlotHash.getSlot(key);
        RedisClusterNode from = node(slot);
        RedisClusterNode to = nodes(masterOf(slot)).stream()
                .filter(node -> node.getRole().isUpstream() && !node.getNodeId().equals(from.getNodeId()))
                .findFirst()
                .orElseThrow();
        int source = from.getUri().getPort();
        int target = to.getUri().getPort();
        on(target, redis -> redis.clusterSetSlotImporting(slot, from.getNodeId()));
        on(source, redis -> redis.clusterSetSlotMigrating(slot, to.getNodeId()));
        for (List<String> keys = keys(source, slot); !keys.isEmpty(); keys = keys(source, slot)) {
            String[] some = keys.toArray(String[]::new);
            on(source, redis -> redis.migrate("127.0.0.1", target, 0, 5_000, MigrateArgs.Builder.keys(some)));
        }
        on(target, redis -> redis.clusterSetSlotNode(slot, to.getNodeId()));
        on(source, redis -> redis.clusterSetSlotNode(slot, to.getNodeId()));
        return target;
    }

    private List<String> keys(int port, int slot) {
        return on(port, redis -> redis.clusterGetKeysInSlot(slot, 100));
    }

    /**
     * Returns the keys of all masters.
     *
     * @return in no order
     */
    public List<String> keys() {
        return servers.keySet().stream()
                .filter(port -> on(port, redis -> redis.info("replication")).contains("role:master"))
                .flatMap(port -> on(port, ClusterServers::scan).stream())
                .toList();
    }

    private static List<String> scan(RedisCommands<String, String> redis) {
        List<String> found = new ArrayList<>();
        KeyScanCursor<String> cursor = redis.scan();
        found.addAll(cursor.getKeys());
        while (!cursor.isFinished()) {
            cursor = redis.scan(cursor);
            found.addAll(cursor.getKeys());
        }
        return found;
    }

    /**
     * Starts again a server that was killed; it follows whoever has taken its place.
     *
     * @param port where it was
     */
    public void revive(int port) {
        List<String> own = options.getOrDefault(port, List.of());
        servers.put(port, RedisProcess.start(binary, port, own));
        RedisProcess.await(() -> on(port, redis -> redis.info("replication")).contains("master_link_status:up"));
        awaitReady();
    }

    /** Kills all of them. */
    @Override
    public void close() {
        var unused = client.shutdownAsync();
        servers.values().forEach(RedisProcess::kill);
    }
}
