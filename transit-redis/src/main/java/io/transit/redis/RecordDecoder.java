package io.transit.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes large records out of the answer to a pop as they arrive, and leaves an empty string in the place of each. It knows of
 * Redis' protocol (RESP) only that everything is lines, some of which state how many bytes follow.
 */
final class RecordDecoder extends ChannelDuplexHandler {
    /** What is smaller may be copied once more. */
    private static final int LARGE = 16 << 10;

    /** Of those that state a length. */
    private static final int LONGEST_LINE = 32;

    /** The last pop that was sent over this connection; before the first nothing is looked at. */
    private @Nullable PoppedRecords pop;

    /** What is read now, as far as it goes. */
    private @Nullable ByteBuffer record;

    /** What was given to be read to, a view of the record. */
    private @Nullable ByteBuf view;

    /** The first byte of this line, or 0 at its beginning. */
    private int type;

    /** The number in this line, as far as it was read. */
    private long number;

    private boolean negative;

    /** So many bytes are no lines. */
    private long opaque;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof RedisCommand<?, ?, ?> command && command.getOutput() instanceof PoppedRecords popped) {
            pop = popped;
        }
        super.write(context, message, promise);
    }

    /** Whether a record may be next. */
    boolean expectsRecord() {
        return pop != null;
    }

    /** So many of the next bytes are no record. */
    long opaque() {
        return opaque;
    }

    /** Where to read the rest of a record to, if one has begun. */
    Optional<ByteBuf> rest() {
        ByteBuffer target = record;
        if (target == null) {
            return Optional.empty();
        }
        ByteBuf rest = Unpooled.wrappedBuffer(target.slice()).clear();
        view = rest;
        return Optional.of(rest);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Whether it is that very view.
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        PoppedRecords to = pop;
        if (to == null) {
            context.fireChannelRead(message);
            return;
        }
        try {
            ByteBuffer target = record;
            if (bytes == view && target != null) {
                target.position(target.position() + bytes.readableBytes());
                bytes.skipBytes(bytes.readableBytes());
                finish(target, to);
            }
            while (bytes.isReadable()) {
                read(context, bytes, to);
            }
        } catch (RuntimeException | Error e) {
            // Where the next line begins is not known any more, so nobody may use this connection again.
            var unused = context.close();
            throw e;
        } finally {
            bytes.release();
        }
    }

    private void read(ChannelHandlerContext context, ByteBuf bytes, PoppedRecords to) {
        ByteBuffer target = record;
        if (target == null) {
            pass(context, bytes, to);
        } else {
            int length = Math.min(target.remaining(), bytes.readableBytes());
            bytes.readBytes(target.slice().limit(length));
            target.position(target.position() + length);
            finish(target, to);
        }
    }

    private void finish(ByteBuffer target, PoppedRecords to) {
        if (!target.hasRemaining()) {
            record = null;
            to.add(target.flip());
        }
    }

    /** Passes on everything up to the next large record, and an empty string in its place. */
    private void pass(ChannelHandlerContext context, ByteBuf bytes, PoppedRecords to) {
        ByteBuf passed = context.alloc().ioBuffer(bytes.readableBytes() + LONGEST_LINE);
        try {
            take(bytes, passed, to);
        } catch (RuntimeException | Error e) {
            passed.release();
            throw e;
        }
        if (passed.isReadable()) {
            context.fireChannelRead(passed);
        } else {
            passed.release();
        }
    }

    private void take(ByteBuf bytes, ByteBuf passed, PoppedRecords to) {
        while (bytes.isReadable() && record == null) {
            if (opaque > 0) {
                int length = (int) Math.min(opaque, bytes.readableBytes());
                passed.writeBytes(bytes, length);
                opaque -= length;
            } else {
                line(bytes.readByte(), passed, to);
            }
        }
    }

    private void line(byte next, ByteBuf passed, PoppedRecords to) {
        if (type == 0) {
            type = next;
            number = 0;
            negative = false;
        } else if (next == '-') {
            negative = true;
        } else if (next >= '0' && next <= '9') {
            number = number * 10 + next - '0';
        }
        if (type != '$') {
            passed.writeByte(next);
        }
        if (next == '\n') {
            endLine(passed, to);
            type = 0;
        }
    }

    private void endLine(ByteBuf passed, PoppedRecords to) {
        boolean isSized = type == '$' || type == '=' || type == '!';
        boolean isRecord = type == '$' && number >= LARGE;
        if (isRecord) {
            record = to.begin((int) number);
        } else if (isSized && !negative) {
            opaque = number + 2;
        }
        if (type == '$') {
            passed.writeCharSequence("$" + (negative ? "-" : "") + (isRecord ? 0 : number) + "\r\n", US_ASCII);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ByteBuffer unfinished = record;
        PoppedRecords to = pop;
        if (unfinished != null && to != null) {
            record = null;
            to.drop(unfinished);
        }
    }
}
