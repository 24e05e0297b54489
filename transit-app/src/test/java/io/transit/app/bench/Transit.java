package io.transit.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service itself, as {@code ./transit} starts it, with its defaults. */
final class Transit {
    private static final int ANSWER_BYTES = 4 << 10;

    private Transit() {}

    /**
     * Starts it and waits for its first answer.
     *
     * @param variables besides those that say where it listens
     */
    static Service start(Path work, String name, int port, Map<String, String> variables) throws IOException {
        Map<String, String> all = new HashMap<>(variables);
        all.put("SERVER_HOST", "127.0.0.1");
        all.put("SERVER_PORT", Integer.toString(port));
        String script = Path.of("transit").toAbsolutePath().toString();
        Service service = Service.start(work, name, all, List.of(script));
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!answers(Ports.local(port))) {
            service.requireRunning(deadline);
            Pause.of(Duration.ofMillis(3));
        }
        return service;
    }

    /** Starts one node that needs no other. */
    static Relay relay(Path work) throws IOException {
        int port = Ports.free();
        return new Relay("transit", route(port, port), List.of(start(work, "transit", port, Map.of())));
    }

    /** Returns the way from one node to another, or through one; who receives may be first. */
    static Route.Meeting route(int senders, int receivers) {
        return new Route.Meeting(Ports.local(senders), Ports.local(receivers), "/file", "?wait=60");
    }

    private static boolean answers(InetSocketAddress address) {
        try (Wire wire = Wire.connect(address, ANSWER_BYTES)) {
            wire.write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return wire.head().second().equals("200");
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }
}
