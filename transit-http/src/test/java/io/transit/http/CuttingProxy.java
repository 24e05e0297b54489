package io.transit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between a browser and its server that is cut: each cut resets all connections, and what was on its way over them
 * is lost. It also counts, and can be gone for a while.
 */
final class CuttingProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong carried = new AtomicLong();
    private final int server;
    private volatile long[] cuts = {};
    private volatile boolean gone;
    private int next;

    CuttingProxy(int server) throws IOException {
        this.server = server;
        Thread.startVirtualThread(this::accept);
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + listener.getLocalPort() + path);
    }

    /** Cuts each time that so many bytes were carried in all, either way, in rising order. */
    void cutAt(long... bytes) {
        cuts = bytes;
    }

    /** How often it was cut, of the times that were planned. */
    synchronized int cutSoFar() {
        return next;
    }

    /** Cuts now, and refuses everybody from now on, or no longer. */
    void setGone(boolean isGone) {
        gone = isGone;
        if (isGone) {
            cut();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                if (gone) {
                    reset(client);
                } else {
                    Thread.startVirtualThread(() -> connect(client));
                }
            }
        } catch (SocketException e) {
            // It was closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect(Socket client) {
        try {
            var upstream = new Socket("localhost", server);
            sockets.add(upstream);
            Thread.startVirtualThread(() -> carry(upstream, client));
            carry(client, upstream);
        } catch (IOException e) {
            reset(client);
        }
    }

    private void carry(Socket from, Socket to) {
        var buffer = new byte[BUFFER_BYTES];
        try {
            for (int length = from.getInputStream().read(buffer);
                    length >= 0;
                    length = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, length);
                count(length);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        }
    }

    private synchronized void count(int length) {
        long now = carried.addAndGet(length);
        if (next < cuts.length && now >= cuts[next]) {
            next++;
            cut();
        }
    }

    private void cut() {
        sockets.forEach(this::reset);
    }

    private void reset(Socket socket) {
        sockets.remove(socket);
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
