package io.transit.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Optional;
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

/** Finding the payload in 1 MiB of what a client sends, in pieces of one length, read 256 KiB at a time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecoderBenchmark {
    private static final int TOTAL = 1 << 20;
    private static final int READ = 256 << 10;
    private static final long MAX_TEXT = 64 << 10;

    /** Bytes of payload in each frame, or chunk. */
    @Param({"1024", "65536", "1048576"})
    private int piece;

    private ByteBuffer frames = ByteBuffer.allocateDirect(0);
    private ByteBuffer chunks = ByteBuffer.allocateDirect(0);

    @Setup
    public void fill() {
        frames = ByteBuffer.allocateDirect(TOTAL + TOTAL / piece * 14);
        chunks = ByteBuffer.allocateDirect(TOTAL + TOTAL / piece * 12);
        byte[] size = (Integer.toHexString(piece) + "\r\n").getBytes(US_ASCII);
        for (int at = 0; at < TOTAL; at += piece) {
            frames.put((byte) 0x82);
            if (piece < 1 << 16) {
                frames.put((byte) (0x80 | 126)).putShort((short) piece);
            } else {
                frames.put((byte) (0x80 | 127)).putLong(piece);
            }
            frames.putInt(0x12ab34cd).put(new byte[piece]);
            chunks.put(size).put(new byte[piece]).put((byte) '\r').put((byte) '\n');
        }
        frames.flip();
        chunks.flip();
    }

    @Benchmark
    public long frames() throws WebSocketException {
        var decoder = new FrameDecoder(MAX_TEXT);
        long payload = 0;
        for (int at = 0; at < frames.limit(); at += READ) {
            ByteBuffer wire = frames.slice(at, Math.min(READ, frames.limit() - at));
            Optional<Incoming> next = decoder.decode(wire);
            while (next.isPresent()) {
                payload +=
                        next.get() instanceof Incoming.Payload part ? part.run().remaining() : 0;
                next = decoder.decode(wire);
            }
        }
        return payload;
    }

    @Benchmark
    public long chunks() throws BodyException.Malformed {
        var decoder = new ChunkedDecoder();
        long payload = 0;
        for (int at = 0; at < chunks.limit(); at += READ) {
            ByteBuffer wire = chunks.slice(at, Math.min(READ, chunks.limit() - at));
            while (wire.hasRemaining()) {
                payload += decoder.decode(wire).remaining();
            }
        }
        return payload;
    }
}
