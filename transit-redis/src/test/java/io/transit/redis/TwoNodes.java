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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Two nodes that share a Redis, as one: what is offered at the first is received from the second. */
record TwoNodes(RedisRendezvous first, RedisRendezvous second) implements Rendezvous {
    static TwoNodes open(RedisSettings settings, TransferLimits limits) {
        return new TwoNodes(node(settings, limits), node(settings, limits));
    }

    /** Opens one, and waits until it is connected: on a slow machine that takes longer than it waits by itself. */
    static RedisRendezvous node(RedisSettings settings, TransferLimits limits) {
        var node = new RedisRendezvous(settings, limits);
        Errand.await(node::isConnected);
        return node;
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

    /** Where the receiver is; what has ended at home is forgotten there first. */
    @Override
    public Optional<Offer> awaitOffer(TransferId id, Duration atMost) throws InterruptedException {
        awaitAgreement(() -> !isEnded(id) || second.find(id).isEmpty());
        return second.awaitOffer(id, atMost);
    }

    private boolean isEnded(TransferId id) {
        return first.status(id)
                .filter(status -> status.state() instanceof TransferState.Final)
                .isPresent();
    }

    private static void awaitAgreement(BooleanSupplier agreed) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (System.nanoTime() - deadline < 0 && !agreed.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
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
            if (before.isPresent() && before.get().state() instanceof TransferState.Streaming) {
                awaitAgreement(() -> !home.status(offer().id())
                        .map(TransferStatus::state)
                        .equals(before.map(TransferStatus::state)));
            }
        }
    }

    @Override
    public Optional<TransferStatus> status(TransferId id) {
        return first.status(id);
    }

    /** Where the receiver is. */
    @Override
    public Optional<TransferStatus> awaitChange(TransferStatus known, Duration atMost) throws InterruptedException {
        return second.awaitChange(known, atMost);
    }

    @Override
    public void shutdown(Duration drain) throws InterruptedException {
        var other = new FutureTask<>(() -> {
            second.shutdown(drain);
            return second;
        });
        Thread.startVirtualThread(other);
        first.shutdown(drain);
        try {
            other.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
