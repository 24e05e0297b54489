package io.transit.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.Collection;

/** Writes commands, and the records among their arguments from where they lie. */
final class RecordEncoder extends CommandEncoder {
    /** Enough for what surrounds a record: the key of its queue, and a script with its arguments. */
    private static final int SURROUNDINGS = 4096;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof Collection<?> commands && commands.stream().anyMatch(RecordEncoder::hasRecord)) {
            write(context, commands, promise);
        } else {
            super.write(context, message, promise);
        }
    }

    private static boolean hasRecord(Object command) {
        return command instanceof RedisCommand<?, ?, ?> known && known.getArgs() instanceof RecordArgs;
    }

    private static void write(ChannelHandlerContext context, Collection<?> commands, ChannelPromise promise) {
        ByteBuf around = context.alloc().ioBuffer(SURROUNDINGS);
        for (Object each : commands) {
            var command = (RedisCommand<?, ?, ?>) each;
            if (command.getArgs() instanceof RecordArgs record) {
                record.encodeHead(around);
                var unused1 = context.write(around);
                var unused2 = context.write(Unpooled.wrappedBuffer(record.record()));
                around = context.alloc().ioBuffer(SURROUNDINGS);
                around.writeCharSequence("\r\n", US_ASCII);
            } else {
                command.encode(around);
            }
        }
        // What comes last fails if anything before it did.
        var unused3 = context.write(around, promise);
    }
}
