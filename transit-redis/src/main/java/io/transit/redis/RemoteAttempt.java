package io.transit.redis;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** Where the records of one attempt go. */
record RemoteAttempt(Node node, RedisKeys keys, String guest, long epoch, long offset) {
    CompletionStage<Long> push(Payload link, long sequence, ByteBuffer record) {
        return link.push(
                new String[] {keys.queue(epoch), keys.lease(guest), keys.offer()},
                record,
                Text.bytes(Long.toHexString(epoch)),
                Text.bytes(sequence),
                node.leaseMillis());
    }
}
