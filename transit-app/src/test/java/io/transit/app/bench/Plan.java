package io.transit.app.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a round consists of, in its order: what is compared stands close together. */
record Plan(Options options, List<Figure> figures) {
    static final List<Integer> AT_ONCE = List.of(8, 64);
    static final int FEW = 8;
    static final int MANY = 1_000;

    private static final List<Integer> GROWTH = List.of(FEW, 64, 256, MANY);
    private static final long MEBIBYTE = 1 << 20;
    private static final int CHUNK = 64 << 10;
    private static final int WAITING = 10_000;
    private static final int LATENCIES = 200;
    private static final LengthUpload PUT = new LengthUpload();

    /** Starts what is needed, and makes a plan of it. */
    static Plan of(Lab lab) throws IOException {
        var plan = new Plan(lab.options(), new ArrayList<>());
        List<Relay> peers = lab.peersAskedFor();
        plan.compared(peers, lab);
        if (plan.options.has("P7")) {
            lab.betweenNodes(plan.options.scaled(1024 * MEBIBYTE)).ifPresent(plan.figures::add);
        }
        plan.alone(lab);
        return plan;
    }

    /** What needs one node, and peers beside it. */
    private void compared(List<Relay> peers, Lab lab) throws IOException {
        if (options.has("P1", "P7")) {
            peers.stream()
                    .filter(peer -> options.has("P1") || peer.name().equals(Lab.SOCAT))
                    .forEach(peer -> single("P1", peer, PUT));
        }
        if (!options.has("P1", "P2", "P3", "P4", "P5", "P8", "P10")) {
            return;
        }
        Relay transit = Transit.relay(lab.work());
        single(transit);
        if (options.has("P4")) {
            atOnce(transit);
            peers.stream()
                    .filter(peer -> List.of(Lab.NGINX_64K, Lab.PIPING).contains(peer.name()))
                    .forEach(this::atOnce);
        }
        if (options.has("P5")) {
            latency(transit);
            peers.forEach(this::latency);
        }
        if (options.has("P8") && transit.route() instanceof Route.Meeting route) {
            figures.add(new SlowReceiver(transit, route, seconds(20)));
        }
        if (options.has("P10")) {
            long total = options.scaled(2048 * MEBIBYTE);
            GROWTH.forEach(n -> figures.add(new Bulk("P10 " + n, transit, PUT, n, 2 * MEBIBYTE, total)));
        }
    }

    /** The ways to send one file to one node. */
    private void single(Relay transit) {
        if (options.has("P1", "P2", "P3")) {
            single("P1", transit, PUT);
        }
        if (options.has("P2")) {
            single("P2", transit, new ChunkedUpload(CHUNK));
        }
        if (options.has("P3")) {
            single("P3 64 KiB", transit, new WebSocketUpload(64 << 10));
            single("P3 1 MiB", transit, new WebSocketUpload(1 << 20));
        }
    }

    private void single(String name, Relay relay, Upload upload) {
        long size = options.scaled(1024 * MEBIBYTE);
        figures.add(new Bulk(name, relay, upload, 1, size, size));
    }

    private void atOnce(Relay relay) {
        long size = options.scaled(64 * MEBIBYTE);
        AT_ONCE.forEach(n -> figures.add(new Bulk("P4 " + n, relay, PUT, n, size, n * size)));
    }

    private void latency(Relay relay) {
        if (relay.route() instanceof Route.Meeting route) {
            int count = (int) options.scaled(LATENCIES);
            figures.add(new Latency(relay.name(), route, false, count));
            figures.add(new Latency(relay.name(), route, true, count));
        }
    }

    /** What is measured of a service that was started for it. */
    private void alone(Lab lab) {
        if (options.has("P6")) {
            int count = OpenFiles.bounded(WAITING);
            figures.add(new WaitingSenders(lab.work(), false, count, seconds(10)));
            figures.add(new WaitingSenders(lab.work(), true, count, seconds(10)));
        }
        if (options.has("P9")) {
            figures.add(new StartUp(lab.work()));
        }
    }

    private Duration seconds(int full) {
        return Duration.ofSeconds(options.quick() ? full / 2 : full);
    }
}
