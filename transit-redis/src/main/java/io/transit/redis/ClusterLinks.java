package io.transit.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a Cluster. All keys of a transfer lie in one slot, and a connection for its payload leads to the master that
 * has it. What is published is heard at every node, whichever it was told to.
 */
final class ClusterLinks implements Links {
    /** Besides, where slots are is asked anew as soon as a node says that one is elsewhere, or is gone. */
    private static final Duration REFRESH = Duration.ofSeconds(30);

    /** Many say so at once. */
    private static final Duration LEAST_BETWEEN = Duration.ofMillis(500);

    /** Connects with servers that have joined, too. */
    private final class Client extends RedisClusterClient {
        Client(ClientResources resources, List<RedisURI> seeds) {
            super(resources, seeds);
        }

        @Override
        protected void updatePartitionsInConnections() {
            super.updatePartitionsInConnections();
            var connection = connected;
            if (connection != null && connection.isOpen()) {
                var unused = reachAll(connection);
            }
        }
    }

    private final RedisURI seed;
    private final ClientResources resources = LinkOptions.resources();
    private final RedisClusterClient cluster;
    private final RedisClient single = RedisClient.create(resources);
    private volatile boolean known;
    private volatile @Nullable StatefulRedisClusterConnection<String, ByteBuffer> connected;

    ClusterLinks(List<RedisURI> seeds, RedisSettings settings) {
        seeds.forEach(uri -> LinkOptions.complete(uri, settings));
        this.seed = seeds.get(0);
        this.cluster = new Client(resources, seeds);
        cluster.setOptions(ClusterClientOptions.builder(LinkOptions.returning(settings))
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(LEAST_BETWEEN)
                        .enablePeriodicRefresh(REFRESH)
                        .build())
                .build());
        single.setOptions(LinkOptions.single(settings));
    }

    @Override
    public CompletionStage<Link> shared() {
        return learn().thenCompose(done -> cluster.connectAsync(BytesCodec.INSTANCE))
                .thenCompose(connection -> {
                    connected = connection;
                    // One that is dead, and not known to be, is nobody's loss.
                    return reachAll(connection).handle((all, e) -> new Link(connection, connection.async()));
                });
    }

    /** Connects with every server before it is asked anything, or takes the place of its master: until then it is refused. */
    private CompletionStage<?> reachAll(StatefulRedisClusterConnection<String, ByteBuffer> connection) {
        return CompletableFuture.allOf(cluster.getPartitions().stream()
                .filter(node -> node.isConnected() && !node.is(NodeFlag.FAIL))
                .map(node -> connection.getConnectionAsync(
                        node.getUri().getHost(), node.getUri().getPort()))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Where the slots are. */
    private CompletionStage<?> learn() {
        return cluster.refreshPartitionsAsync().thenAccept(done -> known = true);
    }

    @Override
    public CompletionStage<StatefulRedisConnection<String, ByteBuffer>> dedicated(String place) {
        int colon = place.lastIndexOf(':');
        if (colon < 0) {
            return CompletableFuture.failedStage(new IllegalStateException("no server has this slot"));
        }
        RedisURI uri = RedisURI.builder(seed)
                .withHost(place.substring(0, colon))
                .withPort(Integer.parseInt(place.substring(colon + 1)))
                .build();
        return single.connectAsync(BytesCodec.INSTANCE, uri);
    }

    @Override
    public String place(String key) {
        RedisClusterNode master = known ? cluster.getPartitions().getMasterBySlot(SlotHash.getSlot(key)) : null;
        return master == null ? "" : place(master);
    }

    @Override
    public List<String> places() {
        return known ? masters().map(ClusterLinks::place).toList() : List.of();
    }

    private Stream<RedisClusterNode> masters() {
        return cluster.getPartitions().stream().filter(node -> node.getRole().isUpstream() && !node.hasNoSlots());
    }

    private static String place(RedisClusterNode node) {
        return node.getUri().getHost() + ":" + node.getUri().getPort();
    }

    @Override
    public CompletionStage<StatefulRedisPubSubConnection<String, String>> signals() {
        return learn().thenCompose(done -> cluster.connectPubSubAsync(StringCodec.UTF8))
                .thenApply(connection -> {
                    connection.setNodeMessagePropagation(true);
                    return connection;
                });
    }

    /**
     * Subscribes at one server, which hears all, and at every master: between servers a second message soon after a first one
     * waits until that is acknowledged, for up to 40 ms. A master that joins later is heard through the one.
     */
    @Override
    public CompletionStage<?> subscribe(StatefulRedisPubSubConnection<String, String> signals, String channel) {
        if (signals instanceof StatefulRedisClusterPubSubConnection<String, String> connection) {
            masters().forEach(master -> {
                var unused = connection
                        .getConnectionAsync(master.getNodeId())
                        .thenCompose(own -> own.async().subscribe(channel));
            });
        }
        return signals.async().subscribe(channel);
    }

    @Override
    public void close() {
        // The resources go last; whoever closes waits for none of it.
        var unused = cluster.shutdownAsync(0, 1, TimeUnit.SECONDS)
                .thenCombine(single.shutdownAsync(0, 1, TimeUnit.SECONDS), (first, second) -> resources)
                .whenComplete((last, e) -> stop());
    }

    private void stop() {
        var unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
