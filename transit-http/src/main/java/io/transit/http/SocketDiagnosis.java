package io.transit.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * What the kernel says of a single connection, at once: the {@link TcpTable} has it too, but takes the kernel milliseconds.
 * This one, for Java 21, cannot ask; from Java 22 on the class of this name in {@code java22} takes its place.
 */
final class SocketDiagnosis {
    private SocketDiagnosis() {}

    /**
     * Returns what the table would say if it had no other row. Does not wait.
     *
     * @return empty if that cannot be known here, or the connection is not found
     */
    static Optional<TcpTable> of(SocketChannel channel) throws IOException {
        return Optional.empty();
    }
}
