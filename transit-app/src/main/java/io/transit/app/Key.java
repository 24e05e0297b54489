package io.transit.app;

import java.util.Locale;

/**
 * One thing that can be configured.
 *
 * @param name its name in a file, and as a system property
 * @param standard the default, written as in a file
 * @param syntax how a value is written
 */
record Key<T>(String name, String standard, Syntax<T> syntax) {
    /** Returns its name as an environment variable. */
    String variable() {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
