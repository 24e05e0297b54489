package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there is no such table")
class TcpTableTest {
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void a_connection_is_found_with_what_is_unread_and_only_while_it_is_open_both_ways(String host) throws Exception {
        InetAddress here = InetAddress.getByName(host);
        try (var server = new ServerSocket(0, 1, here);
                var client = new Socket(here, server.getLocalPort());
                Socket accepted = server.accept()) {
            TcpTable.Key key = TcpTable.key(accepted.getLocalSocketAddress(), accepted.getRemoteSocketAddress());
            client.getOutputStream().write(new byte[77]);
            Optional<TcpTable.Row> row = TcpTable.read().find(key);
            while (row.orElseThrow().unread() < 77) {
                row = TcpTable.read().find(key);
            }
            assertThat(row).contains(new TcpTable.Row(0, 77, false));
            client.shutdownOutput();
            while (row.isPresent()) {
                row = TcpTable.read().find(key);
            }
        }
    }

    @Test
    void a_row_tells_of_what_is_repeated_and_unheard() throws IOException {
        String address = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "0100007F" : "7F000001";
        String rows = HEAD
                + "   0: %1$s:1F90 %1$s:C350 01 0000000A:0000000B 01:00000014 00000003  0  0 552 1 0 20 4 30 10 -1\n"
                + "   1: %1$s:1F90 %1$s:C351 06 00000000:00000000 03:00000014 00000000  0  0 0 3 0\n"
                + "   2: %1$s:1F90 %1$s:C352 01 00000000:00000000 02:00000014 00000000  0  0 552 1 0 20 4 30 10 -1\n"
                + "   3: %1$s:1F90 %1$s:C353 0B 0000000D:00000000 01:00000014 00000000  0  0 552 1 0 20 4 30 10 -1\n"
                + "   4: %1$s:1F90 %1$s:C354 05 00000001:00000000 00:00000000 00000000  0  0 552 1 0 20 4 30 10 -1\n"
                + "   5: %1$s:1F90 %1$s:C355 08 00000001:00000000 00:00000000 00000000  0  0 552 1 0 20 4 30 10 -1\n"
                + "   6: %1$s:1F90 %1$s:C356 01 0000";
        TcpTable found = TcpTable.empty(2);
        new TcpTableParser(found)
                .parse(new ByteArrayInputStream(rows.formatted(address).getBytes(StandardCharsets.US_ASCII)));
        assertThat(found.rows())
                .containsOnly(
                        Map.entry(key(0xC350), new TcpTable.Row(10, 11, true)),
                        Map.entry(key(0xC352), new TcpTable.Row(0, 0, false)));
        // Our own end is not counted.
        assertThat(found.ending()).containsOnly(Map.entry(key(0xC353), 12), Map.entry(key(0xC355), 1));
        assertThat(found.untaken(key(0xC350))).isEqualTo(10);
        assertThat(found.untaken(key(0xC353))).isEqualTo(12);
        assertThat(found.untaken(key(0xC354))).isZero();
    }

    private static TcpTable.Key key(int port) {
        var loopback = InetAddress.getLoopbackAddress();
        return TcpTable.key(new InetSocketAddress(loopback, 0x1F90), new InetSocketAddress(loopback, port));
    }
}
