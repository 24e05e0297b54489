package io.transit.redis;

import io.transit.core.Offer;
import io.transit.core.TransferId;
import io.transit.core.TransferListener;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes on to each home what happens to its transfer in memory, and to the listener that the user gave. An event may come
 * when its id is offered again already, so a home is known by its very offer.
 */
final class HomeEvents implements TransferListener {
    private final TransferListener user;
    private final Map<Identity, Home> homes = new ConcurrentHashMap<>();

    /** Of the one thread that events come on. */
    private final Map<TransferId, Home> current = new HashMap<>();

    /** An offer that equals only itself. */
    private record Identity(Offer offer) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return other instanceof Identity(Offer its) && its == offer;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(offer);
        }
    }

    HomeEvents(TransferListener user) {
        this.user = user;
    }

    /** What happens to its offer is passed on to it from now on. */
    void add(Home home) {
        homes.put(new Identity(home.offer()), home);
    }

    /** It came to nothing. */
    void remove(Home home) {
        homes.remove(new Identity(home.offer()));
    }

    @Override
    public void offered(Offer offer) {
        Home home = homes.remove(new Identity(offer));
        if (home != null) {
            current.put(offer.id(), home);
        }
        user.offered(offer);
    }

    @Override
    public void claimed(Offer offer, long offset) {
        Home home = current.get(offer.id());
        if (home != null) {
            home.claimed();
        }
        user.claimed(offer, offset);
    }

    @Override
    public void paused(Offer offer, TransferState.Paused state) {
        Home home = current.get(offer.id());
        if (home != null) {
            home.changed();
        }
        user.paused(offer, state);
    }

    @Override
    public void ended(TransferStatus status, Duration elapsed) {
        Home home = current.remove(status.id());
        if (home != null) {
            home.over(status);
        }
        user.ended(status, elapsed);
    }
}
