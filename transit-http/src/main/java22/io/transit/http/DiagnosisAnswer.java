package io.transit.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the kernel answers (sock_diag(7)), one message after the other: each {@code struct nlmsghdr}, and {@code inet_diag_msg}
 * or an error.
 */
final class DiagnosisAnswer {
    // Of the headers of Linux: netlink.h, sock_diag.h, inet_diag.h.
    private static final short NLMSG_ERROR = 2;
    private static final short NLMSG_DONE = 3;
    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final int ALIGNMENT = 4;
    private static final byte AF_INET = 2;
    private static final int LISTEN = 10;
    private static final int RETRANSMITTING = 1;
    private static final int ENOENT = 2;

    private static final int TYPE = 4;
    private static final int HEAD_BYTES = 16;
    private static final int SHORTEST = HEAD_BYTES + 4;
    private static final int SOCKET_BYTES = HEAD_BYTES + 72;
    private static final int FAMILY = HEAD_BYTES;
    private static final int STATE = FAMILY + 1;
    private static final int TIMER = STATE + 1;
    private static final int RETRANSMITS = TIMER + 1;
    private static final int PORTS = RETRANSMITS + 1;
    private static final int REMOTE = PORTS + 4 + 16;
    private static final int UNREAD = REMOTE + 16 + 4 + 8 + 4;
    private static final int UNTAKEN = UNREAD + 4;

    /** In the order of this machine, as most numbers are. */
    private final ByteBuffer bytes;

    /** In that of the network, as addresses and ports are. */
    private final ByteBuffer network;

    /** Where the message begins that is looked at. */
    private int start;

    private int following;

    /** Of what was received at once, all of which the buffer has; {@link #next} leads to the first message. */
    DiagnosisAnswer(ByteBuffer received) {
        this.bytes = received.duplicate().order(ByteOrder.nativeOrder());
        this.network = received.duplicate().order(ByteOrder.BIG_ENDIAN);
    }

    /** Goes on to the next message; returns whether there is a whole one. */
    boolean next() {
        start = following;
        int left = bytes.limit() - start;
        int length = left < SHORTEST ? 0 : bytes.getInt(start);
        following += Math.ceilDiv(length, ALIGNMENT) * ALIGNMENT;
        return length >= SHORTEST && length <= left;
    }

    /** Whether something is left behind the last whole message, as what was received is not all that was sent. */
    boolean isCutOff() {
        return start < bytes.limit();
    }

    /** Whether it is of a connection. Otherwise it is an error, an end, or of a socket that listens. */
    boolean isConnection() {
        return isSocket() && state() != LISTEN;
    }

    /** Whether it says that all was told before. */
    boolean isEnd() {
        return type() == NLMSG_DONE && bytes.getInt(start + HEAD_BYTES) == 0;
    }

    /** Whether it says that there is no such connection, or names who listens in its place. Other errors say nothing of that. */
    boolean isAbsence() {
        return isSocket() ? state() == LISTEN : type() == NLMSG_ERROR && bytes.getInt(start + HEAD_BYTES) == -ENOENT;
    }

    /** In which state a connection is, as the {@link TcpTable} counts them. */
    int state() {
        return bytes.get(start + STATE);
    }

    /** Which connection it is. */
    TcpTable.Key key() {
        int peer = start + REMOTE;
        int ports = network.getInt(start + PORTS);
        return bytes.get(start + FAMILY) == AF_INET
                ? new TcpTable.Key(0, TcpTable.MAPPED | Integer.toUnsignedLong(network.getInt(peer)), ports)
                : new TcpTable.Key(network.getLong(peer), network.getLong(peer + Long.BYTES), ports);
    }

    /** What is known of it. */
    TcpTable.Row row() {
        boolean unheard = bytes.get(start + TIMER) == RETRANSMITTING && bytes.get(start + RETRANSMITS) > 0;
        return new TcpTable.Row(bytes.getInt(start + UNTAKEN), bytes.getInt(start + UNREAD), unheard);
    }

    private boolean isSocket() {
        return type() == SOCK_DIAG_BY_FAMILY && bytes.getInt(start) >= SOCKET_BYTES;
    }

    private short type() {
        return bytes.getShort(start + TYPE);
    }
}
