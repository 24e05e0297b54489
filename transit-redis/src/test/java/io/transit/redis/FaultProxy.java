package io.transit.redis;

import io.transit.core.Frame;
import io.transit.core.FrameCodec;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lies between a node and Redis, and understands just enough of what they say to do ill: where a command ends, which of them
 * belong together, which carry a record, and which answer is whose.
 */
final class FaultProxy implements AutoCloseable {
    /** What is done to a push, which is a command, or a transaction of several, that carries a record. */
    enum Trick {
        /** It happens, and the writer never hears of it; its connection breaks. */
        LOSE_ANSWER,
        /** It happens twice; one answer is passed on. */
        REPEAT,
        /** It does not happen, and nobody answers. */
        LOSE,
        /** It does not happen, and is answered as the one before: as a master answers that dies before its replica knows. */
        LOSE_AND_ANSWER
    }

    private final ServerSocket server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    private final URI redis;
    private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger played = new AtomicInteger();
    private volatile Trick trick = Trick.REPEAT;
    private volatile Predicate<Frame> victim = frame -> false;
    private volatile long delayNanos;
    private volatile long upUntil = System.nanoTime();
    private volatile long downUntil = System.nanoTime();

    FaultProxy(String redis) throws IOException {
        this.redis = URI.create(redis);
        Thread.startVirtualThread(this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** Plays a trick on the so-manieth push, from 0, whose record is of that kind. */
    void play(Trick what, int after, Predicate<Frame> on) {
        trick = what;
        pending.set(after + 1);
        victim = on;
    }

    /** How often it was played. */
    int played() {
        return played.get();
    }

    /** Has all answers arrive later by that time. */
    void delay(Duration time) {
        delayNanos = time.toNanos();
    }

    /** Has nothing arrive at Redis for that time. */
    void holdCommands(Duration time) {
        upUntil = System.nanoTime() + time.toNanos();
    }

    /** Has nothing come from Redis for that time. */
    void holdAnswers(Duration time) {
        downUntil = System.nanoTime() + time.toNanos();
    }

    @Override
    public void close() {
        quietly(server);
        sockets.forEach(FaultProxy::quietly);
    }

    private static void quietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // It is of no use any more.
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket node = server.accept();
                Socket store = new Socket(redis.getHost(), redis.getPort());
                sockets.add(node);
                sockets.add(store);
                var link = new Link(node, store);
                Thread.startVirtualThread(() -> link.run(link::commands));
                Thread.startVirtualThread(() -> link.run(link::answers));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private Optional<Trick> trickOn(List<Frame> frames) {
        return frames.stream().anyMatch(victim) && pending.getAndDecrement() == 1
                ? Optional.of(trick)
                : Optional.empty();
    }

    /** A command: its bytes, its name, and the record that it carries, if it does. */
    private record Command(
            ByteBuffer bytes, String name, @Nullable Frame record) {}

    /** What is to become of so many answers, of which none may be Redis's own. */
    private record Expected(int count, boolean isPassed, boolean isPush) {
        boolean isForged() {
            return count == 0;
        }
    }

    private interface Pump {
        void run() throws IOException;
    }

    /** One connection. */
    private final class Link {
        private final Socket node;
        private final Socket store;
        private final Deque<Expected> expected = new ArrayDeque<>();
        private byte[] lastAnswer = {};
        private boolean raw;

        Link(Socket node, Socket store) {
            this.node = node;
            this.store = store;
        }

        void run(Pump pump) {
            try {
                pump.run();
            } catch (IOException e) {
                // One side is gone.
            } finally {
                quietly(node);
                quietly(store);
            }
        }

        // ---- to Redis

        private void commands() throws IOException {
            var in = new Resp(node.getInputStream());
            List<Command> batch = new ArrayList<>();
            while (true) {
                batch.add(in.command());
                boolean isOpen = batch.getFirst().name().equals("MULTI")
                        && !batch.getLast().name().equals("EXEC");
                if (!isOpen) {
                    pause(upUntil, false);
                    pass(batch);
                    batch = new ArrayList<>();
                }
            }
        }

        private void pass(List<Command> batch) throws IOException {
            List<Frame> frames = new ArrayList<>();
            var bytes = new ByteArrayOutputStream();
            for (Command command : batch) {
                bytes.writeBytes(command.bytes().array());
                if (command.record() != null) {
                    frames.add(command.record());
                }
            }
            int count = batch.size();
            boolean isPush = !frames.isEmpty();
            Optional<Trick> now = trickOn(frames);
            now.ifPresent(what -> played.incrementAndGet());
            synchronized (this) {
                raw |= batch.getFirst().name().equals("SUBSCRIBE");
                if (now.isEmpty()) {
                    expected.add(new Expected(count, true, isPush));
                } else {
                    switch (now.get()) {
                        case LOSE_ANSWER -> expected.add(new Expected(count, false, true));
                        case REPEAT -> {
                            expected.add(new Expected(count, true, true));
                            expected.add(new Expected(count, false, false));
                            bytes.writeBytes(bytes.toByteArray());
                        }
                        case LOSE -> bytes.reset();
                        case LOSE_AND_ANSWER -> {
                            expected.add(new Expected(0, true, true));
                            bytes.reset();
                            forge();
                        }
                    }
                }
            }
            store.getOutputStream().write(bytes.toByteArray());
        }

        /** Under the lock: gives the answers that are nobody's but ours. */
        private void forge() throws IOException {
            for (Expected first = expected.peek(); first != null && first.isForged(); first = expected.peek()) {
                expected.remove();
                node.getOutputStream().write(lastAnswer);
            }
        }

        // ---- from Redis

        private void answers() throws IOException {
            var in = new Resp(store.getInputStream());
            var answer = new ByteArrayOutputStream();
            int count = 0;
            while (true) {
                boolean isFirst = in.isEmpty();
                byte[] one = in.answer();
                pause(downUntil, isFirst);
                synchronized (this) {
                    if (raw || one[0] == '>') {
                        node.getOutputStream().write(one);
                        continue;
                    }
                    answer.writeBytes(one);
                    Expected first = expected.element();
                    if (++count < first.count()) {
                        continue;
                    }
                    expected.remove();
                    if (first.isPassed()) {
                        node.getOutputStream().write(answer.toByteArray());
                    } else if (first.isPush()) {
                        throw new IOException("the connection breaks before it arrives");
                    }
                    if (first.isPush()) {
                        lastAnswer = answer.toByteArray();
                    }
                    answer.reset();
                    count = 0;
                    forge();
                }
            }
        }

        /** What came together goes on together. */
        private void pause(long until, boolean isFirst) {
            for (long now = System.nanoTime(), end = Math.max(until, now + (isFirst ? delayNanos : 0));
                    end - now > 0 && !node.isClosed();
                    now = System.nanoTime()) {
                LockSupport.parkNanos(end - now);
            }
        }
    }

    /** Reads what is said, piece by piece, and keeps every byte of it. */
    private static final class Resp {
        private final InputStream in;
        private ByteArrayOutputStream read = new ByteArrayOutputStream();

        Resp(InputStream in) {
            this.in = new BufferedInputStream(in, 1 << 16);
        }

        boolean isEmpty() throws IOException {
            return in.available() == 0;
        }

        Command command() throws IOException {
            read = new ByteArrayOutputStream();
            String head = line();
            List<byte[]> words = new ArrayList<>();
            for (int left = Integer.parseInt(head.substring(1)); left > 0; left--) {
                words.add(bulk(line()));
            }
            Frame record = null;
            for (byte[] word : words) {
                record = record == null ? record(word) : record;
            }
            String name = new String(words.getFirst(), StandardCharsets.US_ASCII);
            return new Command(ByteBuffer.wrap(read.toByteArray()), name.toUpperCase(Locale.ROOT), record);
        }

        private static @Nullable Frame record(byte[] word) {
            // No other argument begins with a byte this small and is this long.
            if (word.length < 9 || word[0] > 2 || word[0] < 0) {
                return null;
            }
            try {
                return FrameCodec.decode(ByteBuffer.wrap(word)).frame();
            } catch (FrameCodec.MalformedRecord e) {
                return null;
            }
        }

        byte[] answer() throws IOException {
            read = new ByteArrayOutputStream();
            skip();
            return read.toByteArray();
        }

        private void skip() throws IOException {
            String line = line();
            switch (line.charAt(0)) {
                case '$', '=', '!' -> {
                    var unused = bulk(line);
                }
                case '*', '~', '>', '%' -> {
                    int each = line.charAt(0) == '%' ? 2 : 1;
                    for (int left = each * Integer.parseInt(line.substring(1)); left > 0; left--) {
                        skip();
                    }
                }
                default -> {
                    // All of it was in the line.
                }
            }
        }

        private byte[] bulk(String line) throws IOException {
            int length = Integer.parseInt(line.substring(1));
            if (length < 0) {
                return new byte[0];
            }
            byte[] bytes = in.readNBytes(length + 2);
            if (bytes.length < length + 2) {
                throw new EOFException();
            }
            read.writeBytes(bytes);
            return Arrays.copyOf(bytes, length);
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            while (true) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                read.write(next);
                if (next == '\n') {
                    return line.substring(0, line.length() - 1);
                }
                line.append((char) next);
            }
        }
    }
}
