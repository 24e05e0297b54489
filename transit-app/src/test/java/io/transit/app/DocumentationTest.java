package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/ tells of the configuration is what the program does. */
class DocumentationTest {
    private static final Path DOCS = Path.of("..", "docs");

    private static final Pattern ROW =
            Pattern.compile("\\| `((?:transit|server)\\.[^`]+)` \\| `([^`]+)` \\| (.+) \\| `([^`]+)`.* \\|");

    @Test
    void the_table_lists_the_keys_their_defaults_and_variables_in_order() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(DOCS.resolve("configuration.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                boolean later = row.group(3).endsWith("(from a later version)");
                rows.add(row(row.group(1), row.group(2), row.group(4), later));
            }
        }
        assertThat(rows)
                .containsExactlyElementsOf(Keys.ALL.stream()
                        .map(key -> row(key.name(), key.standard(), key.variable(), key.status() == Key.Status.LATER))
                        .toList());
    }

    @Test
    void the_message_in_the_text_is_a_real_one() throws IOException {
        var environment = new Environment(Map.of("TRANSIT_STALL", "60"));
        String right = new Values(List.of(environment))
                .refuse(Keys.STALL, Keys.STALL.syntax().right())
                .getMessage();
        assertThat(Files.readString(DOCS.resolve("configuration.md"))).contains("transit: " + right);
    }

    @Test
    void the_example_holds_every_key_with_its_default() throws IOException {
        var example = ConfigFile.read(DOCS.resolve("transit.example.yaml"));
        assertThat(example.values().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Keys.ALL.stream().map(key -> key.name()).toList());
        Keys.ALL.forEach(key -> assertThat(example.values()).containsEntry(key.name(), key.standard()));
        assertThat(Settings.of(new Values(List.of(example)))).isEqualTo(Settings.of(new Values(List.of())));
    }

    private static String row(String key, String standard, String variable, boolean later) {
        return key + " = " + standard + " as " + variable + (later ? " later" : "");
    }
}
