package io.transit.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What senders cost who wait for receivers that do not come, in a service that has done nothing else but a few small transfers.
 *
 * @param webSocket whether they came as WebSockets
 * @param quiet how long CPU time is counted
 */
record WaitingSenders(Path work, boolean webSocket, int count, Duration quiet) implements Figure {
    static final String HTTP = "P6 HTTP";
    static final String WEB_SOCKET = "P6 WebSocket";
    static final String SUBJECT = "transit";
    static final String EACH = "KiB each";
    static final String IDLE = "% of a core, while all wait";

    private static final int SIZE = 1 << 10;
    private static final int TRANSFERS = 200;
    private static final int RECEIVED = 20;
    private static final double KIBIBYTE = 1 << 10;

    @Override
    public void measure(Results results) throws IOException {
        Relay relay = Transit.relay(work);
        try (Service service = relay.services().getFirst();
                var crowd = new Crowd(relay.route())) {
            Upload upload = webSocket ? new WebSocketUpload(SIZE) : new LengthUpload();
            new Transfers(relay, upload, TRANSFERS, 2, SIZE).run();
            Pause.of(Duration.ofSeconds(2));
            long before = service.residentBytes();
            for (int i = 0; i < count; i++) {
                crowd.add(Transfer.of(SIZE), upload);
            }
            crowd.awaitLast();
            Pause.of(Duration.ofSeconds(3));
            String name = webSocket ? WEB_SOCKET : HTTP;
            results.add(name, SUBJECT, EACH, (service.residentBytes() - before) / KIBIBYTE / count);
            double cpu = service.cpuSeconds();
            Pause.of(quiet);
            results.add(name, SUBJECT, IDLE, 100 * (service.cpuSeconds() - cpu) / quiet.toSeconds());
            crowd.requireAll();
            if (!webSocket) {
                crowd.receive(RECEIVED);
            }
        }
    }
}
