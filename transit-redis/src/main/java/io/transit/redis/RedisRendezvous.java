package io.transit.redis;

import io.transit.core.Claim;
import io.transit.core.InMemoryRendezvous;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.Token;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferLimits;
import io.transit.core.TransferListener;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A rendezvous that several nodes share through a Redis: each node has one, and an offer made at one is found and claimed at
 * all. The node where an offer was made is its home, and decides in memory what happens to it; while both sides are there,
 * neither their bytes nor the transfer depend on Redis. Sides on other nodes are guests.
 *
 * <p>Whether Redis can be reached does not matter to the start of a node, nor to transfers between sides of one node. What
 * needs another node throws {@link TransferException.Unavailable} meanwhile, and transfers that run between nodes end with
 * {@link InterruptReason#STORE_LOST}. An offer made meanwhile is made known once Redis is back; if another node has taken
 * its id, and nobody has claimed it, it ends with the same reason.
 *
 * <p>It owns two daemon threads besides those of its connections; {@link #close} ends them all.
 */
public final class RedisRendezvous implements Rendezvous {
    private final Node node;
    private final HomeEvents events;
    private final InMemoryRendezvous local;
    private final Map<TransferId, Home> homes = new ConcurrentHashMap<>();
    private volatile boolean ending;

    /**
     * Creates a rendezvous that nobody listens to.
     *
     * @param settings where Redis is, and what is kept there
     * @param limits what bounds transfers; their window is that of transfers within this node
     */
    public RedisRendezvous(RedisSettings settings, TransferLimits limits) {
        this(settings, limits, TransferListener.NONE);
    }

    /**
     * Creates a rendezvous. Waits for Redis a moment, and goes on without it if it does not answer.
     *
     * @param settings where Redis is, and what is kept there
     * @param limits what bounds transfers; their window is that of transfers within this node
     * @param listener who hears what happens to the offers that were made here
     * @throws IllegalArgumentException if the address is none of a Redis, or the certificates cannot be read; the message tells why, and no password
     */
    public RedisRendezvous(RedisSettings settings, TransferLimits limits, TransferListener listener) {
        this(settings, limits, listener, Links.of(settings));
    }

    RedisRendezvous(RedisSettings settings, TransferLimits limits, TransferListener listener, Links links) {
        this.node = new Node(settings, limits, links);
        this.events = new HomeEvents(listener);
        this.local = new InMemoryRendezvous(limits, events);
    }

    /**
     * Tells whether this node is connected with Redis: if not, only sides on this node find each other. Never blocks.
     *
     * @return whether it was so a moment ago
     */
    public boolean isConnected() {
        return node.connections.isUp();
    }

    @Override
    public Sender offer(Offer offer) {
        Token token = Token.random();
        return offer(offer, token, copied -> local.offer(copied, token));
    }

    @Override
    public Sender offerRest(Offer rest, Token token) {
        // Before the id is taken: with that, what is known of the transfer before is gone.
        Optional<Sighting> past = lookAtPast(rest.id());
        past.ifPresent(seen -> rest.requireRestOf(seen.status(), token, seen.tokenHash()));
        return past.isPresent()
                ? offer(rest, token, offer -> local.offer(offer, token))
                : offer(rest, token, offer -> local.offerRest(offer, token));
    }

    /** What Redis knows; empty if it knows nothing, and this node may. */
    private Optional<Sighting> lookAtPast(TransferId id) {
        try {
            return look(id);
        } catch (TransferException.Unavailable e) {
            if (local.status(id).isEmpty()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Sender offer(Offer offer, Token token, Function<Offer, Sender> opening) {
        if (offer.receivers() > 1) {
            throw new TransferException.Rejected("receivers", "one receiver per transfer, so far");
        }
        var home = new Home(node, local, copy(offer), token);
        homes.compute(offer.id(), (id, before) -> {
            if (before != null && !before.isOver()) {
                throw new TransferException.Taken("this id is offered already");
            }
            return home;
        });
        boolean announced = false;
        try {
            announced = announce(home);
            events.add(home);
            var unused = home.ended().thenRun(() -> homes.remove(offer.id(), home));
            Sender opened = home.open(opening.apply(home.offer()));
            node.arrivals.offered(node.keys(offer.id()).offered(), offer);
            return opened;
        } catch (TransferException e) {
            homes.remove(offer.id(), home);
            events.remove(home);
            if (announced) {
                home.withdraw();
            }
            throw e;
        }
    }

    /** Events are told apart by the very offer that they are of, and one may be made again once it has ended. */
    private static Offer copy(Offer offer) {
        return offer.withPatience(offer.patience());
    }

    /** Takes the id among all nodes; false if Redis is away, which does not keep sides on this node from each other. */
    private boolean announce(Home home) {
        boolean taken;
        try {
            taken = !node.answer(home.announce());
        } catch (TransferException.Unavailable e) {
            return false;
        }
        if (taken) {
            throw new TransferException.Taken("this id is offered already");
        }
        return true;
    }

    @Override
    public Sender resume(TransferId id, Token token) {
        if (local.find(id).isPresent()) {
            return local.resume(id, token);
        }
        try {
            return RemoteSender.resume(node, id, token).orElseGet(() -> local.resume(id, token));
        } catch (TransferException.NotFound | TransferException.Unavailable e) {
            return orWhatIsKnownHere(e, id, () -> local.resume(id, token));
        }
    }

    @Override
    public Receiver claim(Claim claim) {
        if (local.find(claim.id()).isPresent()) {
            return local.claim(claim);
        }
        try {
            return RemoteReceiver.claim(node, claim).orElseGet(() -> local.claim(claim));
        } catch (TransferException.NotFound | TransferException.Unavailable e) {
            return orWhatIsKnownHere(e, claim.id(), () -> local.claim(claim));
        }
    }

    /** What ended here is known here for a while, whatever became of Redis. */
    private <T> T orWhatIsKnownHere(TransferException e, TransferId id, Supplier<T> here) {
        if (local.status(id).isPresent()) {
            return here.get();
        }
        throw e;
    }

    @Override
    public Optional<Offer> find(TransferId id) {
        Optional<Offer> here = local.find(id);
        return here.isPresent() ? here : look(id).flatMap(Sighting::offer);
    }

    @Override
    public Optional<Offer> awaitOffer(TransferId id, Duration atMost) throws InterruptedException {
        Optional<Offer> offer = node.arrivals.await(node.keys(id).offered(), atMost, () -> find(id));
        if (offer.isEmpty() && ending) {
            throw new TransferException.Unavailable("shutting down");
        }
        return offer;
    }

    @Override
    public Optional<TransferStatus> status(TransferId id) {
        Optional<TransferStatus> here = local.status(id);
        if (here.isPresent() && !(here.get().state() instanceof TransferState.Final)) {
            return here;
        }
        try {
            Optional<TransferStatus> there = look(id).map(Sighting::status);
            return there.isPresent() ? there : here;
        } catch (TransferException.Unavailable e) {
            if (here.isPresent()) {
                return here;
            }
            throw e;
        }
    }

    @Override
    public Optional<TransferStatus> awaitChange(TransferStatus known, Duration atMost) throws InterruptedException {
        TransferId id = known.id();
        if (local.find(id).isPresent()) {
            return local.awaitChange(known, atMost);
        }
        var unused = node.arrivals.awaitWord(
                node.keys(id).offered(), atMost, () -> isOther(status(id), known) ? Optional.of(id) : Optional.empty());
        Optional<TransferStatus> now = status(id);
        if (ending && atMost.isPositive() && !isOther(now, known)) {
            throw new TransferException.Unavailable("shutting down");
        }
        return now;
    }

    private static boolean isOther(Optional<TransferStatus> now, TransferStatus known) {
        return now.isEmpty() || !now.get().isLike(known);
    }

    /** Looks into Redis; what it says of this node's own past is not news. */
    private Optional<Sighting> look(TransferId id) {
        RedisKeys keys = node.keys(id);
        List<Object> answer = node.answer(node.run(Script.LOOK, new String[] {keys.offer(), keys.status()}));
        return Sighting.of(id, answer).filter(seen -> !seen.node().equals(node.name));
    }

    @Override
    public void shutdown(Duration drain) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(drain);
        endWaiting();
        try {
            local.shutdown(drain);
            for (Visit stay : node.stays) {
                stay.awaitEnd(deadline - System.nanoTime());
            }
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        endWaiting();
        local.close();
        node.stays.forEach(stay -> stay.side().shutdown());
        // What has ended is still to be told, but nobody waits for a Redis that does not answer.
        var told = CompletableFuture.allOf(Stream.concat(
                        homes.values().stream().map(Home::ended),
                        node.stays.stream().map(Visit::ended))
                .toArray(CompletableFuture<?>[]::new));
        try {
            told.get(node.settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The keys go by themselves.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        node.close();
    }

    private void endWaiting() {
        ending = true;
        node.arrivals.giveUp();
    }

    /** For tests: this node is gone, without a word to anybody. */
    void kill() {
        node.close();
    }
}
