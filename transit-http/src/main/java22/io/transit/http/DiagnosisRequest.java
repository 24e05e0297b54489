package io.transit.http;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What is asked of the kernel about its connections of TCP (sock_diag(7)): {@code struct nlmsghdr}, {@code inet_diag_req_v2}. */
final class DiagnosisRequest {
    // Of the headers of Linux: socket.h, netlink.h, sock_diag.h, inet_diag.h, tcp_states.h.
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final short NLM_F_REQUEST = 1;
    private static final short NLM_F_DUMP = 0x300;
    private static final byte IPPROTO_TCP = 6;
    private static final int ALL = -1;
    private static final int FIN_WAIT1 = 4;
    private static final int FIN_WAIT2 = 5;
    private static final int LAST_ACK = 9;
    private static final int CLOSING = 11;

    /** Those that are no connections are left out, and those that both sides have ended: of these there may be many. */
    private static final int CONNECTIONS = 1 << TcpTable.ESTABLISHED
            | 1 << FIN_WAIT1
            | 1 << FIN_WAIT2
            | 1 << TcpTable.CLOSE_WAIT
            | 1 << LAST_ACK
            | 1 << CLOSING;

    private static final int HEAD_BYTES = 16;
    private static final int BYTES = HEAD_BYTES + 56;
    private static final int PORTS = HEAD_BYTES + 8;
    private static final int LOCAL = PORTS + 4;
    private static final int REMOTE = LOCAL + 16;
    private static final int INTERFACE = REMOTE + 16;
    private static final int COOKIE = INTERFACE + 4;

    private DiagnosisRequest() {}

    /** Asks for the connection between these. */
    static MemorySegment one(InetSocketAddress here, InetSocketAddress there, Arena arena) {
        InetAddress peer = there.getAddress();
        MemorySegment message = arena.allocate(BYTES);
        ByteBuffer request = write(message, NLM_F_REQUEST, peer instanceof Inet4Address ? AF_INET : AF_INET6, ALL);
        // In the network's order, as addresses are.
        request.order(ByteOrder.BIG_ENDIAN)
                .putShort(PORTS, (short) here.getPort())
                .putShort(PORTS + Short.BYTES, (short) there.getPort())
                .put(LOCAL, here.getAddress().getAddress())
                .put(REMOTE, peer.getAddress());
        // One between addresses of a link is bound to its interface.
        int scope = peer instanceof Inet6Address address ? address.getScopeId() : 0;
        request.order(ByteOrder.nativeOrder())
                .putInt(INTERFACE, scope)
                .putInt(COOKIE, ALL)
                .putInt(COOKIE + Integer.BYTES, ALL);
        return message;
    }

    /**
     * Asks for all connections of a part.
     *
     * @param port ours, or 0 for each
     */
    static MemorySegment all(TcpTable.Part part, int port, Arena arena) {
        MemorySegment message = arena.allocate(BYTES);
        int family = part == TcpTable.Part.IPV4 ? AF_INET : AF_INET6;
        ByteBuffer request = write(message, (short) (NLM_F_REQUEST | NLM_F_DUMP), family, CONNECTIONS);
        request.order(ByteOrder.BIG_ENDIAN).putShort(PORTS, (short) port);
        return message;
    }

    private static ByteBuffer write(MemorySegment message, short flags, int family, int states) {
        ByteBuffer request = message.asByteBuffer().order(ByteOrder.nativeOrder());
        request.putInt(BYTES).putShort(SOCK_DIAG_BY_FAMILY).putShort(flags).position(HEAD_BYTES);
        return request.put((byte) family).put(IPPROTO_TCP).putShort((short) 0).putInt(states);
    }
}
