package io.transit.http;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A socket to the part of Linux' kernel that knows of sockets (netlink(7)). Needs native access (JEP 454), and asks for it
 * only where it has been granted, so that nobody is warned of it.
 */
final class Netlink implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int MSG_DONTWAIT = 0x40;

    private static final boolean IS_THERE = isThere();

    private final int descriptor;

    private Netlink(int descriptor) {
        this.descriptor = descriptor;
    }

    private static boolean isThere() {
        return System.getProperty("os.name").equals("Linux")
                && ValueLayout.ADDRESS.byteSize() == Long.BYTES
                && Netlink.class.getModule().isNativeAccessEnabled();
    }

    /** Opens one; empty if that is not to be had here. */
    static Optional<Netlink> open() {
        if (!IS_THERE) {
            return Optional.empty();
        }
        try {
            int descriptor = (int) Calls.SOCKET.invokeExact(AF_NETLINK, SOCK_DGRAM_CLOEXEC, NETLINK_SOCK_DIAG);
            return descriptor < 0 ? Optional.empty() : Optional.of(new Netlink(descriptor));
        } catch (LinkageError e) {
            // This JVM cannot call C after all.
            return Optional.empty();
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /** Sends the whole of a message, to which the answer is there once this returns; returns whether that was possible. */
    boolean send(MemorySegment message) {
        try {
            return (long) Calls.SEND.invokeExact(descriptor, message, message.byteSize(), 0) == message.byteSize();
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /** Takes the next that is there of an answer, and does not wait; empty if there is nothing. */
    Optional<ByteBuffer> receive(MemorySegment into) {
        try {
            long count = (long) Calls.RECEIVE.invokeExact(descriptor, into, into.byteSize(), MSG_DONTWAIT);
            return count < 0
                    ? Optional.empty()
                    : Optional.of(into.asSlice(0, count).asByteBuffer());
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    @Override
    public void close() {
        try {
            int _ = (int) Calls.CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    private static RuntimeException unforeseen(Throwable e) {
        return switch (e) {
            case Error error -> throw error;
            case RuntimeException exception -> exception;
            default -> new IllegalStateException("a call of C has no exceptions", e);
        };
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
