/**
 * The rules T1 to T14 of docs/protocol.md as tests, for whoever implements a rendezvous or a channel: extend
 * {@link io.transit.core.contract.RendezvousContract} or {@link io.transit.core.contract.ChannelContract}. A test's name
 * begins with the rule that it tests. What these suites need is JUnit, AssertJ and the JDK.
 */
@NullMarked
package io.transit.core.contract;

import org.jspecify.annotations.NullMarked;
