package io.transit.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** The arguments of a push: where to, and one record, which is not copied. */
final class RecordArgs extends CommandArgs<String, ByteBuffer> {
    private final byte[] queue;
    private final ByteBuffer record;

    /** The record must stay as it is until the push is answered. */
    RecordArgs(String queue, ByteBuffer record) {
        super(BytesCodec.INSTANCE);
        addKey(queue);
        addValue(record);
        this.queue = queue.getBytes(UTF_8);
        this.record = record;
    }

    ByteBuffer record() {
        return record.duplicate();
    }

    /** Writes the whole command up to the record; what follows the record is an end of line. */
    void encodeHead(ByteBuf target) {
        target.writeCharSequence("*3\r\n$5\r\nRPUSH\r\n$" + queue.length + "\r\n", US_ASCII);
        target.writeBytes(queue);
        target.writeCharSequence("\r\n$" + record.remaining() + "\r\n", US_ASCII);
    }
}
