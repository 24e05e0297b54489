package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.Offer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What an operator can choose of the endpoints. Begin with {@link #DEFAULT} and change what differs; components may join
 * this record in later versions.
 *
 * @param waitReceiver how long a sender is held until its receiver comes
 * @param waitSenderMax the most that a receiver may ask to wait for its sender
 * @param heartbeat how often a sign of life goes to a sender that watches and waits
 * @param maxSize the most bytes that a file may have, or empty for any number
 * @param metadataDeadline how long a WebSocket sender may take to say what it sends
 * @param headDeadline how long a client may take to send the head of a request: of its first one, from the beginning of the
 *     connection, and of any other from its first byte
 * @param idle how long a connection is kept on which there is no request
 * @param maxConnections the most connections at a time; some more are told that there are too many
 * @param maxConnectionsPerClient the most of one address, or, of IPv6, of one network of 64 bits; empty for any number, as
 *     behind a proxy that is not trusted all have its address
 * @param maxMisses how often such a client may ask for a transfer that is not there, in a minute; 0 for any number
 * @param maxManifest the most bytes of a message that offers files over a WebSocket
 * @param maxManifestFiles the most files of an offer
 * @param trustedProxies the proxies that are believed whom they speak for, and whether that client came with TLS
 */
public record HttpSettings(
        Duration waitReceiver,
        Duration waitSenderMax,
        Duration heartbeat,
        OptionalLong maxSize,
        Duration metadataDeadline,
        Duration headDeadline,
        Duration idle,
        int maxConnections,
        OptionalInt maxConnectionsPerClient,
        int maxMisses,
        int maxManifest,
        int maxManifestFiles,
        List<AddressRange> trustedProxies) {
    /**
     * 15 minutes of waiting for a receiver, up to 5 for a sender, a heartbeat every 5 seconds, files of any size, 10 seconds
     * for metadata and for a head, and 20 between requests; 20,000 connections, of any client; 30 misses a minute; offers of
     * 1 MiB and 10,000 files; no proxies.
     */
    public static final HttpSettings DEFAULT = new HttpSettings(
            Offer.DEFAULT_PATIENCE,
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            OptionalLong.empty(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            20_000,
            OptionalInt.empty(),
            30,
            1 << 20,
            10_000,
            List.of());

    /**
     * Checks all of them.
     *
     * @throws IllegalArgumentException if a time or another limit is not positive, or the size or the number of misses is negative
     */
    public HttpSettings {
        require(waitReceiver.isPositive(), "waitReceiver is a positive time");
        require(waitSenderMax.isPositive(), "waitSenderMax is a positive time");
        require(heartbeat.isPositive(), "heartbeat is a positive time");
        require(maxSize.orElse(0) >= 0, "maxSize is not negative");
        require(metadataDeadline.isPositive(), "metadataDeadline is a positive time");
        require(headDeadline.isPositive(), "headDeadline is a positive time");
        require(idle.isPositive(), "idle is a positive time");
        require(maxConnections > 0, "maxConnections is positive");
        require(maxConnectionsPerClient.orElse(1) > 0, "maxConnectionsPerClient is positive");
        require(maxMisses >= 0, "maxMisses is not negative");
        require(maxManifest > 0, "maxManifest is positive");
        require(maxManifestFiles > 0, "maxManifestFiles is positive");
        trustedProxies = List.copyOf(trustedProxies);
    }

    /**
     * Changes how long a sender is held.
     *
     * @param time a positive duration
     * @return these settings, with that time
     */
    public HttpSettings withWaitReceiver(Duration time) {
        return with(draft -> draft.waitReceiver = time);
    }

    /**
     * Changes how long a receiver may wait for its sender.
     *
     * @param time a positive duration
     * @return these settings, with that limit
     */
    public HttpSettings withWaitSenderMax(Duration time) {
        return with(draft -> draft.waitSenderMax = time);
    }

    /**
     * Changes how often a sign of life goes out.
     *
     * @param time a positive duration
     * @return these settings, with that time
     */
    public HttpSettings withHeartbeat(Duration time) {
        return with(draft -> draft.heartbeat = time);
    }

    /**
     * Changes how large a file may be.
     *
     * @param bytes from 0
     * @return these settings, with that limit
     */
    public HttpSettings withMaxSize(long bytes) {
        return with(draft -> draft.maxSize = OptionalLong.of(bytes));
    }

    /**
     * Changes how long a WebSocket sender may take to say what it sends.
     *
     * @param time a positive duration
     * @return these settings, with that time
     */
    public HttpSettings withMetadataDeadline(Duration time) {
        return with(draft -> draft.metadataDeadline = time);
    }

    /**
     * Changes how long a client may take to send the head of a request.
     *
     * @param time a positive duration
     * @return these settings, with that time
     */
    public HttpSettings withHeadDeadline(Duration time) {
        return with(draft -> draft.headDeadline = time);
    }

    /**
     * Changes how long a connection is kept on which there is no request.
     *
     * @param time a positive duration
     * @return these settings, with that time
     */
    public HttpSettings withIdle(Duration time) {
        return with(draft -> draft.idle = time);
    }

    /**
     * Changes how many connections there may be.
     *
     * @param count from 1
     * @return these settings, with that limit
     */
    public HttpSettings withMaxConnections(int count) {
        return with(draft -> draft.maxConnections = count);
    }

    /**
     * Changes how many connections one client may have.
     *
     * @param count from 1
     * @return these settings, with that limit
     */
    public HttpSettings withMaxConnectionsPerClient(int count) {
        return with(draft -> draft.maxConnectionsPerClient = OptionalInt.of(count));
    }

    /**
     * Changes how often one client may ask for a transfer that is not there.
     *
     * @param count a minute; 0 for any number
     * @return these settings, with that limit
     */
    public HttpSettings withMaxMisses(int count) {
        return with(draft -> draft.maxMisses = count);
    }

    /**
     * Changes how large a message that offers files may be.
     *
     * @param bytes from 1
     * @return these settings, with that limit
     */
    public HttpSettings withMaxManifest(int bytes) {
        return with(draft -> draft.maxManifest = bytes);
    }

    /**
     * Changes how many files an offer may have.
     *
     * @param count from 1
     * @return these settings, with that limit
     */
    public HttpSettings withMaxManifestFiles(int count) {
        return with(draft -> draft.maxManifestFiles = count);
    }

    /**
     * Changes which proxies are believed whom they speak for.
     *
     * @param ranges their addresses
     * @return these settings, with those proxies
     */
    public HttpSettings withTrustedProxies(List<AddressRange> ranges) {
        return with(draft -> draft.trustedProxies = ranges);
    }

    /** Refuses a file of so many bytes, or one of which so many have come, if that is more than allowed. */
    void requireAllowed(long bytes) {
        long most = maxSize.orElse(Long.MAX_VALUE);
        if (bytes > most) {
            throw new Refusal(Status.REQUEST_ENTITY_TOO_LARGE_413, "a file may have at most " + most + " bytes here");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private HttpSettings with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings while one of them is changed. */
    private static final class Draft {
        private Duration waitReceiver;
        private Duration waitSenderMax;
        private Duration heartbeat;
        private OptionalLong maxSize;
        private Duration metadataDeadline;
        private Duration headDeadline;
        private Duration idle;
        private int maxConnections;
        private OptionalInt maxConnectionsPerClient;
        private int maxMisses;
        private int maxManifest;
        private int maxManifestFiles;
        private List<AddressRange> trustedProxies;

        Draft(HttpSettings settings) {
            waitReceiver = settings.waitReceiver;
            waitSenderMax = settings.waitSenderMax;
            heartbeat = settings.heartbeat;
            maxSize = settings.maxSize;
            metadataDeadline = settings.metadataDeadline;
            headDeadline = settings.headDeadline;
            idle = settings.idle;
            maxConnections = settings.maxConnections;
            maxConnectionsPerClient = settings.maxConnectionsPerClient;
            maxMisses = settings.maxMisses;
            maxManifest = settings.maxManifest;
            maxManifestFiles = settings.maxManifestFiles;
            trustedProxies = settings.trustedProxies;
        }

        HttpSettings settings() {
            return new HttpSettings(
                    waitReceiver,
                    waitSenderMax,
                    heartbeat,
                    maxSize,
                    metadataDeadline,
                    headDeadline,
                    idle,
                    maxConnections,
                    maxConnectionsPerClient,
                    maxMisses,
                    maxManifest,
                    maxManifestFiles,
                    trustedProxies);
        }
    }
}
