package io.transit.http;

import io.helidon.http.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The answer that carries a file. It begins with the file's first byte, so that every failure until then has a status. One
 * thread at a time writes, which may be that of the sender's connection; {@link #close} may be called by any.
 */
final class FileAnswer implements WritableByteChannel {
    /** How the answer is begun. */
    interface Beginning {
        ResponseBody begin() throws IOException;
    }

    private final Connection connection;
    private final Beginning beginning;
    private volatile @Nullable ResponseBody body;
    private boolean begun;
    private boolean cut;
    private boolean whole;

    /** How many bytes; of whoever writes, and then of whoever ends it. */
    private long written;

    FileAnswer(Connection connection, Beginning beginning) {
        this.connection = connection;
        this.beginning = beginning;
    }

    /** Whether something of it may have been written. */
    synchronized boolean hasBegun() {
        return begun;
    }

    /** Whether its head says how long it is, so that a client sees by itself that it was cut short. */
    boolean isOfLength() {
        return body instanceof ResponseBody.OfLength;
    }

    @Override
    public int write(ByteBuffer payload) throws IOException {
        int count = body().writeSome(payload);
        written += count;
        return count;
    }

    private ResponseBody body() throws IOException {
        ResponseBody running = body;
        if (running == null) {
            enter();
            running = beginning.begin();
            body = running;
        }
        return running;
    }

    /** From now on it can only be cut off by cutting the connection. */
    private synchronized void enter() throws ClosedChannelException {
        if (cut) {
            throw new ClosedChannelException();
        }
        begun = true;
    }

    /** Notes that the client may have the last byte too: nothing cuts it off from that any more. */
    synchronized void verified() {
        whole = true;
    }

    /**
     * Returns when the client has the whole file, as far as it lets that be known: what was written to one that is gone, or
     * goes before it has read that, was not delivered, though writing it was no failure.
     */
    void finish(Header... trailers) throws IOException, InterruptedException {
        ResponseBody running = body();
        // One that gets nothing but a head has all of it by now, and may go.
        boolean isAllWritten = running instanceof ResponseBody.None;
        if (!isAllWritten && connection.isEndedByPeer()) {
            throw new IOException("the receiver left before the last byte");
        }
        running.finish(trailers);
        if (!connection.closeBehindFile(written)) {
            throw new IOException("the receiver left before it had read all");
        }
    }

    @Override
    public synchronized boolean isOpen() {
        return !cut;
    }

    /** Cuts the answer short, unless it is whole: whoever waits for the client to take something waits no more. */
    @Override
    public synchronized void close() {
        if (!whole) {
            cut = true;
            if (begun) {
                connection.reset();
            }
        }
    }
}
