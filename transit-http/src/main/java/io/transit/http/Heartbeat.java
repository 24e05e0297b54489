package io.transit.http;

import java.time.Duration;

/**
 * Finds out whether a client that has nothing to say is still there, from {@link #start} until it is stopped: pings it, which
 * also keeps proxies from giving up the connection, and ends it when nothing came for as long as two more pings took. A
 * client whose payload is not being read cannot be heard; then only a ping that fails tells of its death.
 */
final class Heartbeat {
    private static final int MAX_UNANSWERED = 2;

    private final WebSocket socket;
    private final Runnable lost;
    private final Repetition beats;

    /** Of the pings since something was heard. Owned by the beat, of which there is one at a time. */
    private int unanswered;

    private Heartbeat(WebSocket socket, Duration interval, Runnable lost) {
        this.socket = socket;
        this.lost = lost;
        this.beats = Repetition.start(interval, this::beat);
    }

    /**
     * Begins to watch.
     *
     * @param interval between two pings
     * @param lost what is to be done, besides cutting the connection, when the client is gone; on a thread of its own
     */
    static Heartbeat start(WebSocket socket, Duration interval, Runnable lost) {
        return new Heartbeat(socket, interval, lost);
    }

    /** Begins to watch a connection whose end is noticed by whoever reads from it. */
    static Heartbeat start(WebSocket socket, Duration interval) {
        return start(socket, interval, () -> {});
    }

    private boolean beat() {
        if (socket.heardSince() || !socket.isListening()) {
            unanswered = 0;
        }
        if (unanswered == MAX_UNANSWERED || !socket.ping()) {
            socket.abort();
            lost.run();
            return false;
        }
        unanswered++;
        return true;
    }

    /** Does not ping any more. Idempotent; a beat that is under way may still come to its end. */
    void stop() {
        beats.stop();
    }
}
