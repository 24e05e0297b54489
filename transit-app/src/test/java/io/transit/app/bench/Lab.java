package io.transit.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts what is measured. What is not installed is named, and left out. */
record Lab(Path work, Options options, Peers peers) {
    static final String SOCAT = "socat";
    static final String NGINX = "nginx";
    static final String NGINX_64K = "nginx, 64 KiB";
    static final String PIPING = "piping-server";
    static final String TWO_NODES = "two nodes";
    static final String REDIS = "redis";

    private static final String BUFFERS_OF_64K = "client_body_buffer_size 64k; proxy_buffer_size 64k;"
            + " proxy_buffers 8 64k; proxy_busy_buffers_size 128k;";

    /** How a program is started, once it has been found. */
    private interface Start {
        Relay with(String program) throws IOException;
    }

    Lab(Path work, Options options) {
        this(work, options, new Peers(work));
    }

    /** Starts the peers that the figures asked for are compared with. */
    List<Relay> peersAskedFor() throws IOException {
        List<Relay> found = new ArrayList<>();
        if (options.has("P1", "P7")) {
            peer(SOCAT, "SOCAT", peers::socat).ifPresent(found::add);
        }
        if (options.has("P1", "P4")) {
            peer("nginx", "NGINX", program -> peers.nginx(program, NGINX_64K, BUFFERS_OF_64K))
                    .ifPresent(found::add);
        }
        if (options.has("P1")) {
            peer("nginx", "NGINX", program -> peers.nginx(program, NGINX, "")).ifPresent(found::add);
            peer("haproxy", "HAPROXY", peers::haproxy).ifPresent(found::add);
        }
        if (options.has("P1", "P4", "P5")) {
            peer(PIPING, "PIPING_SERVER", peers::piping).ifPresent(found::add);
        }
        return found;
    }

    /** Starts the two nodes and their Redis, which are left out without one. */
    Optional<BetweenNodes> betweenNodes(long size) throws IOException {
        Optional<String> program = found("redis-server", "REDIS_SERVER");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int port = Ports.free();
        Service redis = peers.redis(program.get(), port);
        int one = Ports.free();
        int two = Ports.free();
        Map<String, String> variables = Map.of("REDIS_URL", "redis://127.0.0.1:" + port);
        List<Service> processes = List.of(
                Transit.start(work, "sender's node", one, variables),
                Transit.start(work, "receiver's node", two, variables),
                redis);
        return Optional.of(new BetweenNodes(new Relay(TWO_NODES, Transit.route(one, two), processes), port, size));
    }

    private Optional<Relay> peer(String name, String variable, Start start) throws IOException {
        Optional<String> program = found(name, variable);
        return program.isPresent() ? Optional.of(start.with(program.get())) : Optional.empty();
    }

    private static Optional<String> found(String name, String variable) {
        Optional<String> program = Peers.find(name, variable);
        if (program.isEmpty()) {
            System.err.println(name + " is not on the PATH, and " + variable + " does not name it: left out");
        }
        return program;
    }
}
