/**
 * The endpoints of transit on a Helidon web server: {@link io.transit.http.TransitHttp} puts them there.
 *
 * <p>What Helidon does here is to accept connections, to parse request heads and to answer what is small. Bodies are ours:
 * a request's body is taken off its connection as it comes, and a transfer's answer is written as its bytes arrive, so that
 * nothing is buffered and every end is told truthfully.
 */
@NullMarked
package io.transit.http;

import org.jspecify.annotations.NullMarked;
