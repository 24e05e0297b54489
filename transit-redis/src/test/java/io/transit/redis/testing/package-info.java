/** A real Redis for tests, of this and of other modules. */
@NullMarked
package io.transit.redis.testing;

import org.jspecify.annotations.NullMarked;
