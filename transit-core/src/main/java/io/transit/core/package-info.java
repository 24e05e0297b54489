/**
 * Passes the bytes of a file from one sender to one receiver, through a bounded channel, and keeps nothing.
 *
 * <p>A {@link io.transit.core.Rendezvous} is where both meet: one {@linkplain io.transit.core.Rendezvous#offer offers},
 * the other {@linkplain io.transit.core.Rendezvous#claim claims}. Each gets a handle, a {@link io.transit.core.Sender} or
 * a {@link io.transit.core.Receiver}. What travels between them is {@code Data* (Done | Interrupt)}: a receiver that has
 * not seen {@link io.transit.core.Frame.Done} does not have the whole file.
 *
 * <p>The rules T1 to T14 that every implementation keeps are in docs/protocol.md; the contract suites in this module's
 * test-jar test them one by one.
 *
 * <p>References are never null, as arguments or as results. Sizes and offsets are bytes. A {@link java.time.Duration}
 * is measured on the monotonic clock.
 */
@NullMarked
package io.transit.core;

import org.jspecify.annotations.NullMarked;
