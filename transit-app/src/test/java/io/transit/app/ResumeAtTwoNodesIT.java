package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sender whose connection breaks comes back, at either node, and the curl that receives at either node just goes on. */
@Timeout(180)
class ResumeAtTwoNodesIT {
    private static final int BYTES = 16 << 20;

    @TempDir
    static Path home;

    @AutoClose
    private static TwoNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        nodes = TwoNodes.start(home);
    }

    private static URI node(int number) {
        return number == 1 ? nodes.one() : nodes.two();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 1, 2", "1, 2, 1", "1, 2, 2", "2, 1, 1"})
    void the_receivers_stream_goes_on(int offered, int received, int resumed) throws Exception {
        String name = "at-" + offered + received + resumed;
        Original file = Original.create(home.resolve(name), BYTES + resumed);
        Path copy = home.resolve(name + ".copy");
        ResumableSender sender = ResumableSender.offer(nodes.client(), node(offered), file);
        String ready = sender.await("ready");
        String id = ResumableSender.member(ready, "id");
        String token = ResumableSender.member(ready, "token");
        try (Shell receiver = Shell.start(
                home, "curl -q -sS --noproxy '*' -f --limit-rate 20M -o " + copy + " " + node(received) + id)) {
            sender.send(BYTES / 3);
            sender.abort();
            ResumableSender back = ResumableSender.resume(nodes.client(), node(resumed), file, id, token);
            back.await("ready");
            back.send(BYTES / 2);
            back.abort();
            ResumableSender again = ResumableSender.resume(nodes.client(), node(3 - resumed), file, id, token);
            again.await("ready");
            again.finish();
            assertThat(receiver.exitCode()).as(receiver.output()).isZero();
        }
        assertThat(copy).hasSameBinaryContentAs(file.path());
        awaitCompleted(node(3 - offered), id);
    }

    private static void awaitCompleted(URI node, String id) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        for (String now = ""; !now.equals("completed"); now = nodes.status(node).of(id)) {
            assertThat(System.nanoTime()).as("%s is %s", id, now).isLessThan(deadline);
            assertThat(nodes.first().isOverWithin(Duration.ofMillis(50))).isFalse();
        }
    }
}
