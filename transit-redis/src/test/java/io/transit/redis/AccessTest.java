package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import io.transit.redis.testing.ClusterServers;
import io.transit.redis.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user with no more rights than docs/operations.md gives it can do all that a node does, and needs all of them. */
@Timeout(120)
class AccessTest {
    private static final String COMMAND = "ACL SETUSER transit ";

    private static String[] options() throws IOException {
        String line = Files.readAllLines(Path.of("..", "docs", "operations.md")).stream()
                .filter(candidate -> candidate.startsWith(COMMAND))
                .findFirst()
                .orElseThrow();
        return ("--user transit " + line.substring(COMMAND.length())).split(" ");
    }

    private static String as(String uri) {
        return uri.replace("//", "//transit:a-long-password@");
    }

    @Test
    void the_rights_are_enough_for_a_single_one() throws Exception {
        try (var server = RedisServer.with(options());
                var log = new LogLines(server.uri())) {
            Errand.run(RedisSettings.of(as(server.uri())));
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void the_rights_are_enough_for_a_cluster() throws Exception {
        try (var servers = ClusterServers.start(0, options());
                var log = new LogLines(servers.uri())) {
            Errand.run(RedisSettings.of(as(servers.uri())));
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void the_rights_do_not_reach_the_keys_of_others() throws Exception {
        try (var server = RedisServer.with(options());
                var log = new LogLines(server.uri());
                var node = new RedisRendezvous(
                        RedisSettings.of(as(server.uri())).withPrefix("other"), TransferLimits.DEFAULT)) {
            Errand.await(() -> !log.lines().isEmpty());
            assertThat(log.lines().get(0)).contains("denies this user what it needs");
            assertThat(node.isConnected()).isFalse();
        }
    }
}
