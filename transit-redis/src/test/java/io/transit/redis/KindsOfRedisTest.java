package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.transit.redis.testing.Certificate;
import io.transit.redis.testing.ClusterServers;
import io.transit.redis.testing.RedisServer;
import io.transit.redis.testing.SentinelServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of Redis that an address may name serves two nodes. */
@Timeout(120)
class KindsOfRedisTest {
    @TempDir
    Path directory;

    @Test
    void a_master_that_sentinels_name() throws Exception {
        try (var servers = SentinelServers.start(1)) {
            Errand.run(RedisSettings.of(servers.uri()));
        }
    }

    @Test
    void a_cluster_with_keys_in_all_its_nodes() throws Exception {
        try (var servers = ClusterServers.start(0)) {
            for (int i = 0; i < 5; i++) {
                Errand.run(RedisSettings.of(servers.uri()).withPrefix("of:us"));
            }
            assertThat(servers.keys()).isNotEmpty().allMatch(key -> key.startsWith("of:us:{"));
        }
    }

    @Test
    void one_with_tls_whose_certificate_is_trusted_here_alone() throws Exception {
        var certificate = Certificate.create(directory, "ip:127.0.0.1");
        try (var server = RedisServer.with(certificate)) {
            Errand.run(RedisSettings.of(server.uri()).withTrusted(certificate.file()));
        }
    }

    @Test
    void one_with_a_password_and_another_database() throws Exception {
        try (var server = RedisServer.with("--requirepass", "p@ss/word")) {
            String authority = server.uri().replace("redis://", "redis://:p%40ss%2Fword@");
            Errand.run(RedisSettings.of(authority + "/3"));
            try (var client = RedisClient.create(authority);
                    var connection = client.connect()) {
                assertThat(connection.sync().dbsize()).isZero();
                connection.sync().select(3);
                assertThat(connection.sync().dbsize()).isPositive();
            }
        }
    }
}
