package io.transit.http;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * What the kernel of Linux says of a single connection, at once (sock_diag(7), netlink(7)): some ten microseconds, where the
 * {@link TcpTable} takes milliseconds, and the more the larger the machine is. Needs native access (JEP 454), and asks for
 * it only where it has been granted, so that nobody is warned of it.
 */
final class SocketDiagnosis {
    // Of the headers of Linux: socket.h, netlink.h, sock_diag.h, inet_diag.h.
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int MSG_DONTWAIT = 0x40;
    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final short NLM_F_REQUEST = 1;
    private static final byte IPPROTO_TCP = 6;
    private static final int LISTEN = 10;
    private static final int ALL = -1;

    // struct nlmsghdr, then struct inet_diag_req_v2 or inet_diag_msg.
    private static final int HEAD_BYTES = 16;
    private static final int REQUEST_BYTES = HEAD_BYTES + 56;
    private static final int ANSWER_BYTES = HEAD_BYTES + 72;
    private static final int PORTS = HEAD_BYTES + 8;
    private static final int LOCAL = PORTS + 4;
    private static final int REMOTE = LOCAL + 16;
    private static final int INTERFACE = REMOTE + 16;
    private static final int COOKIE = INTERFACE + 4;

    // Of the answer.
    private static final int STATE = HEAD_BYTES + 1;
    private static final int TIMER = STATE + 1;
    private static final int RETRANSMITS = TIMER + 1;
    private static final int UNREAD = RETRANSMITS + 1 + 52;
    private static final int UNTAKEN = UNREAD + 4;

    private static final boolean IS_THERE = isThere();

    private SocketDiagnosis() {}

    private static boolean isThere() {
        return System.getProperty("os.name").equals("Linux")
                && ValueLayout.ADDRESS.byteSize() == Long.BYTES
                && SocketDiagnosis.class.getModule().isNativeAccessEnabled();
    }

    /**
     * Returns what the table would say if it had no other row. Does not wait.
     *
     * @return empty if that cannot be known here, or the connection is not found: a kernel without the module for it says the
     *     same
     */
    static Optional<TcpTable> of(SocketChannel channel) throws IOException {
        if (!IS_THERE) {
            return Optional.empty();
        }
        SocketAddress here = channel.getLocalAddress();
        SocketAddress there = channel.getRemoteAddress();
        if (!(here instanceof InetSocketAddress local) || !(there instanceof InetSocketAddress remote)) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(ANSWER_BYTES);
            ByteBuffer bytes = message.asByteBuffer().order(ByteOrder.nativeOrder());
            write(bytes, local, remote);
            return exchange(message) ? read(bytes, TcpTable.key(here, there)) : Optional.empty();
        }
    }

    private static void write(ByteBuffer request, InetSocketAddress local, InetSocketAddress remote) {
        request.putInt(REQUEST_BYTES)
                .putShort(SOCK_DIAG_BY_FAMILY)
                .putShort(NLM_F_REQUEST)
                .position(HEAD_BYTES);
        request.put((byte) (remote.getAddress() instanceof Inet4Address ? AF_INET : AF_INET6))
                .put(IPPROTO_TCP)
                .putShort((short) 0)
                .putInt(ALL);
        putPort(request, local);
        putPort(request, remote);
        request.put(LOCAL, local.getAddress().getAddress());
        request.put(REMOTE, remote.getAddress().getAddress());
        // One between addresses of a link is bound to its interface.
        request.putInt(INTERFACE, remote.getAddress() instanceof Inet6Address address ? address.getScopeId() : 0);
        request.putInt(COOKIE, ALL).putInt(COOKIE + Integer.BYTES, ALL);
    }

    private static void putPort(ByteBuffer request, InetSocketAddress address) {
        int port = address.getPort();
        request.put((byte) (port >> Byte.SIZE)).put((byte) port);
    }

    /** Sends what is in the message, and puts the answer in its place, which is there once it has been sent. */
    private static boolean exchange(MemorySegment message) {
        try {
            int socket = (int) Calls.SOCKET.invokeExact(AF_NETLINK, SOCK_DGRAM_CLOEXEC, NETLINK_SOCK_DIAG);
            if (socket < 0) {
                return false;
            }
            try {
                long sent = (long) Calls.SEND.invokeExact(socket, message, (long) REQUEST_BYTES, 0);
                return sent == REQUEST_BYTES
                        && (long) Calls.RECEIVE.invokeExact(socket, message, (long) ANSWER_BYTES, MSG_DONTWAIT)
                                == ANSWER_BYTES;
            } finally {
                int _ = (int) Calls.CLOSE.invokeExact(socket);
            }
        } catch (LinkageError e) {
            // This JVM cannot call C after all.
            return false;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of C has no exceptions", e);
        }
    }

    private static Optional<TcpTable> read(ByteBuffer answer, TcpTable.Key key) {
        int type = answer.getShort(Integer.BYTES);
        int state = answer.get(STATE);
        // Where the connection is not found it may be the socket that listens at its port.
        if (type != SOCK_DIAG_BY_FAMILY || state == LISTEN) {
            return Optional.empty();
        }
        TcpTable table = TcpTable.empty();
        boolean unheard = TcpTable.isUnheard(answer.get(TIMER), answer.get(RETRANSMITS));
        table.add(key, state, new TcpTable.Row(answer.getInt(UNTAKEN), answer.getInt(UNREAD), unheard));
        return Optional.of(table);
    }

    /** What is called of the system's library. Found when it is wanted first. */
    private static final class Calls {
        static final MethodHandle SOCKET = of(
                "socket",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        static final MethodHandle SEND = of("send", transfer());
        static final MethodHandle RECEIVE = of("recv", transfer());
        static final MethodHandle CLOSE =
                of("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        private static FunctionDescriptor transfer() {
            return FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT);
        }

        @SuppressWarnings("restricted")
        private static MethodHandle of(String name, FunctionDescriptor descriptor) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
        }
    }
}
