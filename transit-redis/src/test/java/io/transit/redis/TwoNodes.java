package io.transit.redis;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.Token;
import io.transit.core.TransferId;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import io.transit.redis.testing.RedisResource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

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
        return new Heard(second.claim(claim), first);
    }

    /** A receiver that has left once the home knows: the contract's tests look at once what has become of it. */
    private record Heard(Receiver receiver, RedisRendezvous home) implements Receiver {
        @Override
        public Offer offer() {
            return receiver.offer();
        }

        @Override
        public long offset() {
            return receiver.offset();
        }

        @Override
        public Frame receive() throws InterruptedException {
            return receiver.receive();
        }

        @Override
        public void complete() {
            receiver.complete();
        }

        @Override
        public CompletionStage<TransferState.Final> whenOver() {
            return receiver.whenOver();
        }

        @Override
        public void interrupt(InterruptReason reason) {
            leave(() -> receiver.interrupt(reason));
        }

        @Override
        public void close() {
            leave(receiver::close);
        }

        private void leave(Runnable how) {
            Optional<TransferStatus> before = home.status(offer().id());
            how.run();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (before.isPresent()
                    && before.get().state() instanceof TransferState.Streaming
                    && home.status(offer().id()).map(TransferStatus::state).equals(before.map(TransferStatus::state))
                    && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
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
