package io.transit.http;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * All connections that the kernel of Linux has at a port (sock_diag(7)): a fraction of the work that it has with their text, as nobody
 * else's are among them.
 */
final class SocketDump {
    /** The kernel fills no more at once (netlink(7)). */
    private static final int MOST_BYTES = 32 * 1024;

    private SocketDump() {}

    /**
     * Adds to a table all connections of a part of it. Does not wait.
     *
     * @param port ours, or 0 for each
     * @return false if they are not to be had here: what was added then is true, but not all
     */
    static boolean addTo(TcpTable table, TcpTable.Part part, int port) {
        Optional<Netlink> kernel = Netlink.open();
        if (kernel.isEmpty()) {
            return false;
        }
        try (Netlink netlink = kernel.get();
                Arena arena = Arena.ofConfined()) {
            return netlink.send(DiagnosisRequest.all(part, port, arena)) && addAll(table, netlink, arena);
        }
    }

    private static boolean addAll(TcpTable table, Netlink netlink, Arena arena) {
        MemorySegment some = arena.allocate(MOST_BYTES);
        for (Optional<ByteBuffer> received = netlink.receive(some);
                received.isPresent();
                received = netlink.receive(some)) {
            var answer = new DiagnosisAnswer(received.get());
            while (answer.next()) {
                if (!answer.isConnection()) {
                    return answer.isEnd();
                }
                table.add(answer.key(), answer.state(), answer.row());
            }
            if (answer.isCutOff()) {
                return false;
            }
        }
        return false;
    }
}
