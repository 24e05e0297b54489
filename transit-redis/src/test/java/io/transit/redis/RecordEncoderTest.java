package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.transit.redis.testing.RedisResource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A push is written as the library would write it, but for where the bytes of the record are. */
@ExtendWith(RedisResource.class)
class RecordEncoderTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new RecordEncoder());

    private static Command<String, ByteBuffer, Long> command(CommandType type, CommandArgs<String, ByteBuffer> args) {
        return new Command<>(type, new IntegerOutput<>(BytesCodec.INSTANCE), args);
    }

    private static List<Command<String, ByteBuffer, Long>> push(ByteBuffer record) {
        var empty = new CommandArgs<>(BytesCodec.INSTANCE);
        return List.of(
                command(CommandType.MULTI, empty),
                command(CommandType.RPUSH, new RecordArgs("qu\u00e9ue", record)),
                command(CommandType.EXEC, empty));
    }

    @Test
    void a_push_is_written_as_the_library_would_write_it() {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        ByteBuf expected = Unpooled.buffer();
        push(ByteBuffer.wrap(bytes)).forEach(each -> each.encode(expected));
        channel.writeOutbound(
                push(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()));
        ByteBuf written = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            written.writeBytes(part);
            part.release();
        }
        assertThat(ByteBufUtil.getBytes(written)).isEqualTo(ByteBufUtil.getBytes(expected));
    }

    /** Notes what the encoder writes. */
    private static final class Spy extends ChannelOutboundHandlerAdapter {
        private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            sizes.add(((ByteBuf) message).readableBytes());
            super.write(context, message, promise);
        }
    }

    @Test
    void the_library_has_a_record_written_from_where_it_lies() {
        var spy = new Spy();
        var pipeline = new RecordPipeline();
        ClientResources resources = DefaultClientResources.builder()
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel connection) {
                        pipeline.afterChannelInitialized(connection);
                        connection.pipeline().addFirst(spy);
                    }
                })
                .build();
        try (var client = RedisClient.create(resources, RedisResource.uri());
                var connection = client.connect(BytesCodec.INSTANCE)) {
            ByteBuffer record = ByteBuffer.allocateDirect(300_000);
            String[] keys = {"encoder:{x}:q", "encoder:{x}:lease", "encoder:{x}:offer"};
            var answer =
                    new Payload("", connection).push(keys, record, Text.bytes("1"), Text.bytes("0"), Text.bytes("9"));
            assertThat(answer.toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(30))
                    .isEqualTo(-3L);
        }
        assertThat(resources.shutdown()).succeedsWithin(Duration.ofSeconds(30));
        assertThat(spy.sizes).contains(300_000).noneMatch(size -> size > 300_000);
    }
}
