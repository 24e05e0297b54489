package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short life from which a JVM learns. */
@Timeout(120)
class TrainingIT {
    @Test
    void it_passes_files_and_ends_by_itself() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command =
                List.of(java.toString(), "-cp", Path.of("target", "transit.jar").toString(), Training.class.getName());
        Process training = new ProcessBuilder(command).redirectErrorStream(true).start();
        String log = new String(training.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(training.waitFor()).as(log).isZero();
        assertThat(log.lines().filter(line -> line.contains(" completed "))).hasSize(300);
    }
}
