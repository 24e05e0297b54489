package io.transit.app;

import io.transit.app.SeekingSender.Film;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One transfer that breaks, and goes on, until the receiver has all. */
final class BrokenTransfer {
    private static final String CURL = "curl -q -sS -N -f --noproxy '*' ";
    private static final Duration LOOK = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final int UNWRITTEN = 64 << 10;
    private static final long AGAIN_NANOS = 50_000_000;
    private static final String GO_ON = "If it breaks off:  curl ";

    private final Break plan;
    private final Original original;
    private final TwoNodes nodes;
    private final Path directory;
    private final Path copy;
    private final AtomicInteger comers = new AtomicInteger();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private int breaks;
    private long brokenAt = System.nanoTime();
    private volatile boolean over;

    /** Whether a curl has ended well. */
    private boolean received;

    /**
     * What came of it.
     *
     * @param breaks how often it broke
     * @param whole whether the receiver has all in the end
     * @param violations what must not be
     * @param took from the last break until the receiver had all, or was told
     */
    record Outcome(Break plan, int breaks, boolean whole, List<String> violations, Duration took) {}

    /** Who sends. */
    private interface Source extends AutoCloseable {
        String id() throws Exception;

        /** It may send so much, for now. */
        void haltAt(int mark);

        /** Its connection is cut, or it is killed; it goes on by itself. */
        void breakOff();

        @Override
        void close();
    }

    BrokenTransfer(Break plan, Original original, TwoNodes nodes, Path directory) throws IOException {
        this.plan = plan;
        this.original = original;
        this.nodes = nodes;
        this.directory = directory;
        this.copy = directory.resolve("copy");
        Files.createLink(directory.resolve("film.mkv"), original.path());
    }

