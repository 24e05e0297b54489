package io.transit.redis;

import io.transit.core.Rendezvous;
import io.transit.core.TransferLimits;
import io.transit.core.contract.RendezvousContract;
import io.transit.redis.testing.RedisResource;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, where both sides are on one node and the offers are in Redis. */
@Order(4)
@ExtendWith(RedisResource.class)
class RedisRendezvousTest extends RendezvousContract {
    @Override
    protected Rendezvous open(TransferLimits limits) {
        return TwoNodes.node(TwoNodes.settings(), limits);
    }
}
