package io.transit.app;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A YAML file.
 *
 * @param file where it is
 * @param values by key, the levels of the file joined by dots
 */
record ConfigFile(Path file, Map<String, String> values) implements Source {
    /**
     * Reads a file.
     *
     * @throws StartException if it cannot be read, or is not one mapping in YAML in which no key comes twice
     */
    static ConfigFile read(Path file) {
        check(file);
        Map<String, String> values = new HashMap<>(load(file).asMap().orElse(Map.of()));
        values.entrySet().removeIf(value -> value.getValue().isEmpty() && isGroup(value.getKey()));
        return new ConfigFile(file, Map.copyOf(values));
    }

    @Override
    public List<String> names(Key<?> key) {
        return List.of(key.name());
    }

    @Override
    public String describe(String name) {
        return "key " + name + " in " + file;
    }

    /** Tells where an error is, and finds keys that come twice; Helidon's reader does neither. */
    private static void check(Path file) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            Object content = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
            if (content != null && !(content instanceof Map)) {
                throw StartException.configuration(file + " holds no keys; write them as in docs/transit.example.yaml");
            }
        } catch (MarkedYAMLException e) {
            String position = Optional.ofNullable(e.getProblemMark())
                    .map(mark -> ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw StartException.configuration(file + position + ": not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw StartException.configuration(file + ": not YAML: " + e.getMessage());
        } catch (IOException e) {
            throw StartException.configuration("the configuration file " + file + " cannot be read: " + e);
        }
    }

    private static Config load(Path file) {
        try {
            return Config.builder(ConfigSources.file(file).mediaType(MediaTypes.APPLICATION_YAML))
                    .disableSystemPropertiesSource()
                    .disableEnvironmentVariablesSource()
                    .disableKeyResolving()
                    .disableValueResolving()
                    .build();
        } catch (ConfigException e) {
            throw StartException.configuration(file + ": " + e.getMessage());
        }
    }

    /** A group whose lines are all commented out is as good as not there. */
    private static boolean isGroup(String name) {
        return Keys.ALL.stream().anyMatch(key -> key.name().startsWith(name + "."));
    }
}
