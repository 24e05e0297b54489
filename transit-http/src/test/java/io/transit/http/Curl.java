package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A curl beside the test, that says nothing but what goes wrong. It is gone when it is closed. */
final class Curl implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;

    private Curl(Process process) {
        this.process = process;
    }

    static Curl start(Object... arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of("curl", "-q", "-sS", "-f", "--noproxy", "*"),
                        Stream.of(arguments).map(Object::toString))
                .toList();
        return new Curl(new ProcessBuilder(command)
                .inheritIO()
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Receives into a file. */
    static Curl receive(Object link, Path file) throws IOException {
        return start("-o", file, link);
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("curl ends")
                .isTrue();
        return process.exitValue();
    }

    /** Kills it, as one that is stopped by hand. */
    void interrupt() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
