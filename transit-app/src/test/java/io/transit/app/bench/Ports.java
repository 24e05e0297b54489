package io.transit.app.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;

/** Where programs may listen on this machine. */
final class Ports {
    private static final int BACKLOG = 4096;

    private Ports() {}

    /** Returns a port that nobody had a moment ago. */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(local(0));
            return socket.getLocalPort();
        }
    }

    static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static ServerSocketChannel sink() throws IOException {
        return ServerSocketChannel.open().bind(local(0), BACKLOG);
    }

    static int of(ServerSocketChannel sink) throws IOException {
        return ((InetSocketAddress) sink.getLocalAddress()).getPort();
    }
}
