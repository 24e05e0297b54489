package io.transit.redis;

import io.transit.core.TransferException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a node reaches its Redis, and what it keeps there. Begin with {@link #of} and change what differs; components may join
 * this record in later versions.
 *
 * <p>A single Redis is {@code redis://[[user:]password@]host[:port][/database]}. A master that Sentinels name is
 * {@code redis-sentinel://[[user:]password@]host[:port],host2[:port][/database]#master}; if they want a password themselves,
 * it is given as {@code ?sentinelPassword=} before the {@code #}. A Cluster is
 * {@code redis-cluster://[[user:]password@]host[:port],host2[:port]}, any of its nodes. With TLS they begin with
 * {@code rediss://}, {@code rediss-sentinel://} and {@code rediss-cluster://}; {@code ?verifyPeer=CA} then takes a certificate
 * for another name than the host's, {@code ?verifyPeer=NONE} any.
 *
 * @param uri where Redis is
 * @param trusted a file of certificates (PEM), one of which is to stand behind that of a Redis with TLS; without it those that
 *     Java trusts
 * @param prefix what the names of keys and channels begin with, without curly brackets
 * @param window the most bytes in flight of a transfer between two nodes: sent, and not yet let go by the receiver; Redis needs
 *     up to two records more, while it takes one in and passes one on
 * @param record the most bytes of payload in one element of a queue; a little less than a power of two wastes the least, as
 *     Redis adds some bytes of its own before it rounds up
 * @param lease how long after its last sign of life a node counts as lost
 * @param renewal how often a node gives a sign of life; less than half of the lease
 * @param timeout how long a command may take
 */
public record RedisSettings(
        String uri,
        Optional<Path> trusted,
        String prefix,
        int window,
        int record,
        Duration lease,
        Duration renewal,
        Duration timeout) {
    /**
     * Checks all of them.
     *
     * @throws TransferException.Rejected if a number or a duration is not positive, or the renewal comes too late
     */
    public RedisSettings {
        require(!uri.isBlank(), "uri", "a Redis has an address");
        require(!prefix.isBlank(), "prefix", "the names of keys begin with something");
        require(!prefix.matches(".*[{}].*"), "prefix", "what is in curly brackets decides where a Cluster keeps a key");
        require(window > 0, "window", "a window has at least one byte");
        require(record > 0, "record", "a record has at least one byte");
        require(renewal.isPositive(), "renewal", "the time between two renewals is positive");
        require(
                renewal.multipliedBy(2).compareTo(lease) < 0,
                "renewal",
                "a lease is renewed at least twice in its time");
        require(timeout.isPositive(), "timeout", "a command may take some time");
    }

    /**
     * Takes what is not said otherwise: keys that begin with {@code transit}, 4 MiB in flight in records of 508 KiB, a lease
     * of 15 s that is renewed every 5 s, and 2 s for a command.
     *
     * @param uri where Redis is
     * @return the plainest settings
     */
    public static RedisSettings of(String uri) {
        return new RedisSettings(
                uri,
                Optional.empty(),
                "transit",
                4 << 20,
                508 << 10,
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2));
    }

    /**
     * Changes whom to trust.
     *
     * @param certificates a file of them, as PEM
     * @return these settings, with that trust
     */
    public RedisSettings withTrusted(Path certificates) {
        return new RedisSettings(uri, Optional.of(certificates), prefix, window, record, lease, renewal, timeout);
    }

    /**
     * Changes what the names of keys and channels begin with.
     *
     * @param text not blank, and without curly brackets
     * @return these settings, with that prefix
     */
    public RedisSettings withPrefix(String text) {
        return new RedisSettings(uri, trusted, text, window, record, lease, renewal, timeout);
    }

    /**
     * Changes what may be in flight between two nodes.
     *
     * @param bytes at least 1
     * @param perRecord how many of them one element of a queue may hold, at least 1
     * @return these settings, with that window
     */
    public RedisSettings withWindow(int bytes, int perRecord) {
        return new RedisSettings(uri, trusted, prefix, bytes, perRecord, lease, renewal, timeout);
    }

    /**
     * Changes when a node counts as lost.
     *
     * @param time after its last sign of life
     * @param every how often it gives one
     * @return these settings, with that lease
     */
    public RedisSettings withLease(Duration time, Duration every) {
        return new RedisSettings(uri, trusted, prefix, window, record, time, every, timeout);
    }

    /**
     * Changes how long a command may take.
     *
     * @param time a positive duration
     * @return these settings, with that time
     */
    public RedisSettings withTimeout(Duration time) {
        return new RedisSettings(uri, trusted, prefix, window, record, lease, renewal, time);
    }

    /** Leaves out the address, which may hold a password. */
    @Override
    public String toString() {
        return "RedisSettings[prefix=" + prefix + ", window=" + window + ", record=" + record + ", lease=" + lease
                + ", renewal=" + renewal + ", timeout=" + timeout + "]";
    }

    private static void require(boolean holds, String field, String why) {
        if (!holds) {
            throw new TransferException.Rejected(field, why);
        }
    }
}
