package io.transit.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.function.Supplier;

/**
 * What the server writes by itself, piece by piece and in time: a client that does not take a piece is cut off.
 *
 * @param to where it goes
 * @param timer begins the time of a piece
 */
record TimedWriter(DataWriter to, Supplier<Deadline> timer) implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
        inTime(() -> to.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        inTime(() -> to.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        inTime(() -> to.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        inTime(() -> to.writeNow(buffer));
    }

    @Override
    public void flush() {
        inTime(to::flush);
    }

    private void inTime(Runnable writing) {
        Deadline taken = timer.get();
        try {
            writing.run();
        } finally {
            taken.keep();
        }
    }
}
