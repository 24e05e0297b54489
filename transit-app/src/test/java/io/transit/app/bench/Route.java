package io.transit.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** How files get through a relay. */
sealed interface Route {
    /** Where senders connect. */
    InetSocketAddress senders();

    /** The path that a sender names. */
    String sendPath(Transfer transfer);

    /** Receives a file whole, maybe another one of those that are on their way; returns when its last byte was there. */
    long receive(Transfer transfer) throws IOException;

    /** Sends a file, and returns once the relay has said that all is well. */
    default void send(Upload upload, Transfer transfer) throws IOException {
        try (Wire wire = Wire.connect(senders(), SMALL)) {
            upload.offer(wire, sendPath(transfer), transfer);
            upload.send(wire, transfer);
        }
    }

    /** For what is short, in bytes. */
    int SMALL = 4 << 10;

    /** The most that a receiver reads at once, in bytes; less of short files, of which there are many at once. */
    private static int buffer(long size) {
        return Math.clamp(size / 32, 16 << 10, 256 << 10);
    }

    /**
     * The receiver asks for what the sender offers.
     *
     * @param file what follows the id in the path of a sender
     * @param query what follows it in the path of a receiver that comes first
     */
    record Meeting(InetSocketAddress senders, InetSocketAddress receivers, String file, String query) implements Route {
        @Override
        public String sendPath(Transfer transfer) {
            return "/" + transfer.id() + file;
        }

        String receivePath(Transfer transfer) {
            return "/" + transfer.id() + query;
        }

        @Override
        public long receive(Transfer transfer) throws IOException {
            try (Wire wire = Wire.connect(receivers, buffer(transfer.size()))) {
                ask(wire, transfer);
                return take(wire, transfer);
            }
        }

        void ask(Wire wire, Transfer transfer) throws IOException {
            wire.write("GET " + receivePath(transfer) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        }

        static long take(Wire wire, Transfer transfer) throws IOException {
            Head head = wire.head();
            if (!head.second().equals("200")) {
                throw new IOException("the receiver was answered " + head.first());
            }
            new Body(wire, transfer.content()).take(head, transfer.size());
            return System.nanoTime();
        }
    }

    /**
     * The relay connects to a sink of our own for each sender: what moving bytes costs, without any meeting.
     *
     * @param sink where it connects to
     */
    record Forwarding(InetSocketAddress senders, ServerSocketChannel sink) implements Route {
        @Override
        public String sendPath(Transfer transfer) {
            return "/" + transfer.id();
        }

        @Override
        public long receive(Transfer transfer) throws IOException {
            try (Wire wire = Wire.of(sink.accept(), buffer(transfer.size()))) {
                Head head = wire.head();
                var arriving = new Transfer(Transfer.numberIn(head.second()), transfer.size());
                new Body(wire, arriving.content()).take(head, arriving.size());
                long end = System.nanoTime();
                wire.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                return end;
            }
        }
    }
}
