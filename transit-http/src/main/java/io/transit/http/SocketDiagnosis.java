package io.transit.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the kernel says of a single connection, at once: the {@link TcpTable} has it too, but takes the kernel milliseconds.
 * This one, for Java 21, cannot ask; from Java 22 on the class of this name in {@code java22} takes its place.
 */
final class SocketDiagnosis {
    private SocketDiagnosis() {}

    /** Finds a connection that is not closed yet. Does not wait; empty if that is not to be had here. */
    static Optional<SocketDiagnosis> find(SocketChannel channel) throws IOException {
        return Optional.empty();
    }

    /** Returns how many bytes were written that the peer has not acknowledged, and never will if it is gone. */
    OptionalInt untaken() {
        return OptionalInt.empty();
    }
}
