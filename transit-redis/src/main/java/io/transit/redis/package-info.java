/** A rendezvous that several nodes share through Redis. So far there are only the names of its keys. */
@NullMarked
package io.transit.redis;

import org.jspecify.annotations.NullMarked;
