package io.transit.app;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One transfer from a node to another, or to itself, while something happens to what is between them. */
final class Crossing implements AutoCloseable {
    private static final Pattern REASON = Pattern.compile("\\((\\w+)\\)\\n\\d{3}\\n$");
    private static final Duration LOOK = Duration.ofMillis(20);

    private final String id;
    private final Original original;
    private final Path copy;
    private final Manner manner;
    private final Random random;
    private final Shell sender;
    private final Shell receiver;
    private final CompletableFuture<Boolean> goOn = new CompletableFuture<>();

    /** How the bytes move. */
    enum Manner {
        /** Only so many at first, and the rest after what happens. */
        HALTING,
        /** As fast as the sender likes; the receiver waits. */
        SLOW_SENDER,
        /** As fast as the receiver likes; all between them is full. */
        SLOW_RECEIVER;

        /** All of them in turn. */
        static Manner of(int number) {
            return values()[number % values().length];
        }
    }

    /**
     * What came of it.
     *
     * @param reason what the sender was told, if not that its file was delivered
     * @param told how long after what happened both had ended
     */
    record Outcome(
            String id,
            int received,
            boolean whole,
            boolean begun,
            Optional<String> reason,
            String said,
            Duration told) {
        /** The one law, and its like for the sender. */
        boolean isRight() {
            return ((received == 0 || reason.isEmpty()) ? whole : begun)
                    && (reason.isPresent() || said.contains("Transfer complete."));
        }
    }

    private Crossing(String id, Manner manner, Original original, URI from, URI to, Path home) throws IOException {
        this.id = id;
        this.manner = manner;
        this.original = original;
        this.random = new Random(id.hashCode());
        Path place = Files.createDirectories(home.resolve(id));
        this.copy = place.resolve("film.mkv");
        this.sender = Shell.start(place, sendCommand(from + id + "/film.mkv"));
        this.receiver = Shell.start(place, receiveCommand("'" + to + id + "?wait=60'"));
    }

    /** Starts both; all that is at random about it follows from the id. */
    static Crossing start(String id, Manner manner, Original original, URI from, URI to, Path home) throws IOException {
        return new Crossing(id, manner, original, from, to, home);
    }

    private String sendCommand(String link) {
        String curl = "exec curl -q -sS -N --noproxy '*' -w '%{http_code}\\n' -H Expect: '" + link + "' ";
        return switch (manner) {
            case HALTING -> curl + "-T -";
            case SLOW_SENDER -> curl + "--limit-rate " + rate() + " -T " + original.path();
            case SLOW_RECEIVER -> curl + "-T - < " + original.path();
        };
    }

    private String receiveCommand(String link) {
        String limit = manner == Manner.SLOW_RECEIVER ? "--limit-rate=" + rate() + " " : "";
        return random.nextBoolean()
                ? "exec curl -q -sS -N -f --noproxy '*' " + limit.replace('=', ' ') + "-o film.mkv " + link
                : "exec wget --no-config --no-proxy -nv --tries=1 " + limit + "-O film.mkv " + link;
    }

    private String rate() {
        return 2_000 + random.nextInt(2_000) + "K";
    }

    /** Waits until enough of the file is on the other side. */
    void awaitMidway() throws Exception {
        boolean halting = manner == Manner.HALTING;
        int first = 1 + random.nextInt(halting ? original.size() : original.size() / 4);
        if (halting) {
            Thread.startVirtualThread(() -> feed(first));
        }
        // The last bytes may be held back.
        int mark = Math.min(first, original.size() - 1);
        while (copied() < mark && !receiver.isOverWithin(LOOK)) {
            // Not there yet.
        }
    }

    private void feed(int mark) {
        try (OutputStream input = sender.input()) {
            input.write(original.bytes(), 0, mark);
            input.flush();
            goOn.join();
            input.write(original.bytes(), mark, original.size() - mark);
        } catch (IOException e) {
            // It was answered before it had sent all.
        }
    }

    private long copied() throws IOException {
        return Files.exists(copy) ? Files.size(copy) : 0;
    }

    /** Waits until both have ended. */
    Outcome end(long since) throws Exception {
        goOn.complete(true);
        int received = receiver.exitCode();
        sender.exitCode();
        var told = Duration.ofNanos(System.nanoTime() - since);
        Matcher reason = REASON.matcher(sender.output());
        return new Outcome(
                id,
                received,
                original.isWhole(copy),
                original.isBegun(copy),
                reason.find() ? Optional.of(reason.group(1)) : Optional.empty(),
                sender.output() + receiver.output(),
                told);
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}
