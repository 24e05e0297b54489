package io.transit.app.bench;

import java.io.IOException;

/** One of the things that are measured. */
interface Figure {
    /** Does what is slower the first time. */
    default void warmUp(long bytes) throws IOException {}

    /** Measures once. */
    void measure(Results results) throws IOException;
}
