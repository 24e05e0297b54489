package io.transit.http;

/**
 * Finds out whether a client that has nothing to say is still there, from {@link #start} until it is stopped: pings it, which
 * also keeps proxies from giving up the connection, and ends it when nothing came for as long as two more pings took. A
 * client whose payload is not being read cannot be heard; then only a ping that fails tells of its death.
 */
final class Heartbeat {
    private static final int MAX_UNANSWERED = 2;

    private final WebSocket socket;
    private final Runnable lost;
    private volatile boolean stopped;

    /** Guarded by the lock of all. */
    private long due;

    /** Of the pings since something was heard. Owned by the beat, of which there is one at a time. */
    private int unanswered;

    private Heartbeat(WebSocket socket, Runnable lost) {
        this.socket = socket;
        this.lost = lost;
    }

    /**
     * Begins to watch.
     *
     * @param lost what is to be done, besides cutting the connection, when the client is gone; on a thread of its own
     */
    static Heartbeat start(WebSocket socket, Runnable lost) {
        var heartbeat = new Heartbeat(socket, lost);
        socket.heartbeats().add(heartbeat);
        return heartbeat;
    }

    /** Begins to watch a connection whose end is noticed by whoever reads from it. */
    static Heartbeat start(WebSocket socket) {
        return start(socket, () -> {});
    }

    /** Sets when the next beat is due, in the time of {@link System#nanoTime}. */
    void setDue(long nanoTime) {
        due = nanoTime;
    }

    boolean isDue() {
        return System.nanoTime() - due >= 0;
    }

    /** Returns whether there is to be another beat. */
    boolean beat() {
        if (socket.heardSince() || !socket.isListening()) {
            unanswered = 0;
        }
        if (unanswered == MAX_UNANSWERED || !socket.ping()) {
            lose();
            return false;
        }
        unanswered++;
        return true;
    }

    /** Cuts off a client that is not there, as far as can be told. */
    void lose() {
        socket.abort();
        Thread.startVirtualThread(lost);
    }

    /** Does not ping any more. Idempotent; a beat that is under way may still come to its end. */
    void stop() {
        if (!stopped) {
            stopped = true;
            socket.heartbeats().remove(this);
        }
    }

    boolean isStopped() {
        return stopped;
    }
}
