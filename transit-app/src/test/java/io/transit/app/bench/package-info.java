/** Measures the service and what it is compared with; {@code transit-app/src/test/scripts/bench.sh} runs it. */
@NullMarked
package io.transit.app.bench;

import org.jspecify.annotations.NullMarked;