    Outcome run() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Source source = plan.isSeeking() ? new Seeking() : new Curl()) {
            String id = source.id();
            boolean ended = false;
            while (!ended && System.nanoTime() < deadline) {
                ended = receive(source, id);
            }
            var took = Duration.ofNanos(System.nanoTime() - brokenAt);
            boolean whole = original.isWhole(copy);
            if (received) {
                awaitCompleted(nodes.one(), id);
                awaitCompleted(nodes.two(), id);
            }
            if (!ended) {
                violations.add("neither had all nor was told: " + this);
            } else if (!whole && !isReadAndLost()) {
                violations.add("what broke off did not go on to its end: " + this);
            }
            over = true;
            return new Outcome(plan, breaks, whole, violations, took);
        }
    }

    /**
     * A curl that was killed may have read the last bytes and not written them yet: nobody can tell it from one that has all. It is
     * the one way to end without the whole file.
     */
    private boolean isReadAndLost() throws IOException {
        return isReceiverKilled() && breaks > 0 && original.size() - copied() <= UNWRITTEN;
    }

    private boolean isReceiverKilled() {
        return plan.kind() == Break.Kind.RECEIVER || plan.kind() == Break.Kind.CURL_THAT_RECEIVES;
    }

    private void awaitCompleted(URI node, String id) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!nodes.status(node).of(id).equals("completed")) {
            if (System.nanoTime() > deadline) {
                violations.add("a node was not told that all was delivered: " + this);
                return;
            }
            LockSupport.parkNanos(AGAIN_NANOS);
        }
    }

    private URI nextNode() {
        int comer = comers.getAndIncrement() % plan.nodes().size();
        return plan.nodes().get(comer) == 0 ? nodes.one() : nodes.two();
    }

    private long copied() throws IOException {
        return Files.exists(copy) ? Files.size(copy) : 0;
    }

    // ---- the receiver

    /** Receives once; returns whether that was the last time: the file is whole, or it was told that there is no more of it. */
    private boolean receive(Source source, String id) throws Exception {
        allow(source);
        String link = " '" + nextNode() + id + "?wait=20'";
        try (Shell curl = Shell.start(directory, "exec " + CURL + "-w '%{http_code}' -C - -o copy" + link)) {
            while (!curl.isOverWithin(LOOK)) {
                if (breaks < plan.marks().size() && copied() >= plan.marks().get(breaks)) {
                    breaks++;
                    brokenAt = System.nanoTime();
                    if (isReceiverKilled()) {
                        curl.kill();
                        curl.exitCode();
                    } else {
                        source.breakOff();
                        allow(source);
                    }
                }
            }
            return judge(curl, id);
        }
    }

    /** The sender may go as far as the next mark. */
    private void allow(Source source) {
        boolean isLast = breaks == plan.marks().size() || plan.pace() == Break.Pace.FAST;
        source.haltAt(isLast ? original.size() : plan.marks().get(breaks));
    }

    private boolean judge(Shell curl, String id) throws Exception {
        boolean whole = original.isWhole(copy);
        received = curl.exitCode() == 0;
        said.add("receiver " + curl.exitCode() + " " + curl.output().strip() + " " + copied());
        if (curl.exitCode() == 0 ? !whole : !original.isBegun(copy)) {
            violations.add("a file that is not whole, or not the one that was sent: " + this);
        }
        LockSupport.parkNanos(whole ? 0 : AGAIN_NANOS);
        return whole || (curl.output().endsWith("410\n") && isOver(id));
    }

    /** A curl that sends offers the rest again, also if it was killed before that had begun. */
    private boolean isOver(String id) throws Exception {
        return plan.isSeeking() || nodes.status(nodes.one()).of(id).equals("completed");
    }

    // ---- the sender that can seek

    private final class Seeking implements Source {
        private final SeekingSender sender;

        Seeking() throws Exception {
            List<Film> films = List.of(new Film("film.mkv", original, 1_700_000_000_000L));
            sender = SeekingSender.offer(nodes.client(), nextNode(), films, 0);
        }

        @Override
        public String id() throws Exception {
            return sender.id();
        }

        @Override
        public void haltAt(int mark) {
            sender.haltAt(mark);
        }

        @Override
        public void breakOff() {
            sender.cut(nextNode());
        }

        @Override
        public void close() {
            sender.close();
        }
    }

    // ---- curl as the sender

    private final class Curl implements Source {
        private final Path text = directory.resolve("text");
        private final Thread thread;
        private final String link;
        private final String command;
        private volatile Shell now;

        Curl() throws Exception {
            String rate = plan.pace() == Break.Pace.FAST ? "" : "--limit-rate 2M ";
            String send = "exec curl -q -sS -N --noproxy '*' " + rate + "-T film.mkv " + nextNode();
            now = Shell.start(directory, send + " | tee text");
            List<String> lines = awaitCommand();
            link = lines.getFirst();
            command = lines.getLast().substring(GO_ON.length());
            thread = Thread.startVirtualThread(this::run);
        }

        /** Who is killed before that was told cannot go on. */
        private List<String> awaitCommand() throws Exception {
            while (true) {
                // The picture of the link may have come by halves.
                List<String> lines = Files.exists(text)
                        ? Files.readString(text, StandardCharsets.ISO_8859_1)
                                .lines()
                                .toList()
                        : List.of();
                for (int i = 0; i < lines.size() - 1; i++) {
                    if (lines.get(i).startsWith(GO_ON)) {
                        return lines.subList(0, i + 1);
                    }
                }
                if (now.isOverWithin(LOOK)) {
                    throw new IllegalStateException(now.output());
                }
            }
        }

        /** Goes on whenever it has ended before all was delivered. */
        private void run() {
            try {
                String base = link.replaceAll("[^/]+$", "");
                while (!isDelivered(now) && !over) {
                    LockSupport.parkNanos(AGAIN_NANOS);
                    String again = command.replace(base, nextNode().toString());
                    now = Shell.start(directory, CURL + again.replace("$(curl ", "$(" + CURL));
                }
            } catch (Exception e) {
                said.add(e.toString());
            }
        }

        /** Whether it was told that all was delivered. */
        private boolean isDelivered(Shell shell) throws Exception {
            boolean good = shell.exitCode() == 0;
            said.add("sender " + shell.exitCode() + " " + shell.output().lines().reduce("", (before, line) -> line));
            return good && shell.output().matches("(?s).*(Transfer complete\\.|Delivered: ).*");
        }

        @Override
        public String id() throws Exception {
            return link.replaceAll(".*/", "");
        }

        /** It is as fast as it is. */
        @Override
        public void haltAt(int mark) {}

        @Override
        public void breakOff() {
            now.kill();
        }

        @Override
        public void close() {
            now.kill();
            thread.interrupt();
        }
    }

    @Override
    public String toString() {
        return plan + " " + said;
    }
}
