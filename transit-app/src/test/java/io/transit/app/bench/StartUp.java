package io.transit.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** How long the service takes to its first answer, and what it holds when nobody uses it. */
record StartUp(Path work) implements Figure {
    static final String NAME = "P9";
    static final String SUBJECT = "transit";
    static final String FIRST_ANSWER = "s to the first answer";
    static final String RESIDENT = "MiB resident, idle";

    private static final Duration IDLE = Duration.ofSeconds(4);

    @Override
    public void measure(Results results) throws IOException {
        int port = Ports.free();
        long begun = System.nanoTime();
        try (Service service = Transit.start(work, "transit-start", port, Map.of())) {
            results.add(NAME, SUBJECT, FIRST_ANSWER, (System.nanoTime() - begun) / 1e9);
            Pause.of(IDLE);
            results.add(NAME, SUBJECT, RESIDENT, service.residentBytes() / (double) (1 << 20));
        }
    }
}
