package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to send, every way to receive, and files of every size: at two nodes or at one of two, sixteen of them at once.
 * The largest files are of 16 MiB; with {@code -Dtransit.cuts=100} they are of 256 MiB. Browsers: {@link PagesAtTwoNodesIT}.
 */
@Timeout(1800)
class EveryWayIT {
    private static final int LARGEST = (Integer.getInteger("transit.cuts", 5) < 100 ? 16 : 256) << 20;
    private static final String CURL = "curl -q -sS -f --noproxy '*' ";

    @TempDir
    static Path home;

    @AutoClose
    private static TwoNodes nodes;

    /** How a file is sent. */
    enum Sending {
        KNOWN("-T %1$s %2$s"),
        IN_CHUNKS("-T - %2$s < %1$s"),
        POSTED("-X POST -T %1$s %2$s"),
        AS_A_WEB_SOCKET("");

        private final String command;

        Sending(String command) {
            this.command = command;
        }

        /** Sends all of it to the end. */
        void send(URI node, String id, Original file) throws Exception {
            if (this == AS_A_WEB_SOCKET) {
                assertThat(WebSocketSender.send(nodes.client(), node, id, file)).isEqualTo(1000);
            } else {
                String said = Shell.run(
                        home, CURL + String.format(command, file.path(), "'" + node + id + "/film.mkv?progress'"));
                assertThat(said).contains("Delivered: ");
            }
        }
    }

    /** How it is received; what is written is its digest. */
    enum Receiving {
        BY_CURL("curl -q -sS -f --noproxy '*' "),
        BY_WGET("wget --no-config --no-proxy -nv --tries=1 -O - ");

        private final String command;

        Receiving(String command) {
            this.command = command;
        }

        String receive(URI node, String id) throws Exception {
            try (Shell shell = Shell.start(home, command + "'" + node + id + "?wait=120' | sha256sum")) {
                assertThat(shell.isOverWithin(Duration.ofMinutes(10))).isTrue();
                assertThat(shell.exitCode()).as(shell.output()).isZero();
                return shell.output();
            }
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        Shell.requireProgram("wget");
        nodes = TwoNodes.start(home);
    }

    static Stream<Arguments> sizes() {
        return Stream.of(0, 1, 65_535, 65_536, (1 << 20) + 1, LARGEST)
                .flatMap(size -> Stream.of(true, false).map(apart -> Arguments.of(size, apart)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void a_file_arrives_as_it_was_however_it_is_sent_and_received(int size, boolean apart) throws Exception {
        Original file = Original.create(home.resolve("film-" + size), size);
        String digest = digest(file);
        List<Future<String>> received = new ArrayList<>();
        List<Future<Boolean>> sent = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Sending sending : Sending.values()) {
                for (Receiving receiving : Receiving.values()) {
                    // There and back.
                    for (boolean there : new boolean[] {true, false}) {
                        String id = (sending + "-" + receiving + size + apart + there)
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-');
                        URI from = there ? nodes.one() : nodes.two();
                        URI to = there == apart ? nodes.two() : nodes.one();
                        sent.add(threads.submit(() -> {
                            sending.send(from, id, file);
                            return true;
                        }));
                        received.add(threads.submit(() -> receiving.receive(to, id)));
                    }
                }
            }
            for (Future<String> each : received) {
                assertThat(each.get()).contains(digest);
            }
            for (Future<Boolean> each : sent) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    private static String digest(Original file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }
}
