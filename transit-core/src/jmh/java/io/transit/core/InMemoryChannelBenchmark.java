package io.transit.core;

import io.transit.core.TransferChannel.ReceivingEnd;
import io.transit.core.TransferChannel.SendingEnd;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A file of 256 MiB from one thread to another through a channel within this process. An operation is a MiB of it, so that what is
 * printed as operations per second is MiB/s. Each run lies in the same memory, which the processor's caches know: no socket is as fast.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class InMemoryChannelBenchmark {
    private static final int MEBIBYTES = 256;
    private static final long BYTES = (long) MEBIBYTES << 20;

    /** How many bytes are sent at a time. */
    @Param({"65536", "262144"})
    private int run;

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private ByteBuffer source = ByteBuffer.allocateDirect(0);

    @Setup
    public void fill() {
        source = ByteBuffer.allocateDirect(run);
    }

    @TearDown
    public void end() {
        threads.shutdown();
    }

    @Benchmark
    @OperationsPerInvocation(MEBIBYTES)
    public long channel() throws InterruptedException, ExecutionException {
        TransferChannel channel = TransferChannel.inMemory(TransferLimits.DEFAULT);
        Future<?> sent = threads.submit(() -> send(channel.sendingEnd()));
        long received = receive(channel.receivingEnd());
        sent.get();
        return received;
    }

    private boolean send(SendingEnd sender) throws InterruptedException {
        for (long left = BYTES; left > 0; left -= run) {
            sender.send(source.clear());
        }
        sender.done(new Frame.Done(BYTES));
        return true;
    }

    private static long receive(ReceivingEnd receiver) throws InterruptedException {
        long received = 0;
        while (true) {
            switch (receiver.receive()) {
                case Frame.Data(ByteBuffer payload) -> received += payload.remaining();
                case Frame.Done done -> {
                    receiver.complete();
                    return received;
                }
                case Frame.Interrupt interrupt -> throw new IllegalStateException(interrupt.toString());
            }
        }
    }
}
