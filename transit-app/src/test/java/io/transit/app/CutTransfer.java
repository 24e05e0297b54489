package io.transit.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One transfer from curl to a tool, until one of those who take part in it is killed. */
final class CutTransfer {
    private static final Duration LOOK = Duration.ofMillis(2);

    private final Cut cut;
    private final Original original;
    private final StatusApi sending;
    private final StatusApi receiving;
    private final Path directory;
    private final Path copy;

    /** Completed when a sender that halts may go on. */
    private final CompletableFuture<Boolean> goOn = new CompletableFuture<>();

    /** Completed when it is known under which id the file is offered. */
    private final CompletableFuture<String> offered = new CompletableFuture<>();

    /** Takes the one server, or the two nodes at which the two are. */
    CutTransfer(Cut cut, Original original, StatusApi sending, StatusApi receiving, Path directory) {
        this.cut = cut;
        this.original = original;
        this.sending = sending;
        this.receiving = receiving;
        this.directory = directory;
        this.copy = directory.resolve("film.mkv");
    }

    /** Runs it; {@code kill} is how a server, or a node, is killed. */
    CutOutcome run(Runnable kill) throws Exception {
        try (Shell sender = Shell.start(directory, sendCommand());
                Shell receiver = Shell.start(directory, receiveCommand(idOf(sender)))) {
            String id = id();
            feed(sender);
            awaitMark(id, sender, receiver);
            long killed = System.nanoTime();
            switch (cut.victim()) {
                case SENDER -> sender.kill();
                case RECEIVER -> receiver.kill();
                case SERVER, SENDERS_NODE, RECEIVERS_NODE -> kill.run();
            }
            goOn.complete(true);
            int received = receiver.exitCode();
            int sent = sender.exitCode();
            var took = Duration.ofNanos(System.nanoTime() - killed);
            boolean whole = original.isWhole(copy);
            boolean begun = original.isBegun(copy);
            return new CutOutcome(
                    cut,
                    new CutOutcome.End(sent, sender.output()),
                    new CutOutcome.End(received, receiver.output()),
                    copied(),
                    whole,
                    begun,
                    awaitEnd(id),
                    received == 0 || isRetryRefused(id),
                    took);
        }
    }

    // ---- the two commands

    private String sendCommand() {
        String file = original.path().toString();
        boolean known = cut.length() == Cut.Length.KNOWN;
        String source = switch (cut.pace()) {
            case HALTING ->
                "-T -" + (known ? " -H 'Transfer-Encoding:' -H 'Content-Length: " + original.size() + "'" : "");
            case SLOW -> "--limit-rate 600K " + (known ? "-T " + file : "-T - < " + file);
            case FAST -> known ? "-T " + file : "-T - < " + file;
        };
        String link = cut.isIdChosen()
                ? sending.base() + cut.name() + "/"
                : sending.base().toString();
        return "exec curl -q -sS -N --noproxy '*' -w '%{http_code}' '" + link + "film.mkv' " + source;
    }

    private String receiveCommand(String id) {
        String link = link(receiving, id);
        return switch (cut.receiver()) {
            case CURL -> "exec curl -q -sS -N -f --noproxy '*' -o film.mkv " + link;
            case WGET -> "exec wget --no-config --no-proxy -nv " + wgetOptions() + " " + link;
        };
    }

    private String wgetOptions() {
        return switch (cut.number() / 3 % 3) {
            case 0 -> "--tries=1";
            case 1 -> "--tries=2";
            default -> "--tries=2 -c";
        };
    }

    private static String link(StatusApi at, String id) {
        return at.base() + id + "/film.mkv";
    }

    // ---- what happens meanwhile

    private String idOf(Shell sender) throws Exception {
        String id = cut.isIdChosen() ? cut.name() : sender.firstLine().replaceAll(".*/", "");
        while (receiving.of(id).equals("unknown") && !sender.isOverWithin(LOOK)) {
            // Not offered yet.
        }
        offered.complete(id);
        return id;
    }

    /** The id under which the file is, or was, offered. */
    String id() {
        return offered.join();
    }

    /** Gives a sender that halts what it may send at first, and the rest when it may go on. */
    private void feed(Shell sender) {
        if (cut.pace() == Cut.Pace.HALTING) {
            Thread.startVirtualThread(() -> {
                int first = Math.min(cut.mark(), original.size());
                try (OutputStream input = sender.input()) {
                    input.write(original.bytes(), 0, first);
                    input.flush();
                    if (cut.mark() <= original.size()) {
                        goOn.join();
                    }
                    input.write(original.bytes(), first, original.size() - first);
                } catch (IOException e) {
                    // Killed, or answered before it had sent all.
                }
            });
        }
    }

    private void awaitMark(String id, Shell sender, Shell receiver) throws Exception {
        while (sending.of(id).equals("waiting") && !sender.isOverWithin(LOOK)) {
            // Not claimed yet.
        }
        // The last byte of a known length is held back until the end has been verified.
        int mark = Math.min(cut.mark(), original.size() - 1);
        while (copied() < mark && !receiver.isOverWithin(LOOK)) {
            // Not there yet.
        }
    }

    private long copied() throws IOException {
        return Files.exists(copy) ? Files.size(copy) : 0;
    }

    /** Whom to ask afterwards; nobody if there is none but the server that was killed. */
    private Optional<StatusApi> survivor() {
        return switch (cut.victim()) {
            case SENDER, RECEIVER, RECEIVERS_NODE -> Optional.of(sending);
            case SENDERS_NODE -> Optional.of(receiving);
            case SERVER -> Optional.empty();
        };
    }

    /** Waits until the transfer has ended, which it has as soon as both who took part in it are gone. */
    private String awaitEnd(String id) throws Exception {
        if (survivor().isEmpty()) {
            return "unknown";
        }
        StatusApi status = survivor().get();
        String state = status.of(id);
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (state.matches("waiting|streaming") && System.nanoTime() < deadline) {
            state = status.of(id);
        }
        return state;
    }

    // ---- what came of it

    /** Whether one who comes back for the rest is told that it cannot be had, and keeps what it has. */
    private boolean isRetryRefused(String id) throws Exception {
        if (survivor().isEmpty()) {
            return true;
        }
        String command = switch (cut.receiver()) {
            case CURL -> "exec curl -q -sS -f --noproxy '*' -C - -o film.mkv ";
            case WGET -> "exec wget --no-config --no-proxy -nv --tries=1 -c ";
        };
        long before = copied();
        try (Shell retry = Shell.start(directory, command + link(survivor().get(), id))) {
            return retry.exitCode() != 0 && copied() == before;
        }
    }
}
