package io.transit.http;

import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one accepted connection, in and out, past the library's streams: what its parser has read ahead comes first,
 * then what the socket has. One thread at a time may read, and one may write; {@link #callOff}, {@link #endWithin},
 * {@link #callOffWriter}, {@link #retryWrite} and {@link #reset} may be called from any.
 */
final class Connection {
    /** How long a client may take to take a piece of an answer that is no file. */
    private static final Duration TAKEN = Duration.ofSeconds(60);

    /** How long a thread that reads may take to notice by itself that it is not wanted any more. */
    private static final Duration READER_NOTICES = Duration.ofMillis(500);

    /** The same for one that writes: what is in flight may still reach a client that is slow. */
    private static final Duration WRITER_ENDS = Duration.ofSeconds(5);

    /** The same for one that has still to answer, once it is let go of by another connection's client. */
    private static final Duration ANSWERED = WRITER_ENDS.multipliedBy(2);

    private final DataReader readAhead;
    private final AcceptedChannels.Accepted accepted;
    private final SocketChannel channel;
    private final Wire wire;
    private final PeerWatch peers;
    private final TimedHeads heads;
    private boolean ours;
    private String target = "";
    private BodyFraming framing = new BodyFraming.None();
    private boolean continueExpected;
    private Client client;
    private volatile boolean reading;
    private volatile @Nullable Thread writer;
    private volatile boolean ended;

    Connection(AcceptedChannels.Accepted accepted, Wire wire, PeerWatch peers, TimedHeads heads) {
        this.readAhead = heads.reader();
        this.accepted = accepted;
        this.channel = accepted.channel();
        this.wire = wire;
        this.client = new Client(accepted.peer(), wire.isEncrypted());
        this.peers = peers;
        this.heads = heads;
    }

    /** What this counts as among all connections. */
    ConnectionLimit.Place place() {
        return accepted.place();
    }

    /** Who made the request that is served, as far as that is known. */
    Client client() {
        return client;
    }

    /** Notes who makes the next request. */
    void beginFor(Client who) {
        client = who;
        place().serve(who.address());
    }

    /** The other end of this connection, which may be a proxy. */
    Client peer() {
        return new Client(accepted.peer(), wire.isEncrypted());
    }

    /** Returns what times the heads of the requests. */
    TimedHeads heads() {
        return heads;
    }

    /** Watches the peer until the result is ended. */
    PeerWatch.Watch watch(PeerWatch.Actions actions) throws IOException {
        return peers.watch(channel, actions);
    }

    /** Whether the peer has vanished already, where that matters sooner than its watch looks. */
    boolean isPeerGone() throws IOException, InterruptedException {
        // Behind what nobody has read yet its end cannot be seen from here.
        return hasUnread() ? peers.isGone(channel) : isEndedByPeer();
    }

    private boolean hasUnread() throws IOException {
        return channel.socket().getInputStream().available() > 0;
    }

    /**
     * Says whether this connection is to be reset, rather than ended in order, even if this process is killed: where a
     * client may take an ordinary end for the end of what it receives.
     */
    void resetOnClose(boolean reset) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, reset ? 0 : -1);
    }

    /** Notes the target of the next request as it was sent, and whether it is ours; what is not keeps its body to itself. */
    void begin(String raw, boolean isOurs) {
        target = raw;
        ours = isOurs;
        framing = new BodyFraming.None();
        continueExpected = false;
    }

    String target() {
        return target;
    }

    boolean isOurs() {
        return ours;
    }

    /** Notes what the head of the next request, one of ours, said of its body. */
    void begin(BodyFraming body, boolean expectsContinue) {
        framing = body;
        continueExpected = expectsContinue;
    }

    BodyFraming framing() {
        return framing;
    }

    /** Whether the client waits for {@code 100 Continue} before it sends the body. */
    boolean isContinueExpected() {
        return continueExpected;
    }

    /**
     * Reads what is there, waiting for at least one byte.
     *
     * @return how many, or -1 if the peer will send no more
     */
    int read(ByteBuffer target) throws IOException {
        int ahead = Math.min(readAhead.available(), target.remaining());
        if (ahead > 0) {
            target.put(readAhead.readBytes(ahead));
            return ahead;
        }
        reading = true;
        try {
            return wire.read(target);
        } finally {
            reading = false;
        }
    }

    /** Writes all of them as one, waiting for the peer to take it. */
    void write(ByteBuffer... sources) throws IOException {
        ByteBuffer last = sources[sources.length - 1];
        while (last.hasRemaining()) {
            writeSome(sources);
        }
    }

    /**
     * Writes what the peer takes at once of all of them, waiting for it to take something.
     *
     * @return how many bytes it took
     */
    int writeSome(ByteBuffer... sources) throws IOException {
        writer = Thread.currentThread();
        try {
            return wire.write(sources);
        } finally {
            writer = null;
        }
    }

    /**
     * Lets the thread that waits for the peer to take something, if there is one, try again whether there is room. The system
     * says so only once a third of its buffer is free, which may take a slow peer longer than it is given for any progress.
     */
    void retryWrite() {
        // A wake-up without a reason is allowed to happen at any time, so that whoever is waiting looks again.
        LockSupport.unpark(writer);
    }

    /**
     * Ends what the connection's thread does here, if it does not come to an end by itself: soon, one that waits for the
     * peer to send sees the end of that, and can still write; a little later the connection is reset.
     */
    void callOff() {
        after(READER_NOTICES, connection -> {
            if (connection.reading) {
                connection.channel.shutdownInput();
            }
        });
        resetAfter(ANSWERED);
    }

    /** The same for one that writes only. */
    void callOffWriter() {
        resetAfter(WRITER_ENDS);
    }

    /** Sets the time within which a thread that reads sees the end of what the peer sends, and one that writes is done or fails. */
    void endWithin(Duration time) {
        endInputWithin(time);
        resetAfter(time);
    }

    /** Sets the time within which a thread that reads sees the end of what the peer sends. */
    void endInputWithin(Duration time) {
        after(time, connection -> connection.channel.shutdownInput());
    }

    /** Cuts the connection after a while, unless what is being written is taken, and the result kept, before. */
    Deadline mustBeTaken() {
        return Deadline.after(TAKEN, this::reset);
    }

    /** Ends what the peer sends after a while, unless what is being read has come, and the result kept, before. */
    Deadline mustCome(Duration time) {
        return Deadline.after(time, () -> {
            try {
                channel.shutdownInput();
            } catch (IOException e) {
                // It is closed already, so nobody reads.
            }
        });
    }

    private void resetAfter(Duration time) {
        after(time, connection -> {
            if (!connection.ended) {
                connection.reset();
            }
        });
    }

    /** Whether a thread waits for what the peer sends. */
    boolean isReading() {
        return reading;
    }

    private interface Action {
        void run(Connection connection) throws IOException;
    }

    /** Does that after a while, unless the connection is over by then: whoever serves it holds on to it. */
    private void after(Duration time, Action action) {
        var self = new WeakReference<>(this);
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    Connection connection = self.get();
                    if (connection == null) {
                        return;
                    }
                    try {
                        action.run(connection);
                    } catch (IOException e) {
                        // The connection is closed already, so nobody waits.
                    }
                });
    }

    /**
     * Whether the peer has said that it will send no more: what one that was killed, with nothing left to read, says too.
     * Does not wait; drops what the peer has sent.
     */
    boolean isEndedByPeer() throws IOException {
        channel.configureBlocking(false);
        try {
            int count = wire.drop();
            if (count > 0) {
                // What was dropped may have been a request.
                heads.last();
            }
            return count < 0;
        } finally {
            channel.configureBlocking(true);
        }
    }

    /**
     * Ends the connection in order (RFC 9112 section 9.6): nothing more is written, and what the peer still sends is dropped
     * for a while. Closing at once would answer it with a reset, which can destroy what was written before it was read.
     *
     * @return whether the peer may have taken all that was written: it has ended the connection in order too, or not at all
     *     in that while. One that is killed before it has read all of it resets the connection
     */
    boolean close() {
        ended = true;
        return new ConnectionEnd(channel, wire, peers, this::reset).close();
    }

    /**
     * The same behind a file, whose client closes by itself once it has all. An encrypted connection says its last word only
     * then: a client that is through does not read that, and its system would answer it with a reset, as one does that was killed.
     *
     * @param length how many bytes were written of the file
     */
    boolean closeBehindFile(long length) throws InterruptedException {
        ended = true;
        return new ConnectionEnd(channel, wire, peers, this::reset).closeBehindFile(length);
    }

    /** Cuts the connection, so that the peer cannot take what it has for the whole. */
    void reset() {
        ended = true;
        accepted.reset();
    }
}
