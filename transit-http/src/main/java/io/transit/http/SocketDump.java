package io.transit.http;

/**
 * All connections that the kernel has at a port, which its {@link TcpTable} has as text. This one, for Java 21, cannot ask; from
 * Java 22 on the class of this name in {@code java22} takes its place.
 */
final class SocketDump {
    private SocketDump() {}

    /**
     * Adds to a table all connections of a part of it. Does not wait.
     *
     * @param port ours, or 0 for each
     * @return false if they are not to be had here: what was added then is true, but not all
     */
    static boolean addTo(TcpTable table, TcpTable.Part part, int port) {
        return false;
    }
}
