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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.OptionalInt;

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
    private static final int UNTAKEN = STATE + 59;

    /** Of an error, which is the shortest answer, that much has to have come. */
    private static final int ERROR_BYTES = HEAD_BYTES + 4;

    private static final boolean IS_THERE = isThere();

    private final InetSocketAddress here;
    private final InetSocketAddress there;

    private SocketDiagnosis(InetSocketAddress here, InetSocketAddress there) {
        this.here = here;
        this.there = there;
    }

    private static boolean isThere() {
        return System.getProperty("os.name").equals("Linux")
                && ValueLayout.ADDRESS.byteSize() == Long.BYTES
                && SocketDiagnosis.class.getModule().isNativeAccessEnabled();
    }

    /**
     * Finds a connection that is not closed yet. Does not wait.
     *
     * @return empty if it is not found: a kernel without the module for this answers as if there were no connection, and one that
     *     is bound to something else than its addresses say is not found either
     */
    static Optional<SocketDiagnosis> find(SocketChannel channel) throws IOException {
        if (IS_THERE
                && channel.getLocalAddress() instanceof InetSocketAddress here
                && channel.getRemoteAddress() instanceof InetSocketAddress there) {
            var diagnosis = new SocketDiagnosis(here, there);
            boolean isFound = diagnosis.ask().map(SocketDiagnosis::isFound).orElse(false);
            return isFound ? Optional.of(diagnosis) : Optional.empty();
        }
        return Optional.empty();
    }

    /**
     * Returns how many bytes were written that the peer has not acknowledged: none of a connection that is not there any more,
     * which was ended by both sides or reset. Does not wait.
     *
     * @return empty if there is no answer
     */
    OptionalInt untaken() {
        Optional<ByteBuffer> answer = ask();
        if (answer.isEmpty()) {
            return OptionalInt.empty();
        }
        ByteBuffer bytes = answer.get();
        return OptionalInt.of(isFound(bytes) ? TcpTable.untaken(bytes.get(STATE), bytes.getInt(UNTAKEN)) : 0);
    }

    /** Where the connection is not found the answer is an error, or of the socket that listens at its port. */
    private static boolean isFound(ByteBuffer answer) {
        return answer.getShort(Integer.BYTES) == SOCK_DIAG_BY_FAMILY && answer.get(STATE) != LISTEN;
    }

    /** Returns what the kernel says; empty if it says nothing. */
    private Optional<ByteBuffer> ask() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(ANSWER_BYTES);
            writeTo(message.asByteBuffer().order(ByteOrder.nativeOrder()));
            if (!exchange(message)) {
                return Optional.empty();
            }
            return Optional.of(
                    ByteBuffer.wrap(message.toArray(ValueLayout.JAVA_BYTE)).order(ByteOrder.nativeOrder()));
        }
    }

    private void writeTo(ByteBuffer request) {
        InetAddress peer = there.getAddress();
        request.putInt(REQUEST_BYTES)
                .putShort(SOCK_DIAG_BY_FAMILY)
                .putShort(NLM_F_REQUEST)
                .position(HEAD_BYTES);
        request.put((byte) (peer instanceof Inet4Address ? AF_INET : AF_INET6))
                .put(IPPROTO_TCP)
                .putShort((short) 0)
                .putInt(ALL);
        putPort(request, here);
        putPort(request, there);
        request.put(LOCAL, here.getAddress().getAddress());
        request.put(REMOTE, peer.getAddress());
        // One between addresses of a link is bound to its interface.
        request.putInt(INTERFACE, peer instanceof Inet6Address address ? address.getScopeId() : 0);
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
                                >= ERROR_BYTES;
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
