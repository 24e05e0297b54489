package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helidon.logging.common.LogConfig;
import io.transit.redis.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class NodeTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void logAsTheProgramDoes() {
        LogConfig.configureRuntime();
    }

    @ParameterizedTest
    @CsvSource({"live", "ready", "started"})
    void a_running_node_answers_200(String question) throws Exception {
        try (var rendezvous = new DrainingRendezvous()) {
            Node node = Node.start(settings("127.0.0.1", 0), rendezvous);
            assertThat(health(node, question).statusCode()).isEqualTo(200);
            node.drain();
        }
    }

    @Test
    void a_draining_node_is_alive_but_not_ready_until_it_stops() throws Exception {
        try (var rendezvous = new DrainingRendezvous().holding()) {
            Node node = Node.start(settings("127.0.0.1", 0), rendezvous);
            Thread draining = Thread.ofVirtual().start(node::drain);

            assertThat(rendezvous.awaitShutdown()).isEqualTo(Duration.ofSeconds(7));
            assertThat(health(node, "ready").statusCode()).isEqualTo(503);
            assertThat(health(node, "live").statusCode()).isEqualTo(200);

            rendezvous.release();
            draining.join();
            assertThat(node.port()).isEqualTo(-1);
        }
    }

    @Test
    void a_node_that_is_interrupted_while_it_drains_stops_all_the_same() throws Exception {
        try (var rendezvous = new DrainingRendezvous().holding()) {
            Node node = Node.start(settings("127.0.0.1", 0), rendezvous);
            Thread draining = Thread.ofVirtual().start(node::drain);
            rendezvous.awaitShutdown();
            draining.interrupt();
            draining.join();
            assertThat(node.port()).isEqualTo(-1);
        }
    }

    @Test
    void a_port_in_use_is_told() throws IOException {
        try (var rendezvous = new DrainingRendezvous();
                var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings settings = settings("127.0.0.1", taken.getLocalPort());
            StartException thrown = catchThrowableOfType(StartException.class, () -> Node.start(settings, rendezvous));
            assertThat(thrown.code()).isEqualTo(ExitCode.OS_ERROR);
            assertThat(thrown.getMessage())
                    .isEqualTo("cannot listen on 127.0.0.1, port " + taken.getLocalPort()
                            + ": is it in use, or not of this machine?");
        }
    }

    @Test
    void a_host_that_does_not_exist_is_told() {
        Settings settings = settings("no-such-host.invalid", 0);
        StartException thrown = catchThrowableOfType(StartException.class, () -> Node.start(settings));
        assertThat(thrown.code()).isEqualTo(ExitCode.OS_ERROR);
        assertThat(thrown.getMessage())
                .isEqualTo("cannot listen on no-such-host.invalid, port 0: there is no such host");
    }

    @Test
    void everything_but_the_answers_to_operators_is_under_the_path() throws Exception {
        Node node = Node.start(settings("127.0.0.1", 0, "/share"));
        try {
            assertThat(get(node, "/share/health").statusCode()).isEqualTo(200);
            assertThat(get(node, "/health").statusCode()).isEqualTo(404);
            assertThat(health(node, "ready").statusCode()).isEqualTo(200);
        } finally {
            node.drain();
        }
    }

    @Test
    void a_node_whose_redis_is_away_starts_and_is_alive_but_not_ready() throws Exception {
        String uri = "redis://:hunter2@127.0.0.1:" + RedisServer.freePort();
        Node node = Node.start(settings(Map.of("transit.redis.url", uri)));
        try {
            assertThat(health(node, "live").statusCode()).isEqualTo(200);
            assertThat(health(node, "ready").statusCode()).isEqualTo(503);
        } finally {
            node.drain();
        }
    }

    @Test
    void a_node_whose_redis_evicts_is_not_ready() throws Exception {
        try (var redis = RedisServer.with("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")) {
            Node node = Node.start(settings(Map.of("transit.redis.url", redis.uri())));
            try {
                assertThat(health(node, "ready").statusCode()).isEqualTo(503);
            } finally {
                node.drain();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis-cluster://:hunter2@a,b/3 | none  | names a database: a Cluster has no databases but 0
            redis-sentinel://hunter2@a     | none  | lacks the name of the master
            rediss://hunter2@a             | no.pem | the file no.pem cannot be read
            """)
    void a_redis_that_cannot_be_meant_is_told_without_its_password(String uri, String certificates, String why) {
        Settings settings = settings(Map.of("transit.redis.url", uri, "transit.redis.tls.ca", certificates));
        StartException thrown = catchThrowableOfType(StartException.class, () -> Node.start(settings));
        assertThat(thrown.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(thrown.getMessage())
                .contains(why)
                .endsWith("; docs/configuration.md tells of transit.redis.url")
                .doesNotContain("hunter2");
    }

    private static HttpResponse<String> health(Node node, String question) throws IOException, InterruptedException {
        return get(node, "/observe/health/" + question);
    }

    private static HttpResponse<String> get(Node node, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + node.port() + path);
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static Settings settings(String host, int port) {
        return settings(host, port, "/");
    }

    private static Settings settings(String host, int port, String path) {
        return settings(Map.of("server.host", host, "server.port", String.valueOf(port), "server.path", path));
    }

    private static Settings settings(Map<String, String> properties) {
        var all = new HashMap<>(Map.of("server.host", "127.0.0.1", "server.port", "0", "transit.drain", "7s"));
        all.putAll(properties);
        return Settings.of(new Values(List.of(new SystemProperties(all))));
    }
}
