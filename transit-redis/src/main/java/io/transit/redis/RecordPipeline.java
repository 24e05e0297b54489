package io.transit.redis;

import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.Objects;

/**
 * Lets records past the buffers of the library, which would copy each: they are written from where they lie, and read to where
 * they stay. Everything else goes its usual way.
 */
final class RecordPipeline implements NettyCustomizer {
    /**
     * Gives connections buffers out of chunks that stay. Netty's own choice allocates what is larger than 1 MiB anew each
     * time, and freeing memory outside the heap stops every thread of a Java that has closed its back doors to it.
     */
    @Override
    public void afterBootstrapInitialized(Bootstrap bootstrap) {
        bootstrap.option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        var decoder = new RecordDecoder();
        pipeline.replace(CommandEncoder.class, "records-out", new RecordEncoder());
        pipeline.addBefore(
                Objects.requireNonNull(pipeline.context(CommandHandler.class)).name(), "records-in", decoder);
        // Other transports read into memory at times of their own; and with TLS it is not records that are read.
        if (channel instanceof NioSocketChannel && pipeline.get(SslHandler.class) == null) {
            channel.config().setRecvByteBufAllocator(new RecordReads(decoder));
        }
    }
}
