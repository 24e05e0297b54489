package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    @TempDir
    Path directory;

    @Test
    void levels_are_joined_by_dots_and_texts_taken_as_they_are() throws IOException {
        Path file = write("""
                transit:
                  max: {size: "${stall}", files: 007}
                transit.stall: 5s
                """);
        assertThat(ConfigFile.read(file).values())
                .containsEntry("transit.max.size", "${stall}")
                .containsEntry("transit.stall", "5s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "# nothing\n", "transit:\n", "transit:\n  wait:\n  #  receiver: 5m\nserver:\n", "---\n"})
    void what_is_commented_out_is_not_there(String yaml) throws IOException {
        assertThat(ConfigFile.read(write(yaml)).values()).isEmpty();
    }

    @Test
    void a_syntax_error_is_told_with_its_position() throws IOException {
        assertThat(refusal(write("transit:\n  stall: 5s\n wait: 3s\n")))
                .startsWith(directory.resolve("transit.yaml") + ", line 3, column 2: not YAML: ");
    }

    @Test
    void a_tab_is_told_with_its_position() throws IOException {
        assertThat(refusal(write("transit:\n\tstall: 5s\n"))).contains(", line 2, column 1: not YAML: ");
    }

    @Test
    void a_key_that_comes_twice_is_refused() throws IOException {
        assertThat(refusal(write("transit:\n  stall: 5s\ntransit:\n  drain: 5s\n")))
                .contains(", line 3, column 1: not YAML: ")
                .contains("duplicate key transit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "- a\n- b\n", "just words"})
    void what_is_no_mapping_is_refused(String yaml) throws IOException {
        assertThat(refusal(write(yaml))).endsWith("holds no keys; write them as in docs/transit.example.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: 1\n---\nb: 2\n", "a: *b\n", "a: !!java.lang.Object {}\n", "? \n: 5\n", "a: \u0000\n"})
    void any_other_oddity_is_refused_in_one_line(String yaml) throws IOException {
        assertThat(refusal(write(yaml)).lines()).hasSize(1);
    }

    @Test
    void a_file_that_is_not_there_is_refused() {
        Path file = directory.resolve("missing.yaml");
        assertThat(refusal(file)).startsWith("the configuration file " + file + " cannot be read: ");
    }

    @Test
    void a_directory_is_refused() {
        assertThat(refusal(directory)).startsWith("the configuration file " + directory + " cannot be read: ");
    }

    @Test
    void what_is_not_utf_8_is_refused() throws IOException {
        Path file = directory.resolve("latin.yaml");
        Files.write(file, "server: {host: größe}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusal(file).lines()).hasSize(1);
    }

    @Test
    void the_name_of_the_file_does_not_matter() throws IOException {
        Path file = Files.writeString(directory.resolve("transit.conf"), "server: {port: 0}");
        assertThat(ConfigFile.read(file).values()).containsEntry("server.port", "0");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("transit.yaml"), yaml);
    }

    private static String refusal(Path file) {
        StartException thrown = catchThrowableOfType(StartException.class, () -> ConfigFile.read(file));
        assertThat(thrown.code()).isEqualTo(ExitCode.CONFIGURATION);
        return thrown.getMessage();
    }
}
