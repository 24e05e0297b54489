package io.transit.redis;

import io.transit.core.TransferId;
import java.util.HexFormat;

/**
 * The names of the keys of one transfer. All of them carry the same hash tag, so that in a Cluster they lie in one slot and a
 * script may touch them together. A guest is a side of the transfer that is not on the node where it was offered.
 */
final class RedisKeys {
    private final TransferId id;
    private final String prefix;

    RedisKeys(String prefix, TransferId id) {
        this.id = id;
        this.prefix = prefix + ":{" + id + "}:";
    }

    TransferId id() {
        return id;
    }

    /** What is offered, by which node, and where it stands; as long as that node lives. */
    String offer() {
        return prefix + "offer";
    }

    /** The letters to the node where the transfer was offered. */
    String signal() {
        return prefix + "signal";
    }

    /** The letters to a guest. */
    String signal(String guest) {
        return prefix + "signal:" + guest;
    }

    /** The proof that a guest lives, its running attempt, and how far that is. */
    String lease(String guest) {
        return prefix + "lease:" + guest;
    }

    /** The records of one attempt. */
    String queue(long epoch) {
        return prefix + "q:" + HexFormat.of().toHexDigits(epoch);
    }

    /** What is kept after the end. */
    String status() {
        return prefix + "status";
    }

    /** The channel on which it is said that the id is offered, and that its transfer has another state. */
    String offered() {
        return prefix + "offered";
    }
}
