package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.InterruptReason;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferLimits;
import io.transit.redis.testing.RedisResource;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A writer whose connection is not there yet. */
@ExtendWith(RedisResource.class)
class RecordWriterTest {
    private static final Duration STALL = Duration.ofSeconds(60);

    @Test
    void nothing_is_read_while_there_is_no_room() throws Exception {
        var settings = RedisSettings.of(RedisResource.uri()).withWindow(1 << 20, 64 << 10);
        try (var node = new Node(settings, TransferLimits.DEFAULT, Links.of(settings))) {
            RecordWriter writer = new RecordWriter(attempt(node), settings.window(), STALL, new Nobody());
            var source = new Endless();
            Future<Integer> sent = Errand.start(() -> sendUntilEnded(writer, source));
            Errand.await(() -> source.read.get() == 64 << 10);
            writer.interrupt(InterruptReason.CANCELLED);
            assertEnded(sent);
            assertThat(source.read).hasValue(64 << 10);
            assertThat(source.readInVain).hasValue(0);
        }
    }

    private static RemoteAttempt attempt(Node node) {
        return new RemoteAttempt(node, new RedisKeys("test", TransferId.random()), "guest", 1, 0);
    }

    private static int sendUntilEnded(RecordWriter writer, ReadableByteChannel source) throws Exception {
        while (true) {
            writer.transferFrom(source, Integer.MAX_VALUE);
        }
    }

    private static void assertEnded(Future<Integer> sent) throws InterruptedException {
        try {
            assertThat(sent.get()).isNull();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(TransferException.Ended.class);
        }
    }

    /** Always has as much as is wanted. */
    private static final class Endless implements ReadableByteChannel {
        private final AtomicInteger read = new AtomicInteger();
        private final AtomicInteger readInVain = new AtomicInteger();

        @Override
        public int read(ByteBuffer target) {
            int length = target.remaining();
            if (length == 0) {
                readInVain.incrementAndGet();
            }
            target.position(target.limit());
            read.addAndGet(length);
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static final class Nobody implements RecordPeer {
        @Override
        public void taken(long position) {}

        @Override
        public void left() {}

        @Override
        public void lost(InterruptReason reason) {}
    }
}
