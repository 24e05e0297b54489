package io.transit.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large records leave the stream of answers, small ones and everything else stay in it, however it is cut up. */
class RecordDecoderTest {
    private static final int LARGE = 40_000;

    /** Takes what goes out: there is no encoder here. */
    private static final class Sink extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            promise.setSuccess();
        }
    }

    private final RecordDecoder decoder = new RecordDecoder();
    private final EmbeddedChannel channel = new EmbeddedChannel(new Sink(), decoder);
    private final List<ByteBuffer> records = new ArrayList<>();
    private final RecordBuffers buffers = new RecordBuffers(LARGE);

    private void pop() {
        channel.writeOutbound(new Command<>(
                CommandType.BLMPOP, new PoppedRecords(buffers, records::add), new CommandArgs<>(BytesCodec.INSTANCE)));
    }

    private String passed() {
        var all = new ByteArrayOutputStream();
        for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
            all.writeBytes(ByteBufUtil.getBytes(part));
            part.release();
        }
        return all.toString(US_ASCII);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] answer(byte[]... elements) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("*2\r\n$5\r\nqueue\r\n*" + elements.length + "\r\n").getBytes(US_ASCII));
        for (byte[] element : elements) {
            out.writeBytes(("$" + element.length + "\r\n").getBytes(US_ASCII));
            out.writeBytes(element);
            out.writeBytes("\r\n".getBytes(US_ASCII));
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 4_096, LARGE, 1 << 20})
    void an_answer_is_taken_apart_wherever_it_is_cut(int step) {
        byte[] first = random(LARGE);
        byte[] second = random(30_000);
        byte[] bytes = answer(first, "small".getBytes(US_ASCII), second);
        pop();
        for (int at = 0; at < bytes.length; at += step) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(step, bytes.length - at)));
        }
        assertThat(records).containsExactly(ByteBuffer.wrap(first), ByteBuffer.wrap(second));
        assertThat(passed()).isEqualTo("*2\r\n$5\r\nqueue\r\n*3\r\n$0\r\n\r\n$5\r\nsmall\r\n$0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 30_000, 1 << 20})
    void the_rest_of_a_record_is_read_to_where_it_stays(int most) {
        byte[] first = random(LARGE);
        byte[] second = random(LARGE - 1);
        ByteBuf socket = Unpooled.wrappedBuffer(answer(first, second));
        var reads = new RecordReads(decoder).newHandle();
        reads.reset(channel.config());
        pop();
        while (socket.isReadable()) {
            ByteBuf target = reads.allocate(UnpooledByteBufAllocator.DEFAULT);
            target.writeBytes(socket, Math.min(most, Math.min(target.writableBytes(), socket.readableBytes())));
            channel.writeInbound(target);
        }
        assertThat(records).containsExactly(ByteBuffer.wrap(first), ByteBuffer.wrap(second));
        assertThat(records.getFirst().isDirect()).isTrue();
        assertThat(passed()).isEqualTo("*2\r\n$5\r\nqueue\r\n*2\r\n$0\r\n\r\n$0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_\r\n",
                "*-1\r\n",
                "$-1\r\n",
                "-ERR $50000\r\n",
                ":50000\r\n",
                "=50\r\n$99999999999\r\n0123456789012345678901234567890123456\r\n",
                "!7\r\n$50000\r\r\n",
                ">2\r\n$3\r\nfoo\r\n$3\r\n$50\r\n"
            })
    void every_other_answer_is_passed_on_as_it_is(String answer) {
        pop();
        for (byte next : answer.getBytes(US_ASCII)) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {next}));
        }
        channel.writeInbound(Unpooled.copiedBuffer(answer(random(LARGE))));
        assertThat(records).hasSize(1);
        assertThat(passed()).isEqualTo(answer + "*2\r\n$5\r\nqueue\r\n*1\r\n$0\r\n\r\n");
    }

    @Test
    void before_the_first_pop_nothing_is_looked_at() {
        ByteBuf bytes = Unpooled.copiedBuffer(answer(random(LARGE)));
        channel.writeInbound(bytes);
        ByteBuf same = channel.readInbound();
        assertThat(same).isSameAs(bytes);
        same.release();
        assertThat(records).isEmpty();
    }

    @Test
    void a_record_that_does_not_become_whole_gives_its_buffer_back() {
        ByteBuffer kept = buffers.lease();
        buffers.release(kept);
        pop();
        byte[] bytes = answer(random(LARGE));
        channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, bytes.length / 2));
        assertThat(buffers.lease()).isNotSameAs(kept);
        assertThat(channel.close()).succeedsWithin(Duration.ofSeconds(5));
        assertThat(buffers.lease()).isSameAs(kept);
        assertThat(records).isEmpty();
    }

    @Test
    void a_connection_that_is_out_of_step_is_used_by_nobody() {
        channel.writeOutbound(new Command<>(
                CommandType.BLMPOP,
                new PoppedRecords(buffers, record -> {
                    throw new IllegalStateException("no room");
                }),
                new CommandArgs<>(BytesCodec.INSTANCE)));
        ByteBuf bytes = Unpooled.copiedBuffer(answer(random(LARGE), random(LARGE)));
        assertThatIllegalStateException().isThrownBy(() -> channel.writeInbound(bytes));
        assertThat(channel.isOpen()).isFalse();
        assertThat(bytes.refCnt()).isZero();
    }
}
