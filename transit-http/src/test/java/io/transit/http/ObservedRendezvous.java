package io.transit.http;

import io.transit.core.Claim;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.Token;
import io.transit.core.TransferId;
import io.transit.core.TransferStatus;
import java.time.Duration;
import java.util.Optional;

/** A rendezvous that also tells who waits for an offer, or for what becomes of it, which no listener hears. */
record ObservedRendezvous(Rendezvous real, Transfers transfers) implements Rendezvous {
    @Override
    public Optional<Offer> awaitOffer(TransferId id, Duration atMost) throws InterruptedException {
        transfers.awaited(id, 1);
        try {
            return real.awaitOffer(id, atMost);
        } finally {
            transfers.awaited(id, -1);
        }
    }

    @Override
    public Sender offer(Offer offer) {
        return real.offer(offer);
    }

    @Override
    public Sender offerRest(Offer rest, Token token) {
        return real.offerRest(rest, token);
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
    public Receiver claim(Claim claim) {
        return real.claim(claim);
    }

    @Override
    public Optional<TransferStatus> status(TransferId id) {
        return real.status(id);
    }

    @Override
    public Optional<TransferStatus> awaitChange(TransferStatus known, Duration atMost) throws InterruptedException {
        transfers.watched(known.id(), 1);
        try {
            return real.awaitChange(known, atMost);
        } finally {
            transfers.watched(known.id(), -1);
        }
    }

    @Override
    public void shutdown(Duration drain) throws InterruptedException {
        real.shutdown(drain);
    }

    @Override
    public void close() {
        real.close();
    }
}
