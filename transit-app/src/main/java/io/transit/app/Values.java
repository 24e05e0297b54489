package io.transit.app;

import java.util.List;

/** What was configured, before it is made into {@link Settings}: the first source that has a key decides. */
final class Values {
    private final List<Source> sources;

    /**
     * Takes sources, the most important first.
     *
     * @throws StartException if one of them names a key that does not exist
     */
    Values(List<Source> sources) {
        this.sources = List.copyOf(sources);
        sources.forEach(Source::refuseUnknown);
    }

    /**
     * Returns the value of a key, or its default.
     *
     * @throws StartException if the value is wrong
     */
    <T> T get(Key<T> key) {
        Source.Written written = written(key);
        return key.syntax()
                .read(written.value().strip())
                .orElseThrow(() -> refuse(key, key.syntax().right()));
    }

    /** Makes the exception that says what is wrong with a value. An address may hold a password, and is not shown. */
    StartException refuse(Key<?> key, String right) {
        Source.Written written = written(key);
        String value = key.equals(Keys.REDIS_URL) ? "set" : "\"" + written.value() + "\"";
        return StartException.configuration(
                key.name() + " is " + value + " (" + written.origin() + "); it must be " + right);
    }

    private Source.Written written(Key<?> key) {
        return sources.stream()
                .flatMap(source -> source.find(key).stream())
                .findFirst()
                .orElseGet(() -> new Source.Written(key.standard(), "the default"));
    }
}
