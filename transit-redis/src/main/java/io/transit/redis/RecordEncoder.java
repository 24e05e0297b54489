package io.transit.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Writes commands, and the record among the arguments of one from where it lies. The library writes each by itself. */
final class RecordEncoder extends CommandEncoder {
    /** Enough for the name of a command, the key of a queue, and lengths. */
    private static final int HEAD = 256;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof RedisCommand<?, ?, ?> command && command.getArgs() instanceof RecordArgs push) {
            ByteBuf head = context.alloc().ioBuffer(HEAD);
            push.encodeHead(head);
            var unused1 = context.write(head);
            var unused2 = context.write(Unpooled.wrappedBuffer(push.record()));
            // What comes last fails if anything before it did.
            var unused3 = context.write(Unpooled.copiedBuffer("\r\n", US_ASCII), promise);
        } else {
            super.write(context, message, promise);
        }
    }
}
