package io.transit.core.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.CountDownLatch;

/** Never has anything; whoever waits for it fails when it is closed. */
final class TestSource implements ReadableByteChannel {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        throw new AsynchronousCloseException();
    }

    @Override
    public boolean isOpen() {
        return closed.getCount() > 0;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
