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
    private final Repetition looks;

    /** Owned by the look, of which there is one at a time. */
    private long told;

    private Progress(WebSocket socket, Sender sender, long offset) {
        this.socket = socket;
        this.sender = sender;
        this.told = offset;
        this.looks = Repetition.start(INTERVAL, this::look);
    }

    /**
     * Begins to tell.
     *
     * @param offset what the client knows already
     */
    static Progress start(WebSocket socket, Sender sender, long offset) {
        return new Progress(socket, sender, offset);
    }

    private boolean look() {
        long taken = sender.taken();
        try {
            if (taken > told) {
                told = taken;
                socket.say(ServerMessage.progress(taken));
            }
            return true;
        } catch (IOException e) {
            // Whoever reads notices that too.
            return false;
        }
    }

    /** Tells nothing any more. Idempotent; what is being said may still be said to its end. */
    void stop() {
        looks.stop();
    }
}
