package io.transit.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The kernel's table of TCP connections ({@link SocketDump}, or proc(5), {@code /proc/net/tcp}), reduced to those that are open both ways, or have
 * still to be taken to their ends.
 *
 * @param rows what is known of each that is open both ways
 * @param ending of each other one: how many bytes were written to it that the peer has not acknowledged, if any
 */
record TcpTable(Map<Key, Row> rows, Map<Key, Integer> ending) {
    /**
     * Which connection it is.
     *
     * @param high the first half of the peer's address, as one of IPv6
     * @param low the second half
     * @param ports ours, then the peer's
     */
    record Key(long high, long low, int ports) {
        /** Our port. */
        int port() {
            return ports >>> Short.SIZE;
        }
    }

    /**
     * What is known of a connection.
     *
     * @param untaken how many bytes were written to it that the peer has not acknowledged
     * @param unread how many bytes it has received that nobody has read
     * @param unheard whether what was last written has been sent more than once, as the peer does not acknowledge it
     */
    record Row(int untaken, int unread, boolean unheard) {}

    /** First the one that a server which listens for both kinds of addresses has all its connections in. */
    enum Part {
        IPV6("/proc/net/tcp6"),
        IPV4("/proc/net/tcp");

        private final Path text;

        Part(String text) {
            this.text = Path.of(text);
        }
    }

    static final int EVERY_PORT = 0;

    private static final int IPV4_BYTES = 4;
    static final int ESTABLISHED = 1;
    static final int CLOSE_WAIT = 8;

    /** An IPv4 peer of an IPv6 socket stands in the table as such an address, and so does every one here. */
    static final long MAPPED = 0xffff_0000_0000L;

    /** Whether this system has such a table. */
    static boolean isThere() {
        return Arrays.stream(Part.values()).anyMatch(part -> Files.isReadable(part.text));
    }

    /** Reads all of it. */
    static TcpTable read() throws IOException {
        return read(EVERY_PORT);
    }

    /**
     * Reads what is at a port, and perhaps more.
     *
     * @param port ours, or {@link #EVERY_PORT}
     */
    static TcpTable read(int port) throws IOException {
        TcpTable table = empty(0);
        for (Part part : Part.values()) {
            table.add(part, port);
        }
        return table;
    }

    /**
     * Makes one that is to be filled.
     *
     * @param count about how many there will be in it
     */
    static TcpTable empty(int count) {
        return new TcpTable(HashMap.newHashMap(count), new HashMap<>());
    }

    /** Reads a part: what is at a port, and perhaps more. It is the kernel's work to tell it that costs most. */
    void add(Part part, int port) throws IOException {
        if (!SocketDump.addTo(this, part, port) && Files.isReadable(part.text)) {
            try (InputStream text = Files.newInputStream(part.text)) {
                new TcpTableParser(this).parse(text);
            }
        }
    }

    /** Puts a connection into the table if it is open both ways, or something of it has still to be taken. */
    void add(Key key, int state, Row row) {
        int untaken = untaken(state, row.untaken());
        if (state == ESTABLISHED) {
            rows.put(key, row);
        } else if (untaken > 0) {
            ending.put(key, untaken);
        }
    }

    /** Our end counts like a byte behind the others, where it has been written: the peer may have all without that. */
    static int untaken(int state, int counted) {
        return state == ESTABLISHED || state == CLOSE_WAIT ? counted : Math.max(0, counted - 1);
    }

    /** Finds a connection; empty if it is not open both ways. */
    Optional<Row> find(Key key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** How many bytes were written to a connection, open or not, that its peer has not acknowledged. */
    int untaken(Key key) {
        Row row = rows.get(key);
        return row == null ? ending.getOrDefault(key, 0) : row.untaken();
    }

    /** What a connection is called here. */
    static Key key(SocketChannel channel) throws IOException {
        return key(channel.getLocalAddress(), channel.getRemoteAddress());
    }

    /** The same of one between these, which are addresses of the Internet. */
    static Key key(SocketAddress here, SocketAddress there) {
        if (here instanceof InetSocketAddress local && there instanceof InetSocketAddress remote) {
            int ports = local.getPort() << 16 | remote.getPort();
            return key(remote.getAddress(), ports);
        }
        throw new IllegalArgumentException("not of the Internet: " + there);
    }

    private static Key key(InetAddress address, int ports) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == IPV4_BYTES
                ? new Key(0, MAPPED | Integer.toUnsignedLong(bytes.getInt()), ports)
                : new Key(bytes.getLong(), bytes.getLong(), ports);
    }
}
