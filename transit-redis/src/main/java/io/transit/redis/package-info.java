/** A rendezvous that several nodes share through Redis: any of them serves either end of a transfer. */
@NullMarked
package io.transit.redis;

import org.jspecify.annotations.NullMarked;
