package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A program beside the test. It is gone when it is closed. */
final class Program implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 600;
    private static final long LOOK_NANOS = 20_000_000;

    private final Process process;

    private Program(Process process) {
        this.process = process;
    }

    /** Leaves out the test, but not on a machine that tests for others, if a program is missing. */
    static void require(String... names) {
        for (String name : names) {
            boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                    .anyMatch(path -> new File(path, name).canExecute());
            assertThat(there || !"true".equals(System.getenv("CI")))
                    .as(name + " is installed")
                    .isTrue();
            assumeTrue(there, "install " + name + " to run this test");
        }
    }

    static Program start(Path directory, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new Program(
                builder.redirectOutput(directory.resolve("output").toFile()).start());
    }

    /** Runs one to its end, which must be a good one; returns what it wrote. */
    static String run(Path directory, String... command) throws Exception {
        try (Program program = start(directory, command)) {
            assertThat(program.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("it has ended")
                    .isTrue();
            String output = Files.readString(directory.resolve("output"), StandardCharsets.UTF_8);
            assertThat(program.process.exitValue()).as(output).isZero();
            return output;
        }
    }

    /** Waits until a file has so many bytes, or this has ended. */
    void awaitSize(Path file, long size) throws IOException {
        while (process.isAlive() && (!Files.exists(file) || Files.size(file) < size)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Ends it with SIGKILL, and waits for that. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
