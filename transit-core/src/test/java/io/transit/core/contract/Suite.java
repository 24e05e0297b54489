package io.transit.core.contract;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What all suites share: calls that run beside the test, and are over when it is. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class Suite {
    /** For tests that try thousands of times what only chance would show: over a network each time may take milliseconds. */
    static final int MINUTES_OF_MANY_ROUNDS = 10;

    private final List<Task<?>> tasks = new CopyOnWriteArrayList<>();

    /** Starts a call on a thread of its own. */
    final <T> Task<T> start(Callable<T> call) {
        Task<T> task = Task.start(call);
        tasks.add(task);
        return task;
    }

    /** Rule T14, in every test. */
    @AfterEach
    final void nobody_is_left_waiting() throws InterruptedException {
        for (Task<?> task : tasks) {
            task.awaitEnd();
        }
    }
}
