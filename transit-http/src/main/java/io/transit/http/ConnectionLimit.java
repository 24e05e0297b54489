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
    private final Proxies proxies;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<InetAddress, Integer> clients = new HashMap<>();
    private int admitted;
    private int surplus;

    /**
     * Begins to count.
     *
     * @param proxies whose connections are none of a client, but for as long as they serve one
     */
    ConnectionLimit(int most, OptionalInt mostPerClient, Proxies proxies) {
        this.most = most;
        this.mostPerClient = mostPerClient;
        this.proxies = proxies;
    }

    /** A connection that counts, until it is left. */
    final class Place {
        private final boolean isSurplus;
        private Optional<InetAddress> client;
        private Optional<Refusal> refusal;
        private boolean left;

        private Place(Optional<InetAddress> client, Optional<Refusal> refusal) {
            this.isSurplus = refusal.isPresent();
            this.client = client;
            this.refusal = refusal;
        }

        /** What every request over it is answered; empty if it is one of those that may be. */
        Optional<Refusal> refusal() {
            return refusal;
        }

        /** Notes whom a proxy's connection serves from now on: it counts as one of that client, if that may have one more. */
        void serve(InetAddress address) {
            if (isSurplus || mostPerClient.isEmpty() || client.equals(Optional.of(client(address)))) {
                return;
            }
            lock.lock();
            try {
                client.ifPresent(ConnectionLimit.this::leave);
                refusal = tooManyOf(client(address));
                client = refusal.isPresent() ? Optional.empty() : Optional.of(client(address));
                client.ifPresent(ConnectionLimit.this::enter);
            } finally {
                lock.unlock();
            }
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
    Optional<Place> admit(InetAddress address) {
        Optional<InetAddress> client =
                Optional.of(address).filter(it -> !proxies.contains(it)).map(ConnectionLimit::client);
        lock.lock();
        try {
            Optional<Refusal> refusal = client.flatMap(this::tooManyOf).or(this::tooMany);
            if (refusal.isPresent()) {
                if (surplus >= Math.min(MAX_SURPLUS, most / SURPLUS_PARTS + 1)) {
                    return Optional.empty();
                }
                surplus++;
            } else {
                admitted++;
                client.ifPresent(this::enter);
            }
            return Optional.of(new Place(client, refusal));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Refusal> tooManyOf(InetAddress client) {
        int own = clients.getOrDefault(client, 0);
        return mostPerClient.isPresent() && own >= mostPerClient.getAsInt()
                ? Optional.of(new Refusal(
                        Status.TOO_MANY_REQUESTS_429,
                        "one client may have at most " + own + " connections to this server"))
                : Optional.empty();
    }

    private Optional<Refusal> tooMany() {
        return admitted >= most
                ? Optional.of(new Refusal(
                        Status.SERVICE_UNAVAILABLE_503, "there are too many connections to this server; try again"))
                : Optional.empty();
    }

    private void release(Place place) {
        if (place.isSurplus) {
            surplus--;
        } else {
            admitted--;
            place.client.ifPresent(this::leave);
        }
    }

    private void enter(InetAddress client) {
        clients.merge(client, 1, Integer::sum);
    }

    private void leave(InetAddress client) {
        clients.computeIfPresent(client, (who, count) -> count == 1 ? null : count - 1);
    }

    /** What counts as one client: an address, or, of IPv6, the network that it is in. */
    static InetAddress client(InetAddress address) {
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
