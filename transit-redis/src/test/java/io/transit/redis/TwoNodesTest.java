package io.transit.redis;

import io.transit.core.Rendezvous;
import io.transit.core.TransferLimits;
import io.transit.core.contract.RendezvousContract;
import io.transit.redis.testing.RedisResource;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, where every receiver is on another node than its sender. */
@Order(2)
@ExtendWith(RedisResource.class)
class TwoNodesTest extends RendezvousContract {
    @Override
    protected Rendezvous open(TransferLimits limits) {
        return TwoNodes.open(TwoNodes.settings().withWindow(limits.window(), limits.window()), limits);
    }
}
