package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.redis.testing.RedisResource;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand senders wait at one node, and all of them are received from at the other; {@code -Dtransit.many} says by how many
 * at once.
 */
@Timeout(300)
class ManyWaitingIT {
    private static final int SENDERS = 1_000;
    private static final int AT_ONCE = Integer.getInteger("transit.many", 100);

    @TempDir
    Path home;

    @Test
    void all_who_wait_at_one_node_are_served_from_the_other() throws Exception {
        // Closed last: it waits for all that were sent, and they end with the nodes.
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var nodes = TwoNodes.start(home);
                var redis = new SharedRedis(RedisResource.uri())) {
            List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                var put = HttpRequest.newBuilder(nodes.one().resolve("/many-" + i + "/file"))
                        .PUT(BodyPublishers.ofString("this is " + i));
                sent.add(client.sendAsync(put.build(), BodyHandlers.ofString()));
            }
            while (offered(redis) < SENDERS) {
                assertThat(nodes.first().isOverWithin(Duration.ofMillis(100))).isFalse();
            }
            List<String> keys = redis.keys();
            assertThat(keys).allMatch(redis::isExpiring);

            long begun = System.nanoTime();
            List<Future<Boolean>> received = new ArrayList<>();
            int most = keys.size();
            try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
                for (int i = 0; i < SENDERS; i++) {
                    String body = "this is " + i;
                    var get = HttpRequest.newBuilder(nodes.two().resolve("/many-" + i))
                            .build();
                    received.add(threads.submit(() -> {
                        HttpResponse<String> answer = client.send(get, BodyHandlers.ofString());
                        assertThat(answer.body()).isEqualTo(body);
                        return answer.statusCode() == 200;
                    }));
                }
                for (int i = 0; i < SENDERS; i++) {
                    assertThat(received.get(i).get()).isTrue();
                    assertThat(sent.get(i).get(2, TimeUnit.MINUTES).statusCode())
                            .isEqualTo(200);
                    if (i % 100 == 0) {
                        List<String> now = redis.keys();
                        assertThat(now).allMatch(redis::isExpiring);
                        most = Math.max(most, now.size());
                    }
                }
            }
            CutTable.addMany(SENDERS, Duration.ofNanos(System.nanoTime() - begun), most);
        }
    }

    private static long offered(SharedRedis redis) {
        return redis.keys().stream()
                .filter(key -> key.startsWith("transit:{many-") && key.endsWith(":offer"))
                .count();
    }
}
