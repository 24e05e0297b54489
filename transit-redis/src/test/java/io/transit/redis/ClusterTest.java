package io.transit.redis;

import io.transit.core.Rendezvous;
import io.transit.core.TransferLimits;
import io.transit.core.contract.RendezvousContract;
import io.transit.redis.testing.ClusterServers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;

/** The contract, where every receiver is on another node than its sender, and the keys are spread over a Cluster. */
@Order(1)
class ClusterTest extends RendezvousContract {
    private static @Nullable ClusterServers cluster;

    @BeforeAll
    static void start() {
        cluster = ClusterServers.start(0);
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(cluster).close();
    }

    @Override
    protected Rendezvous open(TransferLimits limits) {
        String uri = Objects.requireNonNull(cluster).uri();
        return TwoNodes.open(RedisSettings.of(uri).withWindow(limits.window(), limits.window()), limits);
    }
}
