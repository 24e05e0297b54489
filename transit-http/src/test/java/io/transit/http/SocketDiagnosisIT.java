package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the jar, as only in a jar the class for Java 22 takes the place of the other. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there is nobody to ask")
@EnabledForJreRange(minVersion = 22, disabledReason = "cannot ask before")
@ParameterizedClass
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ValueSource(strings = {"127.0.0.1", "::1", "dual"})
class SocketDiagnosisIT {
    private final String host;
    private ServerSocketChannel server;
    private SocketChannel client;
    private SocketChannel accepted;

    SocketDiagnosisIT(String host) {
        this.host = host;
    }

    @BeforeEach
    void connect() throws IOException {
        boolean isDual = host.equals("dual");
        server = ServerSocketChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
        server.bind(isDual ? new InetSocketAddress(0) : new InetSocketAddress(InetAddress.getByName(host), 0));
        int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        client = SocketChannel.open(new InetSocketAddress(isDual ? "127.0.0.1" : host, port));
        accepted = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        accepted.close();
        client.close();
        server.close();
    }

    @Test
    void it_counts_what_the_table_counts() throws IOException {
        assertThat(find(client).untaken()).hasValue(0);
        client.configureBlocking(false);
        while (client.write(ByteBuffer.allocate(1 << 20)) > 0) {
            Thread.onSpinWait();
        }
        // Both stand still once the other side has no room any more.
        int untaken = find(client).untaken().orElseThrow();
        while (untaken == 0 || untaken != text().untaken(TcpTable.key(client))) {
            untaken = find(client).untaken().orElseThrow();
        }
        SocketDiagnosis before = find(client);
        client.shutdownOutput();
        assertThat(before.untaken()).hasValue(untaken);
        assertThat(find(client).untaken()).hasValue(untaken);
    }

    @Test
    void nothing_is_behind_an_end_that_is_all_there_is_to_take() throws IOException {
        SocketDiagnosis diagnosis = find(client);
        client.shutdownOutput();
        assertThat(diagnosis.untaken()).hasValue(0);
    }

    @Test
    void one_that_was_found_and_is_no_more_has_nothing_to_be_taken_although_its_server_listens() throws IOException {
        accepted.configureBlocking(false);
        while (accepted.write(ByteBuffer.allocate(1 << 20)) > 0) {
            Thread.onSpinWait();
        }
        SocketDiagnosis diagnosis = find(accepted);
        assertThat(diagnosis.untaken().orElseThrow()).isPositive();
        client.setOption(StandardSocketOptions.SO_LINGER, 0).close();
        while (diagnosis.untaken().orElseThrow() > 0) {
            Thread.onSpinWait();
        }
        assertThat(SocketDiagnosis.find(accepted)).isEmpty();
    }

    @Test
    void all_at_a_port_are_told_as_the_text_tells_them() throws IOException {
        client.write(ByteBuffer.allocate(77));
        TcpTable.Key key = TcpTable.key(accepted);
        Optional<TcpTable.Row> row = Optional.empty();
        while (row.isEmpty() || row.get().unread() < 77) {
            TcpTable dumped = dump(key.port());
            assertThat(dumped.rows()).containsOnlyKeys(key);
            row = dumped.find(key);
        }
        assertThat(row).contains(new TcpTable.Row(0, 77, false)).isEqualTo(text().find(key));
        assertThat(dump(TcpTable.key(client).port()).rows()).containsOnlyKeys(TcpTable.key(client));
        assertThat(dump(TcpTable.EVERY_PORT).rows()).containsKeys(key, TcpTable.key(client));
    }

    @Test
    void what_is_still_to_be_taken_is_told_although_one_side_has_ended() throws IOException {
        client.configureBlocking(false);
        while (client.write(ByteBuffer.allocate(1 << 20)) > 0) {
            Thread.onSpinWait();
        }
        client.shutdownOutput();
        TcpTable.Key key = TcpTable.key(client);
        int untaken = text().untaken(key);
        while (untaken == 0 || untaken != dump(key.port()).untaken(key)) {
            untaken = text().untaken(key);
        }
        assertThat(dump(key.port()).find(key)).isEmpty();
    }

    @Test
    void more_are_told_than_the_kernel_tells_at_once() throws IOException {
        var open = new ArrayList<SocketChannel>();
        try {
            for (int i = 0; i < 1_000; i++) {
                open.add(SocketChannel.open(client.getRemoteAddress()));
                open.add(server.accept());
            }
            assertThat(dump(TcpTable.key(accepted).port()).rows()).hasSize(1_001);
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
    }

    @Test
    void nobody_at_a_port_is_an_answer() {
        assertThat(dump(1).rows()).isEmpty();
    }

    private static TcpTable dump(int port) {
        TcpTable table = TcpTable.empty(0);
        for (TcpTable.Part part : TcpTable.Part.values()) {
            assertThat(SocketDump.addTo(table, part, port)).isTrue();
        }
        return table;
    }

    private static TcpTable text() throws IOException {
        TcpTable table = TcpTable.empty(0);
        for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (InputStream text = Files.newInputStream(Path.of(file))) {
                new TcpTableParser(table).parse(text);
            }
        }
        return table;
    }

    private static SocketDiagnosis find(SocketChannel channel) throws IOException {
        return SocketDiagnosis.find(channel)
                .orElseThrow(
                        () -> new AssertionError("the class for Java 22 is not in the jar, or has no native access"));
    }
}
