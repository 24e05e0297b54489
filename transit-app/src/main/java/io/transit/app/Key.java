package io.transit.app;

import java.util.Locale;

/**
 * One thing that can be configured.
 *
 * @param name its name in a file, and as a system property
 * @param standard the default, written as in a file
 * @param syntax how a value is written
 * @param status whether this version obeys it
 */
record Key<T>(String name, String standard, Syntax<T> syntax, Status status) {
    /** Whether this version obeys a key. */
    enum Status {
        /** It does. */
        OBEYED,
        /** It accepts and checks the value, so that a file may be shared with later versions. */
        LATER
    }

    static <T> Key<T> now(String name, String standard, Syntax<T> syntax) {
        return new Key<>(name, standard, syntax, Status.OBEYED);
    }

    static <T> Key<T> later(String name, String standard, Syntax<T> syntax) {
        return new Key<>(name, standard, syntax, Status.LATER);
    }

    /** Returns its name as an environment variable. */
    String variable() {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
