package io.transit.app.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** All that was measured, in the order in which it was met first. */
final class Results {
    /**
     * What a value is of.
     *
     * @param figure which measurement, such as {@code P1}
     * @param subject whose
     * @param unit its unit, which also tells what it is
     */
    record Name(String figure, String subject, String unit) {}

    private final Map<Name, List<Double>> values = new LinkedHashMap<>();

    void add(String figure, String subject, String unit, double value) {
        values.computeIfAbsent(new Name(figure, subject, unit), name -> new ArrayList<>())
                .add(value);
        System.err.printf("  %s %s: %s %s%n", figure, subject, Statistics.shown(value), unit);
    }

    /** Returns the median of these values, if there are any. */
    OptionalDouble median(String figure, String subject, String unit) {
        List<Double> found = values.get(new Name(figure, subject, unit));
        return found == null ? OptionalDouble.empty() : OptionalDouble.of(Statistics.median(found));
    }

    /** Lists everything, as a table. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        values.forEach((name, all) -> rows.add(List.of(
                name.figure(),
                name.subject(),
                Statistics.shown(Statistics.median(all)) + " " + name.unit(),
                Statistics.shown(Collections.min(all)) + "–" + Statistics.shown(Collections.max(all)),
                Integer.toString(all.size()))));
        return rows;
    }
}
