package io.transit.core;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a record costs: writing one copies its payload, reading one does not. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameCodecBenchmark {
    /** Bytes of payload: none to speak of, a socket's worth, a record as nodes write it. */
    @Param({"16", "65536", "1044480"})
    private int payload;

    private Frame frame;
    private ByteBuffer empty;
    private ByteBuffer record;

    public FrameCodecBenchmark() {
        frame = new Frame.Data(ByteBuffer.allocateDirect(0));
        empty = ByteBuffer.allocateDirect(0);
        record = empty;
    }

    @Setup
    public void fill() {
        frame = new Frame.Data(ByteBuffer.allocateDirect(payload));
        empty = ByteBuffer.allocateDirect(FrameCodec.size(frame));
        record = empty.duplicate();
        FrameCodec.encode(7, frame, record);
        record.flip();
    }

    @Benchmark
    public ByteBuffer encode() {
        empty.clear();
        FrameCodec.encode(7, frame, empty);
        return empty;
    }

    @Benchmark
    public FrameCodec.Sequenced decode() {
        return FrameCodec.decode(record);
    }
}
