package io.transit.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A push is written as the library would write it, but for where the bytes of the record are. */
class RecordEncoderTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new RecordEncoder());

    private static Command<String, ByteBuffer, Long> command(CommandType type, CommandArgs<String, ByteBuffer> args) {
        return new Command<>(type, new IntegerOutput<>(BytesCodec.INSTANCE), args);
    }

    private static List<Command<String, ByteBuffer, Long>> push(ByteBuffer record) {
        var empty = new CommandArgs<>(BytesCodec.INSTANCE);
        return List.of(
                command(CommandType.MULTI, empty),
                command(CommandType.RPUSH, new RecordArgs("queue", record)),
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

    @Test
    void a_record_is_written_from_where_it_lies() {
        ByteBuffer record = ByteBuffer.allocateDirect(100_000);
        channel.writeOutbound(push(record));
        var parts = new ArrayList<ByteBuf>();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            parts.add(part);
        }
        assertThat(parts).hasSize(3);
        record.put(0, (byte) 'x');
        assertThat(parts.get(1).getByte(0)).isEqualTo((byte) 'x');
        assertThat(parts.get(2).toString(US_ASCII)).startsWith("\r\n").endsWith("EXEC\r\n");
        parts.forEach(ByteBuf::release);
    }
}
