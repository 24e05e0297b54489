package io.transit.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files a process may have open; for connections it needs some. */
final class OpenFiles {
    private static final int OTHERS = 500;

    private OpenFiles() {}

    /** Returns the wanted number of connections, or as many as are allowed, and says so. */
    static int bounded(int wanted) {
        try {
            int allowed = limit(Files.readString(Path.of("/proc/self/limits"))) - OTHERS;
            if (allowed < wanted) {
                System.err.println("ulimit -n allows only " + allowed + " of " + wanted + " waiting senders");
            }
            return Math.min(wanted, allowed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads {@code /proc/PID/limits}. */
    static int limit(String limits) {
        return limits.lines()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split("\\s{2,}", -1)[1])
                .mapToInt(soft -> soft.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(soft))
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }
}
