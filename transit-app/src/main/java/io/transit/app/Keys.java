package io.transit.app;

import io.transit.http.AddressRange;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Every key there is, with its default. What each means is told in docs/configuration.md. */
final class Keys {
    static final Key<String> HOST = new Key<>("server.host", "0.0.0.0", Syntax.HOST);
    static final Key<Integer> PORT = new Key<>("server.port", "8080", Syntax.PORT);
    static final Key<String> PATH = new Key<>("server.path", "/", Syntax.PATH);

    static final Key<Optional<Path>> TLS_CERTIFICATE =
            new Key<>("transit.tls.certificate", Syntax.NONE, Syntax.FILE_OR_NONE);
    static final Key<Optional<Path>> TLS_KEY = new Key<>("transit.tls.key", Syntax.NONE, Syntax.FILE_OR_NONE);
    static final Key<List<AddressRange>> TRUSTED_PROXIES =
            new Key<>("transit.trusted-proxies", Syntax.NONE, Syntax.RANGES_OR_NONE);

    static final Key<Duration> WAIT_RECEIVER = new Key<>("transit.wait.receiver", "15m", Syntax.TIME);
    static final Key<Duration> WAIT_SENDER_MAX = new Key<>("transit.wait.sender-max", "300s", Syntax.TIME);
    static final Key<Duration> STALL = new Key<>("transit.stall", "60s", Syntax.TIME);
    static final Key<Duration> HEAD_DEADLINE = new Key<>("transit.head-deadline", "10s", Syntax.TIME);
    static final Key<Duration> IDLE = new Key<>("transit.idle", "20s", Syntax.TIME);
    static final Key<Duration> METADATA_DEADLINE = new Key<>("transit.metadata-deadline", "10s", Syntax.TIME);
    static final Key<Duration> HEARTBEAT = new Key<>("transit.heartbeat", "5s", Syntax.TIME);
    static final Key<Duration> GRACE_WAITING = new Key<>("transit.grace.waiting", "5s", Syntax.TIME_OR_ZERO);
    static final Key<Duration> GRACE_STREAMING = new Key<>("transit.grace.streaming", "30s", Syntax.TIME_OR_ZERO);
    static final Key<Duration> TAKE_OVER = new Key<>("transit.take-over", "5s", Syntax.TIME_OR_ZERO);
    static final Key<Integer> WINDOW_MEMORY = new Key<>("transit.window.memory", "1 MiB", Syntax.SIZE_IN_MEMORY);
    static final Key<Integer> WINDOW_REDIS = new Key<>("transit.window.redis", "4 MiB", Syntax.SIZE_IN_MEMORY);
    static final Key<Duration> STATUS_KEEP = new Key<>("transit.status.keep", "10m", Syntax.TIME_OR_ZERO);
    static final Key<Optional<URI>> REDIS_URL = new Key<>("transit.redis.url", Syntax.NONE, Syntax.REDIS);
    static final Key<Optional<Path>> REDIS_TLS_CA = new Key<>("transit.redis.tls.ca", Syntax.NONE, Syntax.FILE_OR_NONE);
    static final Key<String> REDIS_PREFIX = new Key<>("transit.redis.prefix", "transit", Syntax.PREFIX);
    static final Key<Integer> REDIS_RECORD = new Key<>("transit.redis.record", "508 KiB", Syntax.SIZE_IN_MEMORY);
    static final Key<Duration> REDIS_LEASE = new Key<>("transit.redis.lease", "15s", Syntax.TIME);
    static final Key<Duration> REDIS_RENEWAL = new Key<>("transit.redis.renewal", "5s", Syntax.TIME);
    static final Key<Duration> REDIS_COMMAND_TIMEOUT = new Key<>("transit.redis.command-timeout", "2s", Syntax.TIME);
    static final Key<Duration> DRAIN = new Key<>("transit.drain", "30s", Syntax.TIME_OR_ZERO);
    static final Key<Integer> MAX_CONNECTIONS = new Key<>("transit.max.connections", "20000", Syntax.COUNT);
    static final Key<OptionalInt> MAX_CONNECTIONS_PER_CLIENT =
            new Key<>("transit.max.connections-per-client", Syntax.NONE, Syntax.COUNT_OR_NONE);
    static final Key<Integer> MAX_TRANSFERS = new Key<>("transit.max.transfers", "10000", Syntax.COUNT);
    static final Key<Integer> MAX_MISSES = new Key<>("transit.max.misses", "30", Syntax.COUNT_OR_ZERO);
    static final Key<OptionalLong> MAX_SIZE = new Key<>("transit.max.size", Syntax.NONE, Syntax.SIZE_OR_NONE);
    static final Key<Integer> MANIFEST_MAX = new Key<>("transit.manifest.max", "1 MiB", Syntax.SIZE_IN_MEMORY);
    static final Key<Integer> MANIFEST_FILES = new Key<>("transit.manifest.files", "10000", Syntax.COUNT);

    static final List<Key<?>> ALL = List.of(
            HOST,
            PORT,
            PATH,
            TLS_CERTIFICATE,
            TLS_KEY,
            TRUSTED_PROXIES,
            WAIT_RECEIVER,
            WAIT_SENDER_MAX,
            STALL,
            HEAD_DEADLINE,
            IDLE,
            METADATA_DEADLINE,
            HEARTBEAT,
            GRACE_WAITING,
            GRACE_STREAMING,
            TAKE_OVER,
            WINDOW_MEMORY,
            WINDOW_REDIS,
            STATUS_KEEP,
            REDIS_URL,
            REDIS_TLS_CA,
            REDIS_PREFIX,
            REDIS_RECORD,
            REDIS_LEASE,
            REDIS_RENEWAL,
            REDIS_COMMAND_TIMEOUT,
            DRAIN,
            MAX_CONNECTIONS,
            MAX_CONNECTIONS_PER_CLIENT,
            MAX_TRANSFERS,
            MAX_MISSES,
            MAX_SIZE,
            MANIFEST_MAX,
            MANIFEST_FILES);

    private Keys() {}
}
