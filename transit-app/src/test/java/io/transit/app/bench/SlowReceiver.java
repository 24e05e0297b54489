package io.transit.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the service itself holds when a sender is fast and its receiver takes 1 MiB/s: what was sent, without what was
 * received and what the kernel has of both connections.
 *
 * @param time how long the receiver goes on
 */
record SlowReceiver(Relay relay, Route.Meeting route, Duration time) implements Figure {
    static final String NAME = "P8";
    static final String HELD = "MiB held by the service";
    static final String GROWTH = "MiB that its processes grew by";

    private static final long SIZE = 4L << 30;
    private static final double MEBIBYTE = 1 << 20;
    private static final int BUFFER = 64 << 10;
    private static final Duration SAMPLE = Duration.ofMillis(100);

    @Override
    public void measure(Results results) throws IOException {
        long before = relay.residentBytes();
        Transfer transfer = Transfer.of(SIZE);
        List<Double> held = new ArrayList<>();
        try (var sender = EagerSender.start(route, transfer);
                Wire receiver = Wire.connect(route.receivers(), BUFFER)) {
            route.ask(receiver, transfer);
            Head head = receiver.head();
            if (!head.second().equals("200")) {
                throw new IOException("the receiver was answered " + head.first());
            }
            long begun = System.nanoTime();
            long sampled = begun;
            long received = 0;
            for (long now = begun; now - begun < time.toNanos(); now = System.nanoTime()) {
                received = take(receiver, transfer, received, (long) ((now - begun) / 1e9 * MEBIBYTE));
                if (now - sampled >= SAMPLE.toNanos()) {
                    sampled = now;
                    held.add(held(sender, receiver, received));
                }
                Pause.of(Duration.ofMillis(5));
            }
            sender.requireRunning();
            // By then everything that can be full is full.
            results.add(NAME, relay.name(), HELD, Statistics.median(held.subList(held.size() / 2, held.size())));
            results.add(NAME, relay.name(), GROWTH, (relay.residentBytes() - before) / MEBIBYTE);
        }
    }

    /** Takes what is there, up to that position. */
    private static long take(Wire wire, Transfer transfer, long from, long to) throws IOException {
        long position = from;
        ByteBuffer read = wire.read();
        while (position < to) {
            if (!read.hasRemaining() && !wire.fill()) {
                throw new IOException("the slow receiver was let go");
            }
            int length = (int) Math.min(read.remaining(), to - position);
            transfer.content().check(read.slice(read.position(), length), position);
            read.position(read.position() + length);
            position += length;
        }
        return position;
    }

    /** What was read here and not taken yet counts as received. */
    private static double held(EagerSender sender, Wire receiver, long taken) throws IOException {
        int port = ((InetSocketAddress) receiver.channel().getLocalAddress()).getPort();
        TcpSockets sockets = TcpSockets.now();
        long inKernel = sockets.queued(port) + sockets.queued(sender.port());
        return (sender.sent() - taken - receiver.read().remaining() - inKernel) / MEBIBYTE;
    }
}
