package io.transit.app;

import java.util.logging.LogManager;

/**
 * A log that stays open until the process is gone. That of the JDK is closed by a hook of its own when the process is told to
 * end, beside whatever else still has something to say then.
 */
public final class LastingLogs extends LogManager {
    private static volatile boolean configured;

    /** For the JDK, which makes the one instance there is. */
    public LastingLogs() {}

    /** From now on nothing closes the log. */
    static void keep() {
        configured = true;
    }

    @Override
    public void reset() {
        if (!configured) {
            super.reset();
        }
    }
}
