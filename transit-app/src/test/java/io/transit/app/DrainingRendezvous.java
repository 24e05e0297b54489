package io.transit.app;

import io.transit.core.Claim;
import io.transit.core.InMemoryRendezvous;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.Token;
import io.transit.core.TransferId;
import io.transit.core.TransferStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A rendezvous whose end can be held, as a running transfer would. */
final class DrainingRendezvous implements Rendezvous {
    private final Rendezvous real = new InMemoryRendezvous();
    private final CompletableFuture<Duration> asked = new CompletableFuture<>();
    private CountDownLatch drained = new CountDownLatch(0);

    DrainingRendezvous holding() {
        drained = new CountDownLatch(1);
        return this;
    }

    /** Waits until it was told to end, and returns the time that it was given. */
    Duration awaitShutdown() {
        return asked.join();
    }

    void release() {
        drained.countDown();
    }

    @Override
    public void shutdown(Duration drain) throws InterruptedException {
        asked.complete(drain);
        drained.await();
        real.shutdown(Duration.ZERO);
    }

    @Override
    public Sender offer(Offer offer) {
        return real.offer(offer);
    }

    @Override
    public Sender resume(TransferId id, Token token) {
        return real.resume(id, token);
    }

    @Override
    public Optional<Offer> find(TransferId id) {
        return real.find(id);
    }

    @Override
    public Optional<Offer> awaitOffer(TransferId id, Duration atMost) throws InterruptedException {
        return real.awaitOffer(id, atMost);
    }

    @Override
    public Receiver claim(Claim claim) {
        return real.claim(claim);
    }

    @Override
    public Optional<TransferStatus> status(TransferId id) {
        return real.status(id);
    }

    @Override
    public Optional<TransferStatus> awaitChange(TransferStatus known, Duration atMost) throws InterruptedException {
        return real.awaitChange(known, atMost);
    }

    @Override
    public void close() {
        real.close();
    }
}
