package io.transit.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** What stands before several nodes, and passes the bytes of each connection on to the one that it leads to when that begins. */
final class Front implements AutoCloseable {
    private final ServerSocket listener;
    private volatile URI node;

    private Front(ServerSocket listener, URI node) {
        this.listener = listener;
        this.node = node;
    }

    static Front before(URI node) throws IOException {
        var front = new Front(new ServerSocket(0, 50, InetAddress.getByName("localhost")), node);
        Thread.startVirtualThread(front::accept);
        return front;
    }

    URI address() {
        return URI.create("http://localhost:" + listener.getLocalPort() + "/");
    }

    void leadTo(URI other) {
        node = other;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException e) {
                // It was closed.
            }
        }
    }

    private void serve(Socket client) {
        URI to = node;
        try (client;
                var server = new Socket(to.getHost(), to.getPort())) {
            Thread back = Thread.startVirtualThread(() -> pass(server, client));
            pass(client, server);
            back.join();
        } catch (IOException | InterruptedException e) {
            // That node is not there: the client sees its connection end.
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One of them is gone, so the other may go.
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
