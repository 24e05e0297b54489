package io.transit.redis;

import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a pop brings: the name of the queue, then records, each of which is passed on as soon as it is whole. */
final class PoppedRecords extends CommandOutput<String, ByteBuffer, Integer> {
    private final Consumer<ByteBuffer> records;
    private boolean named;

    PoppedRecords(Consumer<ByteBuffer> records) {
        super(BytesCodec.INSTANCE, 0);
        this.records = records;
    }

    /** Takes an element of the answer, or null if the time was over before there was any. */
    @Override
    public void set(@Nullable ByteBuffer element) {
        if (element != null && named) {
            output++;
            records.accept(element);
        }
        named = true;
    }

    @Override
    public void multi(int count) {
        // How many there will be need not be known.
    }
}
