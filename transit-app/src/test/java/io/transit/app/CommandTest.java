package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @Test
    void without_arguments_it_serves() {
        assertThat(Command.parse()).isEqualTo(new Command.Serve(Optional.empty()));
    }

    @Test
    void a_file_may_be_named() {
        assertThat(Command.parse("--config", "a b.yaml"))
                .isEqualTo(new Command.Serve(Optional.of(Path.of("a b.yaml"))));
    }

    @Test
    void help_and_version_are_told_instead_of_serving() {
        assertThat(Command.parse("--config", "x", "--help")).isEqualTo(new Command.Help());
        assertThat(Command.parse("-h")).isEqualTo(new Command.Help());
        assertThat(Command.parse("--version")).isEqualTo(new Command.Version());
    }

    @Test
    void a_file_without_a_name_is_misuse() {
        assertThat(Command.parse("--config")).isEqualTo(new Command.Misuse("--config needs the name of a file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "serve", "", "--config=x", "--HELP"})
    void an_argument_that_does_not_exist_is_misuse(String argument) {
        assertThat(Command.parse(argument)).isEqualTo(new Command.Misuse("there is no argument " + argument));
    }
}
