package io.transit.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.ByteBuffer;

/**
 * A connection, and what can be asked over it. The commands are those that a single Redis and a Cluster have in common.
 *
 * @param connection what is closed in the end
 * @param commands what is asked
 */
record Link(
        StatefulConnection<String, ByteBuffer> connection, RedisClusterAsyncCommands<String, ByteBuffer> commands) {}
