package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes stand behind one address, and the one that has both the sender and the receiver is killed. The page goes on at the
 * other by itself, and curl has the rest from there.
 */
@Timeout(300)
class PageOutlivesItsNodeIT {
    private static final int SIZE = 48 << 20;
    private static final int KILL_AT = 12 << 20;
    private static final long LOOK_NANOS = 20_000_000;

    @TempDir
    Path home;

    @BeforeAll
    static void require() throws Exception {
        Shell.requireProgram("curl");
        Shell.requireProgram("chromium");
        Shell.requireProgram("chromedriver");
    }

    @Test
    void curl_has_the_rest_from_the_other_node() throws Exception {
        Original file = Original.create(home.resolve("film.mkv"), SIZE);
        Path copy = home.resolve("copy.mkv");
        try (TwoNodes nodes = TwoNodes.start(home);
                Front front = Front.before(nodes.one());
                Chromium page = Chromium.start(Files.createDirectory(home.resolve("browser")))) {
            URI link = front.address().resolve(page.offer(front.address(), file.path()));
            String curl = "curl -q -sS -f --noproxy '*' -o " + copy + " ";
            try (Shell receiver = Shell.start(home, "exec " + curl + "--limit-rate 8M " + link)) {
                awaitSize(copy);
                front.leadTo(nodes.two());
                nodes.first().kill();
                assertThat(receiver.exitCode()).as(receiver.output()).isNotZero();
            }
            assertThat(file.isBegun(copy)).isTrue();
            assertThat(file.isWhole(copy)).isFalse();

            // Until the lease of the node has lapsed the id is still its own.
            Shell.run(home, curl + "-C - --retry 60 --retry-delay 1 --retry-all-errors '" + link + "?wait=60'");
            page.awaitState("delivered");
            assertThat(file.isWhole(copy)).isTrue();
        }
    }

    private static void awaitSize(Path copy) throws Exception {
        while (!Files.exists(copy) || Files.size(copy) < KILL_AT) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
