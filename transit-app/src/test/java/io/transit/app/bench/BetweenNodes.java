package io.transit.app.bench;

import java.io.IOException;

/**
 * A file from one node to another, and what that costs each process and Redis.
 *
 * @param redis the port of Redis
 */
record BetweenNodes(Relay nodes, int redis, long size) implements Figure {
    static final String NAME = "P7";
    static final String HELD = "MiB held by Redis, at most";
    private static final double MEBIBYTE = 1 << 20;

    @Override
    public void warmUp(long bytes) throws IOException {
        if (bytes > 0) {
            Transfers.one(nodes, new LengthUpload(), bytes).run();
        }
    }

    @Override
    public void measure(Results results) throws IOException {
        try (RedisMemory memory = RedisMemory.watch(Ports.local(redis))) {
            Transfers.Outcome outcome =
                    Transfers.one(nodes, new LengthUpload(), size).run();
            results.add(NAME, nodes.name(), Bulk.SPEED, outcome.speed());
            outcome.cpu().forEach((process, cpu) -> results.add(NAME, process, Bulk.CPU, cpu));
            results.add(NAME, nodes.name(), HELD, memory.growth() / MEBIBYTE);
        }
    }
}
