package io.transit.core.contract;

import static io.transit.core.contract.Await.PATIENCE;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call on a virtual thread of its own. Its end is waited for no longer than {@link Await#PATIENCE}, unless said otherwise. */
final class Task<T> {
    private final FutureTask<T> call;
    private final Thread thread;

    private Task(Callable<T> call) {
        this.call = new FutureTask<>(call);
        this.thread = Thread.startVirtualThread(this.call);
    }

    static <T> Task<T> start(Callable<T> call) {
        return new Task<>(call);
    }

    /** Returns what the call returned, or throws what it threw: unchecked exceptions as they are. */
    T result() throws InterruptedException {
        return result(PATIENCE);
    }

    /** The same for what takes longer. */
    T result(Duration patience) throws InterruptedException {
        try {
            return call.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new AssertionError("the call failed", e.getCause());
        } catch (TimeoutException e) {
            throw stillRunning();
        }
    }

    /** Waits until the call is over, and returns what it threw. */
    Throwable failure() throws InterruptedException {
        awaitEnd();
        return switch (call.state()) {
            case FAILED -> call.exceptionNow();
            default -> throw new AssertionError("the call did not fail");
        };
    }

    void awaitEnd() throws InterruptedException {
        if (!thread.join(PATIENCE)) {
            throw stillRunning();
        }
    }

    /** Waits until the call is parked, which is as near as one gets to "it waits for the other side", or over. */
    Task<T> awaitParked() {
        Await.await(() -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            default -> false;
        });
        return this;
    }

    boolean isOver() {
        return call.isDone();
    }

    void interrupt() {
        thread.interrupt();
    }

    private AssertionError stillRunning() {
        var error = new AssertionError("still running after " + PATIENCE);
        error.setStackTrace(thread.getStackTrace());
        return error;
    }
}
