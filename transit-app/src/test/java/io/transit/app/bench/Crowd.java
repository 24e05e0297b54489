package io.transit.app.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Senders that have said all they can say before their receivers come. One thread answers what they are asked. */
final class Crowd implements Closeable {
    private static final int BUFFER = 1 << 10;
    private static final int TURN_MILLIS = 100;

    private final Route route;
    private final List<Wire> wires = new ArrayList<>();
    private final List<Transfer> transfers = new ArrayList<>();
    private final Queue<IOException> lost = new ConcurrentLinkedQueue<>();
    private final Selector selector = Selector.open();
    private final ExecutorService threads =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

    Crowd(Route route) throws IOException {
        this.route = route;
        threads.execute(this::answer);
    }

    void add(Transfer transfer, Upload upload) throws IOException {
        Wire wire = Wire.connect(route.senders(), BUFFER);
        wires.add(wire);
        transfers.add(transfer);
        upload.offer(wire, route.sendPath(transfer), transfer);
        if (upload instanceof LengthUpload) {
            LengthUpload.write(wire, transfer);
        } else {
            wire.channel().configureBlocking(false);
            wire.channel().register(selector, SelectionKey.OP_READ, wire);
            selector.wakeup();
        }
    }

    /** Waits until the last of them is offered, as all before it are then or soon. */
    void awaitLast() throws IOException {
        String path = "/api/transfers/" + transfers.getLast().id();
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!get(path).contains("waiting")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("not all senders are let wait");
            }
            Pause.of(Duration.ofMillis(50));
        }
    }

    /** Receives the files of some of them, which are as they should be. */
    void receive(int some) throws IOException {
        for (int i = 0; i < some; i++) {
            route.receive(transfers.get(i * (transfers.size() - 1) / some));
        }
    }

    private String get(String path) throws IOException {
        try (Wire wire = Wire.connect(route.senders(), Route.SMALL)) {
            wire.write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            wire.head();
            while (wire.fill()) {
                // Its answer is short.
            }
            return ISO_8859_1.decode(wire.read()).toString();
        }
    }

    private void answer() {
        try {
            while (selector.isOpen()) {
                selector.select(this::answer, TURN_MILLIS);
            }
        } catch (IOException e) {
            lost.add(e);
        } catch (ClosedSelectorException e) {
            // They are let go.
            return;
        }
    }

    private void answer(SelectionKey key) {
        Wire wire = (Wire) key.attachment();
        try {
            if (!wire.fill()) {
                throw new IOException("a sender that waited was let go");
            }
            WebSocketFrames.answerPings(wire);
        } catch (IOException e) {
            lost.add(e);
            key.cancel();
        }
    }

    /** Throws if one of them had to go. */
    void requireAll() throws IOException {
        IOException first = lost.peek();
        if (first != null) {
            throw first;
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        threads.shutdown();
        for (Wire wire : wires) {
            wire.close();
        }
    }
}
