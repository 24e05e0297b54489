package io.transit.redis;

import io.transit.core.Claim;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.Token;
import io.transit.core.TransferId;
import io.transit.core.TransferLimits;
import io.transit.core.TransferStatus;
import io.transit.redis.testing.RedisResource;
import java.time.Duration;
import java.util.Optional;

/** Two nodes that share a Redis, as one: what is offered at the first is received from the second. */
record TwoNodes(RedisRendezvous first, RedisRendezvous second) implements Rendezvous {
    static TwoNodes open(RedisSettings settings, TransferLimits limits) {
        return new TwoNodes(new RedisRendezvous(settings, limits), new RedisRendezvous(settings, limits));
    }

    static RedisSettings settings() {
        return RedisSettings.of(RedisResource.uri());
    }

    @Override
    public Sender offer(Offer offer) {
        return first.offer(offer);
    }

    /** Where the sender was. */
    @Override
    public Sender resume(TransferId id, Token token) {
        return first.resume(id, token);
    }

    @Override
    public Optional<Offer> find(TransferId id) {
        return first.find(id);
    }

    @Override
    public Receiver claim(Claim claim) {
        return second.claim(claim);
    }

    @Override
    public Optional<TransferStatus> status(TransferId id) {
        return first.status(id);
    }

    @Override
    public void shutdown(Duration drain) throws InterruptedException {
        first.shutdown(drain);
        second.shutdown(drain);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
