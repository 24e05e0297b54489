package io.transit.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What is to be reached, and what was. */
final class Targets {
    static final List<String> HEAD = List.of("#", "figure", "measured", "target", "");

    private static final String TRANSIT = "transit";

    private final Results results;
    private final List<List<String>> rows = new ArrayList<>();

    private Targets(Results results) {
        this.results = results;
    }

    /** Returns a row for each target of the figures that were asked for. */
    static List<List<String>> rows(Results results, Options options) {
        var targets = new Targets(results);
        targets.bulk();
        targets.small();
        targets.others();
        return targets.rows.stream().filter(row -> options.has(row.getFirst())).toList();
    }

    private void bulk() {
        faster("P1", "PUT → GET", "P1", 0.95, "P1", Lab.SOCAT);
        faster("P1", "PUT → GET", "P1", 0.95, "P1", Lab.NGINX_64K);
        faster("P1", "PUT → GET", "P1", 1.8, "P1", Lab.NGINX);
        faster("P1", "PUT → GET", "P1", 2, "P1", Lab.PIPING);
        atMost("P1", "PUT → GET", "P1", TRANSIT, Bulk.CPU, 0.8);
        faster("P2", "in chunks", "P2", 0.9, "P1", TRANSIT);
        faster("P3", "WebSocket, frames of 64 KiB", "P3 64 KiB", 0.75, "P1", TRANSIT);
        faster("P3", "WebSocket, frames of 1 MiB", "P3 1 MiB", 0.75, "P1", TRANSIT);
        for (int n : Plan.AT_ONCE) {
            String name = "P4 " + n;
            faster("P4", n + " at once", name, 1, name, Lab.NGINX_64K);
            faster("P4", n + " at once", name, 2, name, Lab.PIPING);
        }
        rows.add(List.of("P4", "corrupt, of all that were measured", "0", "0", "met"));
    }

    private void small() {
        for (String name : List.of(Latency.SENDER_FIRST, Latency.RECEIVER_FIRST)) {
            String what = name.substring(3) + ", 1 KiB";
            atMost("P5", what, name, TRANSIT, Latency.LAST_BYTE_P50, 1);
            atMost("P5", what, name, TRANSIT, Latency.LAST_BYTE_P99, 5);
            atMost("P5", what, name, TRANSIT, Latency.TOLD_P50, 1.5);
        }
        for (String name : List.of(WaitingSenders.HTTP, WaitingSenders.WEB_SOCKET)) {
            String what = "waiting senders, " + name.substring(3);
            atMost("P6", what, name, TRANSIT, WaitingSenders.EACH, 20);
            // What rounds to none.
            atMost("P6", what, name, TRANSIT, WaitingSenders.IDLE, 0.5);
        }
    }

    private void others() {
        ratio("P7", "two nodes", speed("P7", Lab.TWO_NODES), Bulk.SPEED, 0.4, speed("P1", Lab.SOCAT), Lab.SOCAT);
        atMost("P7", "Redis", "P7", Lab.REDIS, Bulk.CPU, 1);
        atMost("P7", "two nodes", "P7", Lab.TWO_NODES, BetweenNodes.HELD, 8);
        atMost("P8", "receiver at 1 MiB/s", "P8", TRANSIT, SlowReceiver.HELD, 1);
        atMost("P9", "start", "P9", TRANSIT, StartUp.FIRST_ANSWER, 0.7);
        atMost("P9", "start", "P9", TRANSIT, StartUp.RESIDENT, 80);
        OptionalDouble many = results.median("P10 " + Plan.MANY, TRANSIT, Bulk.CPU);
        OptionalDouble few = results.median("P10 " + Plan.FEW, TRANSIT, Bulk.CPU);
        String measured = many.isEmpty() || few.isEmpty()
                ? ""
                : Statistics.shown(many.getAsDouble()) + " " + Bulk.CPU + ", "
                        + Statistics.shown(many.getAsDouble() / few.getAsDouble()) + " ×";
        boolean met = many.orElse(0) <= 1.3 * few.orElse(0);
        row("P10", Plan.MANY + " at once, 2 MiB each", measured, "≤ 1.3 × that of " + Plan.FEW, met);
    }

    private OptionalDouble speed(String figure, String subject) {
        return results.median(figure, subject, Bulk.SPEED);
    }

    private void faster(String id, String what, String name, double factor, String otherName, String other) {
        String than = otherName.equals(name) ? other : otherName;
        ratio(id, what, speed(name, TRANSIT), Bulk.SPEED, factor, speed(otherName, other), than);
    }

    private void ratio(
            String id,
            String what,
            OptionalDouble mine,
            String unit,
            double factor,
            OptionalDouble other,
            String than) {
        String target = "≥ %s × %s".formatted(plain(factor), than);
        if (mine.isEmpty() || other.isEmpty()) {
            row(id, what, "", target, false);
            return;
        }
        double ratio = mine.getAsDouble() / other.getAsDouble();
        String measured = "%s %s, %s ×".formatted(Statistics.shown(mine.getAsDouble()), unit, Statistics.shown(ratio));
        row(id, what, measured, target, ratio >= factor);
    }

    private void atMost(String id, String what, String name, String subject, String unit, double limit) {
        OptionalDouble value = results.median(name, subject, unit);
        String measured = value.isPresent() ? Statistics.shown(value.getAsDouble()) + " " + unit : "";
        row(id, what, measured, "≤ " + plain(limit), value.orElse(Double.MAX_VALUE) <= limit);
    }

    private void row(String id, String what, String measured, String target, boolean met) {
        String verdict = measured.isEmpty() ? "not measured" : met ? "met" : "**missed**";
        rows.add(List.of(id, what, measured.isEmpty() ? "–" : measured, target, verdict));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
