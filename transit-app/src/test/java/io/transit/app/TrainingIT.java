package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.redis.testing.RedisServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The short lives from which a JVM learns. */
@Timeout(120)
class TrainingIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"alone, 300", "shared, 400"})
    void it_passes_files_and_ends_by_itself(String kind, int files) throws Exception {
        Files.createSymbolicLink(folder.resolve("redis-server"), RedisServer.program());
        var training = training(kind);
        training.environment().put("PATH", folder.toString());
        Process running = training.start();
        String log = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(log).isZero();
        assertThat(log.lines().filter(line -> line.contains(" completed "))).hasSize(files);
    }

    @Test
    void without_a_redis_to_share_it_fails() throws Exception {
        var training = training("shared");
        training.environment().put("PATH", folder.toString());
        Process running = training.start();
        String log = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(log).isNotZero();
    }

    private static ProcessBuilder training(String kind) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String jar = Path.of("target", "transit.jar").toString();
        return new ProcessBuilder(List.of(java.toString(), "-cp", jar, Training.class.getName(), kind))
                .redirectErrorStream(true);
    }
}
