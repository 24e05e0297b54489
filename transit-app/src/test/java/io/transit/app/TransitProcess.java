package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The service as a process: the packaged jar, with its libs beside it, or the run script. */
final class TransitProcess implements AutoCloseable {
    private static final String ANNOUNCED = "transit listens on ";

    private final Process process;
    private final CompletableFuture<String> errors;

    private TransitProcess(Process process) {
        this.process = process;
        // In a thread of its own: on two processors the common pool has one, which the first process would keep.
        this.errors = CompletableFuture.supplyAsync(
                () -> read(process.errorReader(StandardCharsets.UTF_8)), Thread::startVirtualThread);
    }

    /** Starts it on any free port, with these arguments and variables, in this directory. */
    static TransitProcess start(Path directory, Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dserver.port=0",
                "-jar",
                Path.of("target", "transit.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return start(directory, variables, command);
    }

    /** Starts it by the run script, as the README says, on any free port. */
    static TransitProcess byScript(Path directory) throws IOException {
        return byScript(directory, "");
    }

    /** The same, with options for the JVM. */
    static TransitProcess byScript(Path directory, String options) throws IOException {
        String script = Path.of("..", "transit").toAbsolutePath().normalize().toString();
        return start(directory, Map.of("SERVER_PORT", "0", "TRANSIT_JAVA_OPTS", options), List.of(script));
    }

    private static TransitProcess start(Path directory, Map<String, String> variables, List<String> command)
            throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("TRANSIT_.*|SERVER_.*|REDIS_URL|JAVA_TOOL_OPTIONS"));
        // Tests ask again and again for what is not there yet.
        builder.environment().put("TRANSIT_MAX_MISSES", "0");
        builder.environment().putAll(variables);
        return new TransitProcess(builder.start());
    }

    /** Waits until it says where it listens. */
    URI address() throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        assertThat(line).as("the first line of the standard output").startsWith(ANNOUNCED);
        return URI.create(line.substring(ANNOUNCED.length()));
    }

    long pid() {
        return process.pid();
    }

    /** Returns the most memory that it has held, as Linux counts it, in bytes. */
    long peakMemory() throws IOException {
        return memory("VmHWM:");
    }

    /** Returns how much memory it holds, as Linux counts it, in bytes. */
    long memory() throws IOException {
        return memory("VmRSS:");
    }

    private long memory(String measure) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(measure))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Asks it to end, with SIGTERM; by the handle, as Process.destroy would close its streams too. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Ends it with SIGKILL, as a machine that runs out of memory would. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end, but no longer than that; tells whether it has ended. */
    boolean isOverWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it has ended").isTrue();
        return process.exitValue();
    }

    /** Returns all that it wrote to the standard error, once it has ended. */
    String errors() {
        return errors.join();
    }

    /** Returns all that it wrote to the standard output, once it has ended. */
    String output() {
        return read(process.inputReader(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        kill();
    }

    private static String read(BufferedReader reader) {
        return String.join("\n", reader.lines().toList());
    }
}
