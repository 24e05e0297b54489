package io.transit.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Measures this service beside others, in turn, and prints what was to be reached and what was; run by bench.sh. */
final class Bench {
    private static final int USAGE = 64;

    private Bench() {}

    /** The first argument is a directory for what is needed only meanwhile; the rest is {@link Options}. */
    public static void main(String... arguments) {
        List<String> all = List.of(arguments);
        Optional<Options> options = Options.parse(all.subList(1, all.size()).toArray(String[]::new));
        if (options.isEmpty()) {
            System.err.print(Options.USAGE);
            System.exit(USAGE);
            return;
        }
        try {
            Results results = measure(Path.of(all.getFirst()), options.get());
            System.out.print(report(results, options.get()));
        } catch (IOException | RuntimeException e) {
            System.err.println("bench: " + e);
            System.exit(1);
        }
        // Clients that still wait do not hold it up; the script ends what was started.
        System.exit(0);
    }

    private static Results measure(Path work, Options options) throws IOException {
        var results = new Results();
        Plan plan = Plan.of(new Lab(work, options));
        System.err.println("warming up");
        for (Figure figure : plan.figures()) {
            figure.warmUp(options.warmUp());
        }
        for (int round = 1; round <= options.rounds(); round++) {
            System.err.printf("round %d of %d%n", round, options.rounds());
            for (Figure figure : plan.figures()) {
                figure.measure(results);
            }
        }
        return results;
    }

    private static String report(Results results, Options options) throws IOException {
        return "%s. Rounds: %d%s.%n%n%s%n%s"
                .formatted(
                        Machine.line(),
                        options.rounds(),
                        options.quick() ? ", quick: the figures mean little" : "",
                        Table.of(Targets.HEAD, Targets.rows(results, options)),
                        Table.of(List.of("#", "of", "median", "range", "runs"), results.rows()));
    }
}
