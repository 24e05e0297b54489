package io.transit.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How a connection is closed in order (RFC 9112 section 9.6), by the one thread that used it last. */
final class ConnectionEnd {
    private static final System.Logger LOG = System.getLogger(ConnectionEnd.class.getPackageName());

    /** How long a client that was refused may go on sending before its connection is cut. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final Duration AT_ONCE = Duration.ofMillis(10);

    /** How long a client may take at most to take the last of a file, before that counts as delivered. */
    private static final Duration LAST_TAKEN = Duration.ofSeconds(20);

    /** A file that is so short has arrived long before its client has ended the connection, as networks go. */
    private static final int SURELY_TAKEN = 64 * 1024;

    /** Small, as there may be as many of these as connections. */
    private static final int DISCARDED_AT_ONCE = 4 * 1024;

    private final SocketChannel channel;
    private final Wire wire;
    private final PeerWatch peers;
    private final Runnable reset;

    /**
     * Of a connection that nobody else reads or writes any more.
     *
     * @param reset cuts it, from any thread
     */
    ConnectionEnd(SocketChannel channel, Wire wire, PeerWatch peers, Runnable reset) {
        this.channel = channel;
        this.wire = wire;
        this.peers = peers;
        this.reset = reset;
    }

    /** See {@link Connection#close}. */
    boolean close() {
        try (channel) {
            endOutput();
            var unused = discard(LINGER);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** See {@link Connection#closeBehindFile}. */
    boolean closeBehindFile(long length) throws InterruptedException {
        try (channel) {
            // While it is there, as only then its absence later on says that it has ended.
            Optional<SocketDiagnosis> diagnosis =
                    length > SURELY_TAKEN ? SocketDiagnosis.find(channel) : Optional.empty();
            if (!wire.isEncrypted()) {
                endOutput();
            }
            boolean taken = isTaken(length, diagnosis);
            if (wire.isEncrypted()) {
                endOutput();
            }
            return taken;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Waits for the peer to end the connection, or to take what the system still has for it. One that ends before it has
     * taken all is reset by what comes then, but nobody would be told of that any more.
     */
    private boolean isTaken(long length, Optional<SocketDiagnosis> diagnosis) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LAST_TAKEN.toNanos();
        while (true) {
            boolean isEnded = discard(LINGER);
            boolean isBehind = (!isEnded || length > SURELY_TAKEN) && isBehind(diagnosis);
            if (isEnded) {
                return !isBehind;
            }
            if (!isBehind || System.nanoTime() - deadline > 0) {
                // One that was reset is not behind either, and to read from it fails.
                var unused = discard(AT_ONCE);
                return true;
            }
        }
    }

    private boolean isBehind(Optional<SocketDiagnosis> diagnosis) throws IOException, InterruptedException {
        OptionalInt untaken = diagnosis.isPresent() ? diagnosis.get().untaken() : OptionalInt.empty();
        if (untaken.isPresent()) {
            return untaken.getAsInt() > 0;
        }
        try {
            return peers.isBehind(channel);
        } catch (PeerWatch.LookException e) {
            // To be looked at again: it must not count as one that has taken all.
            LOG.log(System.Logger.Level.WARNING, "cannot tell whether a receiver has taken all", e);
            return true;
        }
    }

    private void endOutput() throws IOException {
        if (wire.isEncrypted()) {
            // That is something to be taken.
            Deadline taken = Deadline.after(LINGER, reset);
            try {
                wire.endOutput();
            } finally {
                taken.keep();
            }
        } else {
            wire.endOutput();
        }
    }

    /** Drops what the peer sends for a while; returns whether it has ended by then. */
    private boolean discard(Duration time) throws IOException {
        InputStream input = channel.socket().getInputStream();
        byte[] dropped = new byte[DISCARDED_AT_ONCE];
        long deadline = System.nanoTime() + time.toNanos();
        int count = 0;
        while (count >= 0) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            channel.socket().setSoTimeout((int) left);
            try {
                count = input.read(dropped);
            } catch (SocketTimeoutException e) {
                return false;
            }
        }
        return true;
    }
}
