package io.transit.redis;

import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a pop brings: the name of the queue, then records, each of which is passed on, in a buffer that is leased for it, as soon
 * as it is whole. {@link RecordDecoder} fills large ones by itself.
 */
final class PoppedRecords extends CommandOutput<String, ByteBuffer, Integer> {
    private final RecordBuffers buffers;
    private final Consumer<ByteBuffer> records;
    private boolean named;

    PoppedRecords(RecordBuffers buffers, Consumer<ByteBuffer> records) {
        super(BytesCodec.INSTANCE, 0);
        this.buffers = buffers;
        this.records = records;
    }

    /** Leases a buffer for a record of this size, which is then {@linkplain #add added} or {@linkplain #drop dropped}. */
    ByteBuffer begin(int size) {
        return buffers.leaseFor(size).limit(size);
    }

    /** Passes on a record, which is from its buffer's position to its limit. */
    void add(ByteBuffer record) {
        output++;
        records.accept(record);
    }

    /** Takes back a buffer whose record will not be whole. */
    void drop(ByteBuffer buffer) {
        buffers.release(buffer);
    }

    /** Takes an element of the answer: null if the time was over before there was any, empty if it was added already. */
    @Override
    public void set(@Nullable ByteBuffer element) {
        if (element != null && named && element.hasRemaining()) {
            add(begin(element.remaining()).put(element).flip());
        }
        named = true;
    }

    @Override
    public void multi(int count) {
        // How many there will be need not be known.
    }
}
