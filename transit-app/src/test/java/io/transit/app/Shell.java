package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One command line, run by bash as a person would type it, in a directory of its own. */
final class Shell implements AutoCloseable {
    private static final int MINUTES = 2;

    private final Process process;
    private final CompletableFuture<String> firstLine = new CompletableFuture<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> output;

    private Shell(Process process) {
        this.process = process;
        this.output = CompletableFuture.supplyAsync(this::read, Thread::startVirtualThread);
    }

    /** Starts a command; its errors go where its output goes. */
    static Shell start(Path directory, String command) throws IOException {
        Files.createDirectories(directory);
        return new Shell(new ProcessBuilder("bash", "-o", "pipefail", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start());
    }

    /** Runs a command to its end, which must be a good one; returns what it wrote. */
    static String run(Path directory, String command) throws Exception {
        try (Shell shell = start(directory, command)) {
            assertThat(shell.exitCode()).as("%s: %s", command, shell.output()).isZero();
            return shell.output();
        }
    }

    /** Leaves out the test, but not on a machine that tests for others, if a program is missing. */
    static void requireProgram(String name) throws Exception {
        try (Shell shell = start(Path.of("."), "command -v " + name)) {
            boolean there = shell.exitCode() == 0;
            assertThat(there || !"true".equals(System.getenv("CI")))
                    .as(name + " is installed")
                    .isTrue();
            assumeTrue(there, "install " + name + " to run this test");
        }
    }

    /** Waits for the first line that it writes. */
    String firstLine() throws Exception {
        return firstLine.get(MINUTES, TimeUnit.MINUTES);
    }

    /** Waits for a line that begins so; returns what follows. Each line is looked at once. */
    String rest(String beginning) throws Exception {
        while (true) {
            String line = lines.poll(MINUTES, TimeUnit.MINUTES);
            assertThat(line).as("a line that begins with %s", beginning).isNotNull();
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
    }

    /** Where to write what it reads. */
    OutputStream input() {
        return process.getOutputStream();
    }

    /** Waits for its end, but no longer than that; tells whether it has ended. */
    boolean isOverWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Returns how much it has read so far, as Linux counts it. */
    long bytesRead() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "io")).stream()
                .filter(line -> line.startsWith("rchar:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    int exitCode() throws Exception {
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                .as("it has ended")
                .isTrue();
        return process.exitValue();
    }

    /** Returns all that it wrote, once it has ended. */
    String output() throws Exception {
        return output.get(MINUTES, TimeUnit.MINUTES);
    }

    /** Ends it, and all that it started, with SIGKILL. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }

    private String read() {
        var text = new StringBuilder();
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                firstLine.complete(line);
                lines.add(line);
                text.append(line).append('\n');
            }
        } catch (IOException e) {
            text.append(e);
        }
        firstLine.complete("");
        return text.toString();
    }
}
