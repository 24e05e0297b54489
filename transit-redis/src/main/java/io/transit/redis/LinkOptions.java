package io.transit.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How connections behave, to whatever kind of Redis. */
final class LinkOptions {
    /** A peer that is cut off, rather than dead, is noticed after three of these. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private static final int KEEP_ALIVE_COUNT = 3;
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

    /** What is left of the 10 s within which the loss of the store is to be told. */
    private static final Duration PUSH_TIMEOUT = Duration.ofSeconds(7);

    private static final class PushTimeout extends TimeoutOptions.TimeoutSource {
        @Override
        public long getTimeout(@Nullable RedisCommand<?, ?, ?> command) {
            return command != null && command.getType() == CommandType.EXEC ? PUSH_TIMEOUT.toMillis() : 0;
        }
    }

    private LinkOptions() {}

    /** What threads and timers the connections share; its owner shuts it down. */
    static ClientResources resources() {
        return DefaultClientResources.builder()
                .nettyCustomizer(new RecordPipeline())
                .reconnectDelay(() -> Delay.exponential(Duration.ofMillis(20), LONGEST_DELAY, 2, TimeUnit.MILLISECONDS))
                .build();
    }

    /** Returns the same address, with what every connection is to have. */
    static RedisURI complete(RedisURI uri, RedisSettings settings) {
        uri.setTimeout(settings.timeout());
        uri.setClientName("transit");
        uri.getSentinels().forEach(sentinel -> sentinel.setTimeout(settings.timeout()));
        return uri;
    }

    /** A connection that comes back by itself, and on which every command is answered in time. */
    static ClientOptions returning(RedisSettings settings) {
        return options(settings)
                .autoReconnect(true)
                .timeoutOptions(TimeoutOptions.enabled(settings.timeout()))
                .build();
    }

    /** A connection that stays broken once it is. A pop may block for longer than a command takes; a push ends with EXEC. */
    static ClientOptions single(RedisSettings settings) {
        return options(settings)
                .autoReconnect(false)
                .timeoutOptions(TimeoutOptions.builder()
                        .timeoutCommands(true)
                        .timeoutSource(new PushTimeout())
                        .build())
                .build();
    }

    private static ClientOptions.Builder options(RedisSettings settings) {
        return ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                // What was sent and not answered is not sent again: nobody knows whether it was done.
                .replayFilter(command -> true)
                .sslOptions(tls(settings))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.timeout())
                        .tcpNoDelay(true)
                        .keepAlive(SocketOptions.KeepAliveOptions.builder()
                                .enable()
                                .idle(KEEP_ALIVE)
                                .interval(KEEP_ALIVE)
                                .count(KEEP_ALIVE_COUNT)
                                .build())
                        .build());
    }

    private static SslOptions tls(RedisSettings settings) {
        var options = SslOptions.builder().jdkSslProvider().handshakeTimeout(settings.timeout());
        settings.trusted()
                .ifPresent(file -> options.trustManager(certificates(file).toFile()));
        return options.build();
    }

    /** Checks now what would be found out at the first connection only. */
    private static Path certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty()) {
                return file;
            }
        } catch (IOException | CertificateException e) {
            // As if there were none.
        }
        throw new IllegalArgumentException("the file " + file + " cannot be read, or holds no certificates (PEM)");
    }
}
