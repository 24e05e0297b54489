package io.transit.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Lets the server write to a connection that is encrypted.
 *
 * @param connection where it goes
 */
record WireWriter(Connection connection) implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
        writeNow(buffers);
    }

    @Override
    public void write(BufferData buffer) {
        writeNow(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        for (BufferData buffer : buffers) {
            writeNow(buffer);
        }
    }

    @Override
    public void writeNow(BufferData buffer) {
        try {
            connection.write(ByteBuffer.wrap(buffer.readBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
