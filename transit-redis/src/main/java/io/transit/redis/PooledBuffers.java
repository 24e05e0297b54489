package io.transit.redis;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;

/**
 * Gives connections buffers out of chunks that stay. Netty's own choice allocates what is larger than 1 MiB anew each time,
 * and freeing memory outside the heap stops every thread of a Java that has closed its back doors to it.
 */
final class PooledBuffers implements NettyCustomizer {
    @Override
    public void afterBootstrapInitialized(Bootstrap bootstrap) {
        bootstrap.option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
    }
}
