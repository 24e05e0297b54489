package io.transit.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The figures of a run, as rows of the table in docs/proofs.md. */
final class CutTable {
    private static final Path FILE = Path.of("target", "cuts.md");

    private CutTable() {}

    static void add(List<CutOutcome> outcomes) throws IOException {
        Cut cut = outcomes.getFirst().cut();
        String row = String.format(
                Locale.ROOT,
                "| %s | %s | %s | %d | %d | %d | %d | %d | %.1f s |%n",
                cut.victim().name().toLowerCase(Locale.ROOT),
                cut.receiver().name().toLowerCase(Locale.ROOT),
                cut.length().name().toLowerCase(Locale.ROOT),
                outcomes.size(),
                outcomes.stream().filter(CutOutcome::isDelivered).count(),
                outcomes.stream().filter(outcome -> !outcome.isRight()).count(),
                outcomes.stream().filter(outcome -> !outcome.isTold()).count(),
                outcomes.stream().filter(outcome -> !outcome.retryRefused()).count(),
                longest(outcomes.stream().map(CutOutcome::took)));
        write(row);
    }

    static void add(Waiting waiting, List<Duration> times) throws IOException {
        write(String.format(
                Locale.ROOT,
                "| %s | %d | %.1f s |%n",
                waiting.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                times.size(),
                longest(times.stream())));
    }

    static void addNodes(List<NodesCutIT.Point> points) throws IOException {
        List<CutOutcome> outcomes =
                points.stream().map(NodesCutIT.Point::outcome).toList();
        write(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %.1f s | %.1f s |%n",
                outcomes.getFirst()
                        .cut()
                        .victim()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' '),
                outcomes.size(),
                outcomes.stream().filter(CutOutcome::isDelivered).count(),
                outcomes.stream().filter(outcome -> !outcome.isRight()).count(),
                outcomes.stream().filter(outcome -> !outcome.isTold()).count(),
                outcomes.stream().filter(outcome -> !outcome.retryRefused()).count(),
                longest(outcomes.stream().map(CutOutcome::took)),
                longest(points.stream().map(NodesCutIT.Point::forgotten))));
    }

    static void add(RedisFault fault, List<Crossing.Outcome> outcomes, Duration ready) throws IOException {
        List<Crossing.Outcome> failed = outcomes.stream()
                .filter(outcome -> outcome.reason().isPresent())
                .toList();
        write(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %s | %.1f s | %.1f s |%n",
                fault.name().toLowerCase(Locale.ROOT),
                outcomes.size(),
                outcomes.size() - failed.size(),
                outcomes.stream().filter(outcome -> !outcome.isRight()).count(),
                failed.stream()
                        .map(outcome -> outcome.reason().orElseThrow())
                        .distinct()
                        .sorted()
                        .toList(),
                longest(Stream.concat(Stream.of(Duration.ZERO), failed.stream().map(Crossing.Outcome::told))),
                longest(Stream.of(ready))));
    }

    static void addBreaks(List<BrokenTransfer.Outcome> outcomes) throws IOException {
        write(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %.1f s |%n",
                outcomes.getFirst()
                        .plan()
                        .kind()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' '),
                outcomes.size(),
                outcomes.stream().mapToInt(BrokenTransfer.Outcome::breaks).sum(),
                outcomes.stream().filter(BrokenTransfer.Outcome::whole).count(),
                outcomes.stream()
                        .mapToLong(outcome -> outcome.violations().size())
                        .sum(),
                longest(outcomes.stream().map(BrokenTransfer.Outcome::took))));
    }

    static void addMany(int senders, Duration time, int keys) throws IOException {
        write(String.format(Locale.ROOT, "| %d senders | %.1f s | %d keys |%n", senders, time.toMillis() / 1e3, keys));
    }

    static void addGiants(String what, int giants, long grown) throws IOException {
        write(String.format(Locale.ROOT, "| %s | %d | %.1f MiB |%n", what, giants, grown / 1024.0 / 1024));
    }

    /** In seconds. */
    private static double longest(Stream<Duration> times) {
        return times.mapToLong(Duration::toMillis).max().orElseThrow() / 1e3;
    }

    private static void write(String row) throws IOException {
        Files.writeString(FILE, row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
