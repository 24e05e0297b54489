package io.transit.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Where values come from. */
sealed interface Source permits SystemProperties, Environment, ConfigFile {
    /** Returns every value that is meant for transit, by its name as written here. */
    Map<String, String> values();

    /** Returns how a key may be written here; the first one that is there counts. */
    List<String> names(Key<?> key);

    /** Returns what to call a value of this source in a message. */
    String describe(String name);

    /** Returns the value of a key, if it is here. */
    default Optional<Written> find(Key<?> key) {
        for (String name : names(key)) {
            String value = values().get(name);
            if (value != null) {
                return Optional.of(new Written(value, describe(name)));
            }
        }
        return Optional.empty();
    }

    /**
     * Refuses names that nobody would read.
     *
     * @throws StartException if there is one
     */
    default void refuseUnknown() {
        List<String> known =
                Keys.ALL.stream().flatMap(key -> names(key).stream()).toList();
        values().keySet().stream()
                .sorted()
                .filter(Predicate.not(known::contains))
                .findFirst()
                .ifPresent(name -> {
                    String meant = NearMiss.of(name, known)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("docs/configuration.md lists the keys");
                    throw StartException.configuration("there is no " + describe(name) + "; " + meant);
                });
    }

    /**
     * A value as somebody wrote it.
     *
     * @param value the text
     * @param origin which source, and what it is called there
     */
    record Written(String value, String origin) {}
}
