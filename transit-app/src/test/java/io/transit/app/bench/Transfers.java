package io.transit.app.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Files of one length through one relay.
 *
 * @param count how many
 * @param atOnce the most of them at a time
 * @param size of each, in bytes
 */
record Transfers(Relay relay, Upload upload, int count, int atOnce, long size) {
    private static final int MINUTES = 5;
    private static final Duration SENDERS_FIRST = Duration.ofMillis(200);
    private static final double MEBIBYTE = 1 << 20;
    private static final double GIBIBYTE = 1 << 30;

    /**
     * How it went.
     *
     * @param speed in MiB/s, of all files together
     * @param cpu the CPU time for each GiB of files, in seconds, by process
     */
    record Outcome(double speed, Map<String, Double> cpu) {
        double cpuOfAll() {
            return cpu.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** Passes one file on. */
    static Transfers one(Relay relay, Upload upload, long size) {
        return new Transfers(relay, upload, 1, 1, size);
    }

    /** Runs them all, and compares all that is received. */
    Outcome run() throws IOException {
        Map<String, Double> before = relay.cpuSeconds();
        double seconds = pass();
        Map<String, Double> cpu = new LinkedHashMap<>();
        double total = (double) count * size;
        relay.cpuSeconds()
                .forEach((name, after) -> cpu.put(name, (after - before.getOrDefault(name, 0.0)) / (total / GIBIBYTE)));
        return new Outcome(total / MEBIBYTE / seconds, cpu);
    }

    /** Returns how long it took from the first request of a receiver to the last byte, in seconds. */
    private double pass() throws IOException {
        // Each side takes the files in turn: who is at the first that is not over has its other side there too. Senders
        // are some files ahead, as people are who hand on a link.
        ExecutorService senders = threads(Math.min(count, 2 * atOnce));
        ExecutorService receivers = threads(atOnce);
        BlockingQueue<Future<Long>> ended = new LinkedBlockingQueue<>();
        var sent = new ExecutorCompletionService<>(senders, ended);
        var received = new ExecutorCompletionService<>(receivers, ended);
        List<Transfer> transfers =
                Stream.generate(() -> Transfer.of(size)).limit(count).toList();
        try {
            if (relay.route() instanceof Route.Meeting) {
                transfers.forEach(transfer -> sent.submit(() -> send(transfer)));
                Pause.of(SENDERS_FIRST.plusNanos(atOnce * 500_000L));
            }
            long begun = System.nanoTime();
            transfers.forEach(transfer -> received.submit(() -> relay.route().receive(transfer)));
            if (relay.route() instanceof Route.Forwarding) {
                transfers.forEach(transfer -> sent.submit(() -> send(transfer)));
            }
            long last = begun;
            for (int i = 0; i < 2 * count; i++) {
                last = Math.max(last, next(ended));
            }
            return (last - begun) / 1e9;
        } finally {
            senders.shutdownNow();
            receivers.shutdownNow();
        }
    }

    private long send(Transfer transfer) throws IOException {
        relay.route().send(upload, transfer);
        return Long.MIN_VALUE;
    }

    /** Waits until another one has ended well; a receiver tells when its last byte was there, a sender nothing. */
    private long next(BlockingQueue<Future<Long>> ended) throws IOException {
        try {
            Future<Long> next = ended.poll(MINUTES, TimeUnit.MINUTES);
            if (next == null) {
                throw new IOException(relay.name() + " does not get on");
            }
            return next.get();
        } catch (ExecutionException e) {
            throw new IOException(relay.name() + " failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static ExecutorService threads(int most) {
        return Executors.newFixedThreadPool(
                most, Thread.ofPlatform().daemon().name("client-", 0).factory());
    }
}
