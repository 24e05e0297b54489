package io.transit.http;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The beats of many hearts, all of one interval. There are a few turns in it, and whoever is due is served in the next one: ten
 * thousand that wait for each other on one thread cost a fraction of what as many threads do that wake one by one.
 *
 * <p>A beat that hangs, as its client takes nothing, delays the others by a turn: the next one has a thread of its own. There is
 * no turn while there is nobody.
 */
final class Heartbeats {
    private static final System.Logger LOG = System.getLogger(Heartbeats.class.getPackageName());

    /** By so much of its interval a beat may be late. */
    private static final int TURNS = 10;

    private final Duration interval;
    private final Duration pause;
    private final ReentrantLock lock = new ReentrantLock();

    /** In the order of their times, as the interval is the same for all. */
    private final SequencedSet<Heartbeat> waiting = new LinkedHashSet<>();

    private boolean scheduled;

    /**
     * Begins with nobody.
     *
     * @param interval between two beats of the same
     */
    Heartbeats(Duration interval) {
        this.interval = interval;
        this.pause = interval.dividedBy(TURNS);
    }

    /** Has one beat after the interval, unless it is stopped. */
    void add(Heartbeat beat) {
        lock.lock();
        try {
            if (!beat.isStopped()) {
                beat.setDue(System.nanoTime() + interval.toNanos());
                waiting.add(beat);
                schedule();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of one that is stopped. */
    void remove(Heartbeat beat) {
        lock.lock();
        try {
            waiting.remove(beat);
        } finally {
            lock.unlock();
        }
    }

    private void schedule() {
        if (!scheduled && !waiting.isEmpty()) {
            scheduled = true;
            var unused = Deadline.after(pause, this::turn);
        }
    }

    private void turn() {
        lock.lock();
        try {
            scheduled = false;
            schedule();
        } finally {
            lock.unlock();
        }
        for (Optional<Heartbeat> due = nextDue(); due.isPresent(); due = nextDue()) {
            serve(due.get());
        }
    }

    private void serve(Heartbeat beat) {
        try {
            if (beat.beat()) {
                add(beat);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a client could not be pinged", e);
            beat.lose();
        }
    }

    private Optional<Heartbeat> nextDue() {
        lock.lock();
        try {
            return waiting.isEmpty() || !waiting.getFirst().isDue()
                    ? Optional.empty()
                    : Optional.of(waiting.removeFirst());
        } finally {
            lock.unlock();
        }
    }
}
