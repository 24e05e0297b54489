package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
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
        while (untaken == 0 || untaken != TcpTable.read().untaken(TcpTable.key(client))) {
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

    private static SocketDiagnosis find(SocketChannel channel) throws IOException {
        return SocketDiagnosis.find(channel)
                .orElseThrow(
                        () -> new AssertionError("the class for Java 22 is not in the jar, or has no native access"));
    }
}
