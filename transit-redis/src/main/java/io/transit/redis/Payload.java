package io.transit.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.ByteBuffer;

/**
 * A connection that carries the records of one attempt at a time.
 *
 * @param place which server it leads to, as {@link Links#place} names it
 * @param connection what is closed in the end
 */
record Payload(String place, StatefulRedisConnection<String, ByteBuffer> connection) {
    RedisAsyncCommands<String, ByteBuffer> commands() {
        return connection.async();
    }
}
