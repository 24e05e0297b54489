package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
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
    void it_says_what_the_table_says_of_what_is_unread_and_of_what_is_not_taken() throws IOException {
        client.write(ByteBuffer.allocate(77));
        while (row(accepted).unread() < 77) {
            Thread.onSpinWait();
        }
        assertThat(row(accepted)).isEqualTo(new TcpTable.Row(0, 77, false));

        client.configureBlocking(false);
        while (client.write(ByteBuffer.allocate(1 << 20)) > 0) {
            Thread.onSpinWait();
        }
        // Both stand still once the other side has no room any more.
        int untaken = row(client).untaken();
        while (untaken == 0 || untaken != TcpTable.read().untaken(TcpTable.key(client))) {
            untaken = row(client).untaken();
        }

        client.shutdownOutput();
        assertThat(SocketDiagnosis.of(client).orElseThrow().rows()).isEmpty();
        assertThat(SocketDiagnosis.of(client).orElseThrow().untaken(TcpTable.key(client)))
                .isPositive();
    }

    @Test
    void nothing_is_behind_an_end_that_is_all_there_is_to_take() throws IOException {
        client.shutdownOutput();
        TcpTable table = SocketDiagnosis.of(client).orElseThrow();
        assertThat(table.untaken(TcpTable.key(client))).isZero();
        while (SocketDiagnosis.of(accepted)
                .orElseThrow()
                .find(TcpTable.key(accepted))
                .isPresent()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void there_is_no_answer_for_one_that_was_reset_although_its_server_listens() throws IOException {
        client.setOption(StandardSocketOptions.SO_LINGER, 0).close();
        while (SocketDiagnosis.of(accepted).isPresent()) {
            Thread.onSpinWait();
        }
        assertThat(TcpTable.read().find(TcpTable.key(accepted))).isEmpty();
    }

    private static TcpTable.Row row(SocketChannel channel) throws IOException {
        Optional<TcpTable> table = SocketDiagnosis.of(channel);
        assertThat(table)
                .as("the class for Java 22 is in the jar, and has native access")
                .isPresent();
        assertThat(table.get().rows()).hasSize(1);
        return table.get().find(TcpTable.key(channel)).orElseThrow();
    }
}
