package io.transit.http;

import io.transit.core.Offer;
import io.transit.core.Receipt;
import io.transit.core.Sender;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A sender that starts wherever a receiver wants it to, as often as one comes. */
final class SeekingSender {
    private static final int PATIENCE_SECONDS = 120;
    private static final int AT_ONCE = 64 * 1024;

    /** What is sent. */
    interface Source {
        /** Fills the buffer with what stands there. */
        void read(long position, ByteBuffer target);

        static Source of(byte[] payload) {
            return (position, target) -> target.put(payload, (int) position, target.remaining());
        }
    }

    private final Sender sender;
    private final Source source;
    private final Future<Receipt> receipt;

    private SeekingSender(TestServer server, Offer offer, Source source) {
        this.source = source;
        this.sender = server.rendezvous().offer(offer);
        this.receipt = server.beside(this::serve);
    }

    static SeekingSender start(TestServer server, Offer offer, byte[] payload) {
        return start(server, offer, Source.of(payload));
    }

    static SeekingSender start(TestServer server, Offer offer, Source source) {
        return new SeekingSender(server, offer, source);
    }

    /** Bytes that look like nothing else, always the same ones for the same size. */
    static byte[] payload(int size) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        return payload;
    }

    /** Waits for the end, which has to be a good one. */
    Receipt receipt() throws InterruptedException, ExecutionException, TimeoutException {
        return receipt.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Receipt serve() throws InterruptedException {
        try (sender) {
            while (true) {
                try {
                    Optional<Sender.Demand> demand = sender.awaitReceiver(Duration.ofSeconds(PATIENCE_SECONDS));
                    return serve(demand.orElseThrow().offset());
                } catch (TransferException.Paused e) {
                    // The next one may come.
                } catch (TransferException.Ended e) {
                    return receipt(e);
                }
            }
        }
    }

    /** All that was missing may have been delivered before all was sent. */
    private Receipt receipt(TransferException.Ended end) throws InterruptedException {
        if (end.state() instanceof TransferState.Completed) {
            return sender.done();
        }
        throw end;
    }

    private Receipt serve(long offset) throws InterruptedException {
        long size = sender.offer().size().orElseThrow();
        for (long position = offset; position < size; ) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(AT_ONCE, size - position));
            source.read(position, buffer);
            buffer.flip();
            position += buffer.remaining();
            sender.send(buffer);
        }
        return sender.done();
    }
}
