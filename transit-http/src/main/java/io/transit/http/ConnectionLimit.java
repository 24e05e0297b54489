package io.transit.http;

import io.helidon.http.Status;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many connections there may be, in all and of one client. Some more than that are taken on to be told so, and to be told
 * how the server is; beyond these there is nothing but a close.
 */
final class ConnectionLimit {
    /** The most that are told that they are too many, at a time. */
    private static final int MAX_SURPLUS = 64;

    /** Of a small limit so many parts are added for those. */
    private static final int SURPLUS_PARTS = 4;

    /** What one client of IPv6 usually has: as many addresses as it likes below this. */
    private static final int PREFIX_BYTES = 8;

    private final int most;
    private final OptionalInt mostPerClient;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<InetAddress, Integer> clients = new HashMap<>();
    private int admitted;
    private int surplus;

    ConnectionLimit(int most, OptionalInt mostPerClient) {
        this.most = most;
        this.mostPerClient = mostPerClient;
    }

    /** A connection that counts, until it is left. */
    final class Place {
        private final InetAddress client;
        private final Optional<Refusal> refusal;
        private boolean left;

        private Place(InetAddress client, Optional<Refusal> refusal) {
            this.client = client;
            this.refusal = refusal;
        }

        /** What every request over it is answered; empty if it is one of those that may be. */
        Optional<Refusal> refusal() {
            return refusal;
        }

        /** Makes room for another. Idempotent. */
        void leave() {
            lock.lock();
            try {
                if (!left) {
                    left = true;
                    release(this);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Takes a place for a connection; empty if there is not even one for one that is to be refused. */
    Optional<Place> enter(InetAddress address) {
        InetAddress client = client(address);
        lock.lock();
        try {
            Optional<Refusal> refusal = refusal(client);
            if (refusal.isPresent()) {
                if (surplus >= Math.min(MAX_SURPLUS, most / SURPLUS_PARTS + 1)) {
                    return Optional.empty();
                }
                surplus++;
            } else {
                admitted++;
                clients.merge(client, 1, Integer::sum);
            }
            return Optional.of(new Place(client, refusal));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Refusal> refusal(InetAddress client) {
        int own = clients.getOrDefault(client, 0);
        if (mostPerClient.isPresent() && own >= mostPerClient.getAsInt()) {
            return Optional.of(new Refusal(
                    Status.TOO_MANY_REQUESTS_429,
                    "one client may have at most " + own + " connections to this server"));
        }
        return admitted >= most
                ? Optional.of(new Refusal(
                        Status.SERVICE_UNAVAILABLE_503, "there are too many connections to this server; try again"))
                : Optional.empty();
    }

    private void release(Place place) {
        if (place.refusal.isPresent()) {
            surplus--;
        } else {
            admitted--;
            clients.computeIfPresent(place.client, (client, count) -> count == 1 ? null : count - 1);
        }
    }

    private static InetAddress client(InetAddress address) {
        if (address instanceof Inet6Address) {
            byte[] prefix = Arrays.copyOf(Arrays.copyOf(address.getAddress(), PREFIX_BYTES), 2 * PREFIX_BYTES);
            try {
                return InetAddress.getByAddress(prefix);
            } catch (UnknownHostException e) {
                throw new AssertionError("of the length of an address", e);
            }
        }
        return address;
    }
}
