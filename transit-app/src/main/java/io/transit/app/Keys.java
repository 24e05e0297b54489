package io.transit.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Every key there is, with its default. What each means is told in docs/configuration.md. */
final class Keys {
    static final Key<String> HOST = Key.now("server.host", "0.0.0.0", Syntax.HOST);
    static final Key<Integer> PORT = Key.now("server.port", "8080", Syntax.PORT);
    static final Key<String> PATH = Key.now("server.path", "/", Syntax.PATH);

    static final Key<Duration> WAIT_RECEIVER = Key.now("transit.wait.receiver", "15m", Syntax.TIME);
    static final Key<Duration> WAIT_SENDER_MAX = Key.now("transit.wait.sender-max", "300s", Syntax.TIME);
    static final Key<Duration> STALL = Key.now("transit.stall", "60s", Syntax.TIME);
    static final Key<Duration> HEAD_DEADLINE = Key.now("transit.head-deadline", "10s", Syntax.TIME);
    static final Key<Duration> IDLE = Key.now("transit.idle", "20s", Syntax.TIME);
    static final Key<Duration> METADATA_DEADLINE = Key.now("transit.metadata-deadline", "10s", Syntax.TIME);
    static final Key<Duration> HEARTBEAT = Key.now("transit.heartbeat", "5s", Syntax.TIME);
    static final Key<Duration> GRACE_WAITING = Key.later("transit.grace.waiting", "5s", Syntax.TIME_OR_ZERO);
    static final Key<Duration> GRACE_STREAMING = Key.later("transit.grace.streaming", "30s", Syntax.TIME_OR_ZERO);
    static final Key<Duration> TAKE_OVER = Key.now("transit.take-over", "5s", Syntax.TIME_OR_ZERO);
    static final Key<Integer> WINDOW_MEMORY = Key.now("transit.window.memory", "1 MiB", Syntax.SIZE_IN_MEMORY);
    static final Key<Integer> WINDOW_REDIS = Key.now("transit.window.redis", "6 MiB", Syntax.SIZE_IN_MEMORY);
    static final Key<Duration> STATUS_KEEP = Key.now("transit.status.keep", "10m", Syntax.TIME_OR_ZERO);
    static final Key<Optional<URI>> REDIS_URL = Key.now("transit.redis.url", Syntax.NONE, Syntax.REDIS);
    static final Key<Optional<Path>> REDIS_TLS_CA = Key.now("transit.redis.tls.ca", Syntax.NONE, Syntax.FILE_OR_NONE);
    static final Key<String> REDIS_PREFIX = Key.now("transit.redis.prefix", "transit", Syntax.PREFIX);
    static final Key<Integer> REDIS_RECORD = Key.now("transit.redis.record", "1020 KiB", Syntax.SIZE_IN_MEMORY);
    static final Key<Duration> REDIS_LEASE = Key.now("transit.redis.lease", "15s", Syntax.TIME);
    static final Key<Duration> REDIS_RENEWAL = Key.now("transit.redis.renewal", "5s", Syntax.TIME);
    static final Key<Duration> REDIS_COMMAND_TIMEOUT = Key.now("transit.redis.command-timeout", "2s", Syntax.TIME);
    static final Key<Duration> DRAIN = Key.now("transit.drain", "30s", Syntax.TIME_OR_ZERO);
    static final Key<Integer> MAX_CONNECTIONS = Key.now("transit.max.connections", "20000", Syntax.COUNT);
    static final Key<OptionalInt> MAX_CONNECTIONS_PER_CLIENT =
            Key.now("transit.max.connections-per-client", Syntax.NONE, Syntax.COUNT_OR_NONE);
    static final Key<Integer> MAX_TRANSFERS = Key.now("transit.max.transfers", "10000", Syntax.COUNT);
    static final Key<OptionalLong> MAX_SIZE = Key.now("transit.max.size", Syntax.NONE, Syntax.SIZE_OR_NONE);
    static final Key<Integer> MANIFEST_MAX = Key.later("transit.manifest.max", "1 MiB", Syntax.SIZE_IN_MEMORY);
    static final Key<Integer> MANIFEST_FILES = Key.later("transit.manifest.files", "10000", Syntax.COUNT);

    static final List<Key<?>> ALL = List.of(
            HOST,
            PORT,
            PATH,
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
            MAX_SIZE,
            MANIFEST_MAX,
            MANIFEST_FILES);

    private Keys() {}
}
