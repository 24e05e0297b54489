package io.transit.app.bench;

import java.io.IOException;

/**
 * How fast files get through, and for how much CPU time.
 *
 * @param name what this is called among the results
 * @param atOnce how many files at a time
 * @param size of each, in bytes
 * @param total of all, at least, in bytes
 */
record Bulk(String name, Relay relay, Upload upload, int atOnce, long size, long total) implements Figure {
    static final String SPEED = "MiB/s";
    static final String CPU = "CPU s/GiB";

    @Override
    public void warmUp(long bytes) throws IOException {
        // What passes many files, each of them with connections of its own, is warmed by some, and by others of its
        // kind.
        int count = (int) (atOnce == 1 ? 1 : bytes / 4 / size);
        long each = atOnce == 1 ? bytes : size;
        if (bytes > 0 && count > 0) {
            new Transfers(relay, upload, count, Math.min(count, atOnce), each).run();
        }
    }

    @Override
    public void measure(Results results) throws IOException {
        int count = (int) Math.max(atOnce, total / size);
        Transfers.Outcome outcome = new Transfers(relay, upload, count, atOnce, size).run();
        results.add(name, relay.name(), SPEED, outcome.speed());
        results.add(name, relay.name(), CPU, outcome.cpuOfAll());
    }
}
