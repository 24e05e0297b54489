package io.transit.core;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The one lock of a transfer, and of the channel of its running attempt. */
final class TransferLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    /** Returns what is found out under the lock. */
    <T> T locked(Supplier<T> action) {
        lock();
        try {
            return action.get();
        } finally {
            unlock();
        }
    }

    /** Does something under the lock. */
    void lockedRun(Runnable action) {
        lock();
        try {
            action.run();
        } finally {
            unlock();
        }
    }
}
