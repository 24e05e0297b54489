package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lettuce.core.RedisClient;
import io.transit.core.TransferLimits;
import io.transit.redis.testing.Certificate;
import io.transit.redis.testing.ClusterServers;
import io.transit.redis.testing.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A node starts with whatever is at the address of Redis. What is wrong there it says once, in one line that tells what to do and
 * no password; and it is not connected.
 */
@Timeout(120)
class StartTest {
    @TempDir
    Path directory;

    private static void isTold(String uri, String what) throws Exception {
        isTold(RedisSettings.of(uri), what);
    }

    private static void isTold(RedisSettings settings, String what) throws Exception {
        try (var log = new LogLines(settings.uri());
                var node = new RedisRendezvous(settings, TransferLimits.DEFAULT)) {
            Errand.await(() -> !log.lines().isEmpty());
            assertThat(log.lines().get(0))
                    .startsWith("WARNING Redis at ")
                    .contains(what)
                    .endsWith("; until then this node knows of no other")
                    .doesNotContain("hunter2");
            assertThat(node.isConnected()).isFalse();
            Errand.deliver(node, node);
        }
    }

    @Test
    void nobody_listens() throws Exception {
        isTold("redis://:hunter2@127.0.0.1:" + RedisServer.freePort() + "/1", "nobody listens there");
        isTold("redis-cluster://:hunter2@127.0.0.1:" + RedisServer.freePort(), "nobody listens there");
        isTold("redis-sentinel://:hunter2@127.0.0.1:" + RedisServer.freePort() + "#main", "nobody listens there");
    }

    @Test
    void there_is_no_such_host() throws Exception {
        isTold("redis://me:hunter2@no-such-host.invalid", "no-such-host.invalid:6379 cannot be reached");
    }

    @Test
    void a_password_is_missing_or_wrong() throws Exception {
        try (var server = RedisServer.with("--requirepass", "secret")) {
            isTold(server.uri(), "wants a password");
            isTold(server.uri().replace("//", "//:hunter2@"), "does not accept the user or the password");
        }
    }

    @Test
    void a_database_or_a_cluster_is_not_there() throws Exception {
        try (var server = RedisServer.with()) {
            isTold(server.uri() + "/99", "has no database of the number");
            isTold(server.uri().replace("redis://", "redis-cluster://"), "is no Cluster");
        }
    }

    @Test
    void a_user_may_not_do_what_is_needed() throws Exception {
        try (var server =
                RedisServer.with("--user", "reader", "on", ">hunter2", "~*", "&*", "+@read", "+@connection")) {
            isTold(server.uri().replace("//", "//reader:hunter2@"), "denies this user what it needs");
        }
    }

    @ParameterizedTest
    @CsvSource({"allkeys-lru", "volatile-ttl", "allkeys-random"})
    void what_running_transfers_need_may_be_dropped(String policy) throws Exception {
        try (var server = RedisServer.with("--maxmemory", "100mb", "--maxmemory-policy", policy)) {
            isTold(server.uri(), "as its maxmemory-policy is " + policy + ": set it to noeviction");
        }
    }

    @Test
    void a_policy_that_never_applies_does_not_matter() {
        try (var server = RedisServer.with("--maxmemory", "0", "--maxmemory-policy", "allkeys-lru");
                var log = new LogLines(server.uri());
                var node = new RedisRendezvous(RedisSettings.of(server.uri()), TransferLimits.DEFAULT)) {
            Errand.await(node::isConnected);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void a_policy_that_cannot_be_seen_is_remarked_on() throws Exception {
        try (var server = RedisServer.with("--user", "shy", "on", ">hunter2", "~*", "&*", "+@all", "-info");
                var log = new LogLines(server.uri())) {
            Errand.run(RedisSettings.of(server.uri().replace("//", "//shy:hunter2@")));
            assertThat(log.lines())
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith("its maxmemory-policy has to be noeviction"));
        }
    }

    @Test
    void it_is_a_replica() throws Exception {
        try (var master = RedisServer.with();
                var server = RedisServer.with(
                        "--replicaof", "127.0.0.1 " + master.uri().replaceAll(".*:", ""))) {
            isTold(server.uri(), "is a replica");
        }
    }

    @Test
    void it_belongs_to_a_cluster() throws Exception {
        try (var servers = ClusterServers.start(0)) {
            isTold(servers.uri().replaceAll("redis-cluster(://[^,]*).*", "redis$1"), "belongs to a Cluster");
        }
    }

    @Test
    void tls_is_on_one_side_only_or_the_certificate_will_not_do() throws Exception {
        var elsewhere = Certificate.create(directory, "dns:elsewhere");
        try (var secure = RedisServer.with(elsewhere);
                var plain = RedisServer.with()) {
            // The handshakes of a slow machine take longer than an answer may.
            var patient = RedisSettings.of(secure.uri()).withTimeout(Duration.ofSeconds(6));
            isTold(patient, "has a certificate that is not trusted here");
            isTold(patient.withTrusted(elsewhere.file()), "has a certificate for another name");
            isTold(secure.uri().replace("rediss", "redis"), "does it want TLS");
            isTold(plain.uri().replace("redis:", "rediss:"), "is it TLS on both sides");
            Errand.run(RedisSettings.of(secure.uri() + "?verifyPeer=CA").withTrusted(elsewhere.file()));
            Errand.run(RedisSettings.of(secure.uri() + "?verifyPeer=NONE"));
        }
    }

    @Test
    void certificates_that_cannot_be_read_are_refused() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        for (Path file : new Path[] {empty, directory.resolve("missing.pem")}) {
            RedisSettings settings = RedisSettings.of("rediss://127.0.0.1").withTrusted(file);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RedisRendezvous(settings, TransferLimits.DEFAULT))
                    .withMessage("the file " + file + " cannot be read, or holds no certificates (PEM)");
        }
    }

    @Test
    void what_is_mended_is_noticed() {
        try (var server = RedisServer.with("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
                var log = new LogLines(server.uri());
                var node = new RedisRendezvous(RedisSettings.of(server.uri()), TransferLimits.DEFAULT)) {
            Errand.await(() -> !log.lines().isEmpty());
            try (var client = RedisClient.create(server.uri());
                    var connection = client.connect()) {
                connection.sync().configSet("maxmemory-policy", "noeviction");
            }
            Errand.await(node::isConnected);
            Errand.await(() -> log.lines().get(log.lines().size() - 1).matches("INFO Redis at .* is there"));
        }
    }

    @Test
    void a_redis_that_comes_later_and_goes_and_comes_again_is_told_of() {
        int port = RedisServer.freePort();
        String uri = "redis://127.0.0.1:" + port;
        try (var log = new LogLines(uri);
                var node = new RedisRendezvous(RedisSettings.of(uri), TransferLimits.DEFAULT)) {
            assertThat(node.isConnected()).isFalse();
            var first = RedisServer.onPort(port);
            // It is connected a moment before it says so.
            Errand.await(() -> log.lines().size() == 2 && node.isConnected());
            first.close();
            Errand.await(() -> log.lines().size() == 3);
            var second = RedisServer.onPort(port);
            Errand.await(() -> log.lines().size() == 4 && node.isConnected());
            second.close();
            assertThat(log.lines().subList(0, 4))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("nobody listens there"),
                            line -> assertThat(line).isEqualTo("INFO Redis at 127.0.0.1:" + port + " is there"),
                            line -> assertThat(line).contains("is gone; until it is back"),
                            line -> assertThat(line).isEqualTo("INFO Redis at 127.0.0.1:" + port + " is there"));
        }
    }
}
