package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The packaged jar, with its libs beside it, run on the JDK that runs the tests. */
final class TransitProcess implements AutoCloseable {
    private static final String ANNOUNCED = "transit listens on ";

    private final Process process;
    private final CompletableFuture<String> errors;

    private TransitProcess(Process process) {
        this.process = process;
        this.errors = CompletableFuture.supplyAsync(() -> read(process.errorReader(StandardCharsets.UTF_8)));
    }

    /** Starts it on any free port, with these arguments and variables, in this directory. */
    static TransitProcess start(Path directory, Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dserver.port=0",
                "-jar",
                Path.of("target", "transit.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("TRANSIT_.*|SERVER_.*|REDIS_URL|JAVA_TOOL_OPTIONS"));
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

    /** Asks it to end, with SIGTERM; by the handle, as Process.destroy would close its streams too. */
    void terminate() {
        process.toHandle().destroy();
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
        process.destroyForcibly();
    }

    private static String read(BufferedReader reader) {
        return String.join("\n", reader.lines().toList());
    }
}
