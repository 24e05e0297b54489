package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page that sends is of one node, and the page that receives, or curl, at the other. With {@code -Dtransit.cuts=100} also with
 * files of 256 MiB.
 */
@Timeout(900)
class PagesAtTwoNodesIT {
    private static final int[] SIZES = Integer.getInteger("transit.cuts", 5) < 100
            ? new int[] {0, (1 << 20) + 1}
            : new int[] {0, 1, 65_535, 65_536, (1 << 20) + 1, 256 << 20};

    @TempDir
    static Path home;

    @AutoClose
    private static TwoNodes nodes;

    @AutoClose
    private static Chromium sender;

    @AutoClose
    private static Chromium receiver;

    private static URI one;
    private static URI two;

    /** Who is a page, and not curl. */
    enum Pages {
        BOTH,
        SENDER,
        RECEIVER
    }

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        Shell.requireProgram("chromium");
        Shell.requireProgram("chromedriver");
        nodes = TwoNodes.start(home);
        one = nodes.one();
        two = nodes.two();
        sender = Chromium.start(Files.createDirectory(home.resolve("sender")));
        receiver = Chromium.start(Files.createDirectory(home.resolve("receiver")));
    }

    static Stream<Arguments> files() {
        return IntStream.of(SIZES)
                .boxed()
                .flatMap(size -> Stream.of(Pages.values()).map(pages -> Arguments.of(size, pages)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_goes_from_a_page_of_one_node_to_a_page_of_the_other(int size, Pages pages) throws Exception {
        String name = pages + "-" + size + ".bin";
        Original file = Original.create(home.resolve(name), size);
        Path copy = switch (pages) {
            case BOTH -> {
                String link = sender.offer(one, file.path());
                Path saved = receiver.download(two.resolve(link), name);
                sender.awaitState("delivered");
                yield saved;
            }
            case SENDER -> {
                String link = sender.offer(one, file.path());
                Path saved = home.resolve("copy-of-" + name);
                Shell.run(home, "curl -q -sS -f --noproxy '*' -o " + saved + " " + two.resolve(link));
                sender.awaitState("delivered");
                yield saved;
            }
            case RECEIVER -> {
                String id = "to-a-page-" + size;
                try (Shell curl = Shell.start(
                        home, "exec curl -q -sS -f --noproxy '*' -T " + file.path() + " " + one + id + "/")) {
                    Shell.run(home, "curl -q -sS -f --noproxy '*' -I '" + two + id + "?wait=60'");
                    Path saved = receiver.download(two.resolve(id), name);
                    assertThat(curl.exitCode()).as(curl.output()).isZero();
                    yield saved;
                }
            }
        };
        assertThat(file.isWhole(copy)).isTrue();
    }
}
