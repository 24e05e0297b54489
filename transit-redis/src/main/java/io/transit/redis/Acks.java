package io.transit.redis;

import java.util.concurrent.CompletionStage;

/** How a reader gives credit back to its writer. */
final class Acks {
    private Acks() {}

    /**
     * Says up to where the reader has let go.
     *
     * @param guest whose lease keeps it
     * @param channel where the writer's node hears
     */
    static CompletionStage<Long> send(
            Node node, RedisKeys keys, String guest, String channel, long epoch, long position) {
        String hex = Long.toHexString(epoch);
        return node.run(
                Script.ACK,
                new String[] {keys.lease(guest), keys.queue(epoch)},
                Text.bytes(hex),
                Text.bytes(position),
                node.leaseMillis(),
                Text.bytes(channel),
                Text.bytes(guest + " taken " + hex + " " + position));
    }

    /** Reads what was published: how it is passed on. */
    interface Hearer {
        void credit(long epoch, long position);
    }

    static void read(String[] words, Hearer hearer) {
        hearer.credit(java.util.HexFormat.fromHexDigitsToLong(words[2]), Long.parseLong(words[3]));
    }
}
