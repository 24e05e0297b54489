package io.transit.app;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant by one that does not exist. */
final class NearMiss {
    /** More slips than these make a guess that is worse than none. */
    private static final int MAX_SLIPS = 2;

    private NearMiss() {}

    /** Returns the name with the fewest slips, or else one that has the same last part. */
    static Optional<String> of(String name, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(other -> slips(name, other)))
                .filter(other -> slips(name, other) <= MAX_SLIPS)
                .or(() -> known.stream()
                        .filter(other -> lastPart(other).equals(lastPart(name)))
                        .findFirst());
    }

    private static String lastPart(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('_')) + 1)
                .toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's distance, by one row at a time; upper and lower case are the same. */
    private static int slips(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
