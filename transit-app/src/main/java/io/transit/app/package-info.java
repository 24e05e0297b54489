/**
 * The program: configuration, wiring, and the life of the process.
 *
 * <p>Every limit is declared in {@link io.transit.app.Keys}, with its default; {@link io.transit.app.Settings} is what
 * comes of a file, the environment and the system properties; {@link io.transit.app.Node} puts it to use.
 */
@NullMarked
package io.transit.app;

import org.jspecify.annotations.NullMarked;
