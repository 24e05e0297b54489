package io.transit.app.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Sends as fast as it is let, and counts at any time what the kernel has taken. Never comes to the end of its file. */
final class EagerSender implements Closeable {
    private final Wire wire;
    private final Transfer transfer;
    private final AtomicLong sent = new AtomicLong();
    private final Selector selector = Selector.open();
    private final CompletableFuture<Void> end;

    private EagerSender(Wire wire, Transfer transfer) throws IOException {
        this.wire = wire;
        this.transfer = transfer;
        this.end = CompletableFuture.runAsync(
                this::send, task -> Thread.ofPlatform().daemon().start(task));
    }

    static EagerSender start(Route.Meeting route, Transfer transfer) throws IOException {
        Wire wire = Wire.connect(route.senders(), Route.SMALL);
        wire.write("PUT " + route.sendPath(transfer) + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                + transfer.size() + "\r\n\r\n");
        wire.channel().configureBlocking(false);
        return new EagerSender(wire, transfer);
    }

    /** Returns how many bytes of the file the kernel has taken. */
    long sent() {
        return sent.get();
    }

    int port() throws IOException {
        return ((InetSocketAddress) wire.channel().getLocalAddress()).getPort();
    }

    void requireRunning() throws IOException {
        if (end.isDone()) {
            throw new IOException("the sender was let go");
        }
    }

    private void send() {
        try {
            wire.channel().register(selector, SelectionKey.OP_WRITE);
            ByteBuffer run = transfer.content().run(0, Upload.RUN);
            while (selector.isOpen()) {
                selector.select();
                int count = wire.channel().write(run);
                long total = sent.addAndGet(count);
                if (!run.hasRemaining()) {
                    run = transfer.content().run(total, Upload.RUN);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        wire.close();
    }
}
