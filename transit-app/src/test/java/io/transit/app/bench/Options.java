package io.transit.app.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the command line asks for.
 *
 * @param figures which of P1 to P10
 * @param warmUp how much is passed on before anything counts, in each way, in bytes
 */
record Options(Set<String> figures, int rounds, boolean quick, long warmUp) {
    static final String USAGE = """
            Usage: bench.sh [--quick] [--rounds N] [--warm-up MIB] [P1 ... P10]

              --quick         small files and two rounds, to see whether it runs; the figures mean little
              --rounds N      how often each is measured, in turn with the others (5)
              --warm-up MIB   how much is passed on before, in each way (2048)
              P1 ...          which figures; all of them otherwise
            """;

    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 2;
    private static final long WARM_UP = 2048;
    private static final long QUICK_WARM_UP = 512;

    /** Reads a command line; empty if it is wrong. */
    static Optional<Options> parse(String... arguments) {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        Set<String> figures = new TreeSet<>();
        boolean quick = false;
        long rounds = 0;
        long warmUp = -1;
        while (!rest.isEmpty()) {
            String next = rest.pop();
            if (next.equals("--quick")) {
                quick = true;
            } else if (next.matches("P([1-9]|10)")) {
                figures.add(next);
            } else if (!next.matches("--rounds|--warm-up")
                    || rest.isEmpty()
                    || !rest.getFirst().matches("\\d{1,6}")) {
                return Optional.empty();
            } else if (next.equals("--rounds")) {
                rounds = Math.max(1, Long.parseLong(rest.pop()));
            } else {
                warmUp = Long.parseLong(rest.pop());
            }
        }
        rounds = rounds > 0 ? rounds : quick ? QUICK_ROUNDS : ROUNDS;
        warmUp = warmUp >= 0 ? warmUp : quick ? QUICK_WARM_UP : WARM_UP;
        return Optional.of(new Options(figures, (int) rounds, quick, warmUp << 20));
    }

    /** Whether one of these is asked for; all are if none is named. */
    boolean has(String... some) {
        return figures.isEmpty() || List.of(some).stream().anyMatch(figures::contains);
    }

    /** Returns a size, or a number, of which a quarter has to do when it should be quick. */
    long scaled(long full) {
        return quick ? full / 4 : full;
    }
}
