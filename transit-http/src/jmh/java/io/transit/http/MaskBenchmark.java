package io.transit.http;

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

/** Taking the mask off a run of payload: as it is done, and byte by byte, as the standard has it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MaskBenchmark {
    private static final int KEY = 0x12ab34cd;

    @Param({"125", "65536", "262144"})
    private int length;

    private ByteBuffer run = ByteBuffer.allocateDirect(0);

    @Setup
    public void fill() {
        run = ByteBuffer.allocateDirect(length);
    }

    @Benchmark
    public ByteBuffer words() {
        Mask.apply(run, KEY, 1);
        return run;
    }

    @Benchmark
    public ByteBuffer byByte() {
        for (int i = 0; i < length; i++) {
            int shift = Byte.SIZE * (3 - ((i + 1) & 3));
            run.put(i, (byte) (run.get(i) ^ (KEY >>> shift)));
        }
        return run;
    }
}
