package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that takes nothing of an answer is cut off; one that does has all the time for the next piece. */
@Timeout(60)
class TimedWriterTest {
    private static final BufferData PIECE = BufferData.create("piece");

    private final CountDownLatch cut = new CountDownLatch(1);

    /** Takes what is written when its client does, which is never before it is cut. */
    private record Writer(Runnable client) implements DataWriter {
        @Override
        public void write(BufferData... buffers) {
            client.run();
        }

        @Override
        public void write(BufferData buffer) {
            client.run();
        }

        @Override
        public void writeNow(BufferData... buffers) {
            client.run();
        }

        @Override
        public void writeNow(BufferData buffer) {
            client.run();
        }
    }

    @Test
    void A28_one_who_takes_nothing_is_cut_off() {
        var writer = new TimedWriter(new Writer(this::awaitCut), () -> timer(Duration.ofMillis(1)));
        assertThatCode(() -> writer.writeNow(PIECE)).doesNotThrowAnyException();
        assertThat(cut.getCount()).isZero();
    }

    @Test
    void one_who_takes_all_is_not() {
        var writer = new TimedWriter(new Writer(() -> {}), () -> timer(Duration.ofHours(1)));
        for (int i = 0; i < 3; i++) {
            writer.write(PIECE);
            writer.write(PIECE, PIECE);
            writer.writeNow(PIECE, PIECE);
            writer.flush();
        }
        assertThat(cut.getCount()).isOne();
    }

    private Deadline timer(Duration time) {
        return Deadline.after(time, cut::countDown);
    }

    private void awaitCut() {
        try {
            cut.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
