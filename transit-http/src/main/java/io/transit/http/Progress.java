package io.transit.http;

import io.transit.core.Sender;
import java.io.IOException;
import java.time.Duration;

/**
 * Tells a sender of dialect 2 how far its receiver is, from {@link #start} until it is stopped: four times a second, if that
 * has changed. A look costs less than to be told of each chunk.
 */
final class Progress {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final WebSocket socket;
    private final Sender sender;

    /** Owned by the look, of which there is one at a time. */
    private long told;

    private volatile Deadline next;
    private volatile boolean stopped;

    private Progress(WebSocket socket, Sender sender, long offset) {
        this.socket = socket;
        this.sender = sender;
        this.told = offset;
        this.next = Deadline.after(INTERVAL, this::look);
    }

    /**
     * Begins to tell.
     *
     * @param offset what the client knows already
     */
    static Progress start(WebSocket socket, Sender sender, long offset) {
        return new Progress(socket, sender, offset);
    }

    private void look() {
        long taken = sender.taken();
        try {
            if (!stopped && taken > told) {
                told = taken;
                socket.say(ServerMessage.progress(taken));
            }
        } catch (IOException e) {
            // Whoever reads notices that too.
            return;
        }
        next = Deadline.after(INTERVAL, this::look);
        if (stopped) {
            next.keep();
        }
    }

    /** Tells nothing any more. Idempotent; what is being said may still be said to its end. */
    void stop() {
        stopped = true;
        next.keep();
    }
}
