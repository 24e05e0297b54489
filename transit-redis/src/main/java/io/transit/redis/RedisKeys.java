package io.transit.redis;

import io.transit.core.TransferId;
import java.util.HexFormat;

/**
 * The names of the keys of one transfer. All of them carry the same hash tag, so that in a Cluster they lie in one slot and a
 * script may touch them together.
 */
final class RedisKeys {
    private final String prefix;

    RedisKeys(TransferId id) {
        this.prefix = "transit:{" + id + "}:";
    }

    /** What is offered, and who has which seat. */
    String offer() {
        return prefix + "offer";
    }

    /** The proof that the nodes of both sides are alive. */
    String lease() {
        return prefix + "lease";
    }

    /** The records of one attempt. */
    String queue(long epoch) {
        return prefix + "q:" + HexFormat.of().toHexDigits(epoch);
    }

    /** Where a side that waits hears of the other. */
    String signal() {
        return prefix + "signal";
    }

    /** What is kept after the end. */
    String status() {
        return prefix + "status";
    }
}
