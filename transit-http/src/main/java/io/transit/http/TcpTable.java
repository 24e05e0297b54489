package io.transit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The kernel's table of TCP connections (proc(5), {@code /proc/net/tcp}), reduced to those that are open both ways.
 *
 * @param rows what is known of each
 */
record TcpTable(Map<String, Row> rows) {
    /**
     * What is known of a connection.
     *
     * @param untaken how many bytes were written to it that the peer has not acknowledged
     * @param unread how many bytes it has received that nobody has read
     * @param unheard whether what was last written has been sent more than once, as the peer does not acknowledge it
     */
    record Row(int untaken, int unread, boolean unheard) {}

    private static final List<Path> FILES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String ESTABLISHED = "01";

    // Where the fields of a row stand, between blanks and colons.
    private static final int LOCAL_PORT = 2;
    private static final int REMOTE_ADDRESS = 3;
    private static final int REMOTE_PORT = 4;
    private static final int STATE = 5;
    private static final int UNTAKEN = 6;
    private static final int UNREAD = 7;
    private static final int TIMER = 8;
    private static final int RETRANSMITS = 10;

    private static final String RETRANSMITTING = "01";

    private static final String MAPPED = "0000000000000000FFFF0000";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Whether this system has such a table. */
    static boolean isThere() {
        return Files.isReadable(FILES.get(0));
    }

    static TcpTable read() throws IOException {
        Map<String, Row> connections = new HashMap<>();
        for (Path file : FILES) {
            if (Files.isReadable(file)) {
                try (Stream<String> rows = Files.lines(file)) {
                    rows.skip(1).map(row -> row.strip().split("[ :]+")).forEach(fields -> {
                        if (fields[STATE].equals(ESTABLISHED)) {
                            String key = key(fields[LOCAL_PORT], fields[REMOTE_ADDRESS], fields[REMOTE_PORT]);
                            connections.put(key, row(fields));
                        }
                    });
                }
            }
        }
        return new TcpTable(connections);
    }

    private static Row row(String[] fields) {
        return new Row(
                Integer.parseUnsignedInt(fields[UNTAKEN], 16),
                Integer.parseUnsignedInt(fields[UNREAD], 16),
                fields[TIMER].equals(RETRANSMITTING) && Integer.parseUnsignedInt(fields[RETRANSMITS], 16) > 0);
    }

    /** Finds a connection; empty if it is not open both ways. */
    Optional<Row> find(Set<String> keys) {
        return keys.stream().flatMap(key -> Stream.ofNullable(rows.get(key))).findFirst();
    }

    /** What a connection may be called here: an IPv4 peer of an IPv6 socket stands in the table as a mapped address. */
    static Set<String> keys(SocketChannel channel) throws IOException {
        return keys(channel.getLocalAddress(), channel.getRemoteAddress());
    }

    /** The same of one between these. */
    static Set<String> keys(SocketAddress here, SocketAddress there) {
        if (here instanceof InetSocketAddress local && there instanceof InetSocketAddress remote) {
            String address = hex(remote.getAddress());
            String localPort = port(local);
            String remotePort = port(remote);
            return Set.of(key(localPort, address, remotePort), key(localPort, MAPPED + address, remotePort));
        }
        return Set.of();
    }

    private static String key(String localPort, String address, String remotePort) {
        return localPort + " " + address + " " + remotePort;
    }

    private static String port(InetSocketAddress address) {
        return HEX.toHexDigits((short) address.getPort());
    }

    /** The kernel writes each four bytes as one number of this machine. */
    private static String hex(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            for (int word = 0; word < bytes.length; word += Integer.BYTES) {
                swap(bytes, word, word + 3);
                swap(bytes, word + 1, word + 2);
            }
        }
        return HEX.formatHex(bytes);
    }

    private static void swap(byte[] bytes, int one, int other) {
        byte kept = bytes[one];
        bytes[one] = bytes[other];
        bytes[other] = kept;
    }
}
