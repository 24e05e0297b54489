package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/ tells of the configuration is what the program does, and the tests that they name are there. */
class DocumentationTest {
    private static final Path DOCS = Path.of("..", "docs");

    private static final Pattern ROW =
            Pattern.compile("\\| `((?:transit|server)\\.[^`]+)` \\| `([^`]+)` \\| .+ \\| `([^`]+)`.* \\|");

    @Test
    void the_table_lists_the_keys_their_defaults_and_variables_in_order() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(DOCS.resolve("configuration.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(row(row.group(1), row.group(2), row.group(3)));
            }
        }
        assertThat(rows)
                .containsExactlyElementsOf(Keys.ALL.stream()
                        .map(key -> row(key.name(), key.standard(), key.variable()))
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

    /** A class in backticks, perhaps with a method; or a method, of the class before it. */
    private static final Pattern PROOF =
            Pattern.compile("`(?:(?<class>[A-Z]\\w+(?:IT|Test))\\b)?\\.?(?<method>[A-Za-z]\\w*_\\w*)?…?`");

    @Test
    void every_test_that_the_proofs_name_is_there() throws IOException {
        Map<String, String> tests = tests();
        List<String> missing = new ArrayList<>();
        for (String line : Files.readAllLines(DOCS.resolve("proofs.md"))) {
            String current = "";
            for (MatchResult proof : PROOF.matcher(line).results().toList()) {
                current = Objects.requireNonNullElse(proof.group(1), current);
                String method = Objects.requireNonNullElse(proof.group(2), "");
                if (line.startsWith("|") && !current.isEmpty() && !named(tests, current, method)) {
                    missing.add(current + "." + method);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean named(Map<String, String> tests, String name, String method) {
        return tests.getOrDefault(name, "").contains(method.isEmpty() ? "class " + name : " void " + method);
    }

    /** The text of each, by its name. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (Path module : entries(Path.of(".."))) {
            Path directory = module.resolve("src").resolve("test");
            try (Stream<Path> files = Files.isDirectory(directory) ? Files.walk(directory) : Stream.empty()) {
                for (Path file : files.filter(it -> it.toString().matches(".*(IT|Test)\\.java"))
                        .toList()) {
                    tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return tests;
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static String row(String key, String standard, String variable) {
        return key + " = " + standard + " as " + variable;
    }
}
