package io.transit.app;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * System properties, such as {@code -Dtransit.stall=30s}. All that begin with {@code transit.} or {@code server.} are
 * ours.
 *
 * @param values by key
 */
record SystemProperties(Map<String, String> values) implements Source {
    static SystemProperties of(Properties properties) {
        return new SystemProperties(properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("transit.") || name.startsWith("server."))
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> properties.getProperty(name, ""))));
    }

    @Override
    public List<String> names(Key<?> key) {
        return List.of(key.name());
    }

    @Override
    public String describe(String name) {
        return "system property " + name;
    }
}
