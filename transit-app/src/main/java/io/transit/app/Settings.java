package io.transit.app;

import io.transit.core.TransferLimits;
import io.transit.http.AddressRange;
import io.transit.http.HttpSettings;
import io.transit.redis.RedisSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * All that can be configured, checked. The components are named as the keys in docs/configuration.md, which tells what
 * each means.
 */
record Settings(
        Server server,
        Tls tls,
        List<AddressRange> trustedProxies,
        Waits waits,
        Duration stall,
        Deadlines deadlines,
        Duration heartbeat,
        Grace grace,
        Duration takeOver,
        Window window,
        Duration statusKeep,
        Redis redis,
        Duration drain,
        Max max,
        Manifest manifest) {
    /** Where to listen, and what the path of every link begins with; port 0 takes any free one. */
    record Server(String host, int port, String path) {}

    /** What this node shows to clients that come with TLS; with neither file none do. */
    record Tls(Optional<Path> certificate, Optional<Path> key) {}

    /** How long one side waits for the other. */
    record Waits(Duration receiver, Duration senderMax) {}

    /** How long a client may take to say what it wants, and to want something else. */
    record Deadlines(Duration head, Duration idle, Duration metadata) {}

    /** How long a sender that lost its connection may come back. */
    record Grace(Duration waiting, Duration streaming) {}

    /** The most bytes in flight per transfer. */
    record Window(int memory, int redis) {}

    /** The store between the nodes; without a URL there is one node. */
    record Redis(
            Optional<URI> url,
            Optional<Path> tlsCa,
            String prefix,
            int record,
            Duration lease,
            Duration renewal,
            Duration commandTimeout) {}

    /** What a node takes on at most; the size is that of a transfer, in bytes. */
    record Max(int connections, OptionalInt connectionsPerClient, int transfers, int misses, OptionalLong size) {}

    /** What a list of files takes up at most, in bytes and in files. */
    record Manifest(int max, int files) {}

    /**
     * Reads the configuration of this process. System properties win over environment variables, these over a file, and
     * that over the defaults.
     *
     * @param file the file that was asked for; if empty, the one that {@code TRANSIT_CONFIG} names, or else
     *     {@code transit.yaml} if the directory has one
     * @param directory the working directory
     * @throws StartException if anything in it is wrong
     */
    static Settings load(Optional<Path> file, Path directory, Properties properties, Map<String, String> environment) {
        List<Source> sources = new ArrayList<>();
        sources.add(SystemProperties.of(properties));
        sources.add(Environment.of(environment));
        file.or(() -> Optional.ofNullable(environment.get("TRANSIT_CONFIG"))
                        .filter(path -> !path.isEmpty())
                        .map(Path::of))
                .or(() -> Optional.of(directory.resolve("transit.yaml")).filter(Files::exists))
                .ifPresent(path -> sources.add(ConfigFile.read(path)));
        return of(new Values(sources));
    }

    /**
     * Makes settings of values.
     *
     * @throws StartException if one is wrong, or two do not go together
     */
    static Settings of(Values values) {
        return new Settings(
                new Server(values.get(Keys.HOST), values.get(Keys.PORT), values.get(Keys.PATH)),
                new Tls(values.get(Keys.TLS_CERTIFICATE), values.get(Keys.TLS_KEY)),
                values.get(Keys.TRUSTED_PROXIES),
                new Waits(values.get(Keys.WAIT_RECEIVER), values.get(Keys.WAIT_SENDER_MAX)),
                values.get(Keys.STALL),
                new Deadlines(
                        values.get(Keys.HEAD_DEADLINE), values.get(Keys.IDLE), values.get(Keys.METADATA_DEADLINE)),
                values.get(Keys.HEARTBEAT),
                new Grace(values.get(Keys.GRACE_WAITING), values.get(Keys.GRACE_STREAMING)),
                values.get(Keys.TAKE_OVER),
                new Window(values.get(Keys.WINDOW_MEMORY), values.get(Keys.WINDOW_REDIS)),
                values.get(Keys.STATUS_KEEP),
                redis(values),
                values.get(Keys.DRAIN),
                new Max(
                        values.get(Keys.MAX_CONNECTIONS),
                        values.get(Keys.MAX_CONNECTIONS_PER_CLIENT),
                        values.get(Keys.MAX_TRANSFERS),
                        values.get(Keys.MAX_MISSES),
                        values.get(Keys.MAX_SIZE)),
                new Manifest(values.get(Keys.MANIFEST_MAX), values.get(Keys.MANIFEST_FILES)));
    }

    /** Returns what bounds the rendezvous. */
    TransferLimits transferLimits() {
        return TransferLimits.DEFAULT
                .withWindow(window.memory())
                .withStall(stall)
                .withGrace(grace.waiting(), grace.streaming())
                .withStatusKeep(statusKeep)
                .withTakeOver(takeOver)
                .withMaxTransfers(max.transfers());
    }

    /** Returns what bounds the endpoints. */
    HttpSettings httpSettings() {
        return new HttpSettings(
                waits.receiver(),
                waits.senderMax(),
                heartbeat,
                max.size(),
                deadlines.metadata(),
                deadlines.head(),
                deadlines.idle(),
                max.connections(),
                max.connectionsPerClient(),
                max.misses(),
                manifest.max(),
                manifest.files(),
                trustedProxies);
    }

    /** Returns how the nodes reach each other; empty if this is the only one. */
    Optional<RedisSettings> redisSettings() {
        return redis.url().map(url -> {
            RedisSettings standard = RedisSettings.of(url.toString());
            RedisSettings named = standard.withPrefix(redis.prefix())
                    .withWindow(window.redis(), Math.min(redis.record(), window.redis()))
                    .withLease(redis.lease(), redis.renewal())
                    .withTimeout(redis.commandTimeout());
            return redis.tlsCa().map(named::withTrusted).orElse(named);
        });
    }

    private static Redis redis(Values values) {
        var redis = new Redis(
                values.get(Keys.REDIS_URL),
                values.get(Keys.REDIS_TLS_CA),
                values.get(Keys.REDIS_PREFIX),
                values.get(Keys.REDIS_RECORD),
                values.get(Keys.REDIS_LEASE),
                values.get(Keys.REDIS_RENEWAL),
                values.get(Keys.REDIS_COMMAND_TIMEOUT));
        if (redis.renewal().multipliedBy(2).compareTo(redis.lease()) >= 0) {
            throw values.refuse(
                    Keys.REDIS_RENEWAL, "less than half of " + Keys.REDIS_LEASE.name() + ", which is " + redis.lease());
        }
        return redis;
    }
}
