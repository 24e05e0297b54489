package io.transit.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that was started for measuring.
 *
 * @param mark a file that is there as long as it runs, named by its process id: whoever has to clean up after us finds it
 */
record Service(String name, Process process, Path log, Path mark) implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(5);
    private static final int STOP_SECONDS = 10;
    private static final String OURS = "TRANSIT_(?!JAVA_).*|SERVER_.*|REDIS_URL|JAVA_TOOL_OPTIONS";

    /** Starts a program, which ends with this one; what it writes goes to a file in this directory. */
    static Service start(Path work, String name, Map<String, String> variables, List<String> command)
            throws IOException {
        Path log = Files.createTempFile(work, name.replaceAll("\\W+", "-"), ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(variable -> variable.matches(OURS));
        builder.environment().putAll(variables);
        Process process = builder.start();
        Path pids = Files.createDirectories(work.resolve("pids"));
        var service = new Service(name, process, log, Files.createFile(pids.resolve(Long.toString(process.pid()))));
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        return service;
    }

    /** Waits until it listens there. */
    Service awaitListening(int port) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!TcpSockets.now().isListening(port)) {
            requireRunning(deadline);
            Pause.of(Duration.ofMillis(50));
        }
        return this;
    }

    /** Throws with what it said if it has ended, or it is that late. */
    void requireRunning(long deadline) throws IOException {
        if (!process.isAlive() || System.nanoTime() > deadline) {
            String said = Files.readString(log);
            close();
            throw new IOException(name + " did not start: " + said);
        }
    }

    double cpuSeconds() {
        return Processes.cpuSeconds(process.toHandle());
    }

    long residentBytes() {
        return Processes.residentBytes(process.toHandle());
    }

    /** Ends it, and all that it started. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(mark);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
