package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two who ask two nodes how a transfer stands, and listen to what is told of it there: they have to hear the same. */
final class Lookers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 20_000_000;
    private static final Pattern TIME = Pattern.compile("\"expiresIn\":(\\d+)");
    private static final Pattern TAKEN = Pattern.compile("\"bytes\":(\\d+)");

    /** How far apart, in seconds, two may be that are asked one after the other. */
    private static final int APART = 5;

    private final String id;
    private final StatusApi one;
    private final StatusApi other;
    private final List<EventLog> logs;

    Lookers(Path directory, String id, StatusApi one, StatusApi other) throws IOException {
        this.id = id;
        this.one = one;
        this.other = other;
        this.logs = List.of(EventLog.follow(directory, one.base(), id), EventLog.follow(directory, other.base(), id));
    }

    /** Waits until that is the state, behind it the reason if there is one. */
    void awaitState(String state) throws Exception {
        for (EventLog log : logs) {
            log.awaitState(state);
        }
        assertThat(StatusApi.stateIn(awaitAgreement())).isEqualTo(state);
    }

    /** Waits until so many bytes were taken. */
    void awaitBytes(int bytes) throws Exception {
        for (EventLog log : logs) {
            log.awaitBytes(bytes);
        }
        assertThat(taken(awaitAgreement())).isEqualTo(bytes);
    }

    /** Waits for the end, which has to be that state. */
    void awaitEnd(String state) throws Exception {
        String status = awaitAgreement(true);
        assertThat(StatusApi.stateIn(status)).isEqualTo(state);
        for (EventLog log : logs) {
            assertThat(timeless(log.awaitEnd())).isEqualTo(timeless(status));
        }
    }

    /** Waits for the end; all these states, and no others, have to have been told in this order. */
    void awaitEnd(List<String> states) throws Exception {
        awaitEnd(states.getLast());
        for (EventLog log : logs) {
            assertThat(log.states()).isEqualTo(states);
        }
    }

    /** What was told last. */
    String last() throws IOException {
        return logs.getFirst().objects().getLast();
    }

    void assertBytesOnlyGrow() throws IOException {
        for (EventLog log : logs) {
            assertThat(log.objects().stream().map(Lookers::taken)).isSorted();
        }
    }

    private String awaitAgreement() throws Exception {
        return awaitAgreement(false);
    }

    /** Waits until both nodes say the same when they are asked, or the same end. */
    private String awaitAgreement(boolean ended) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String here = one.object(id);
            String there = other.object(id);
            if (isSame(here, there) && (!ended || here.matches(".*\"(completed|interrupted)\".*"))) {
                return here;
            }
            assertThat(System.nanoTime()).as("%s and %s", here, there).isLessThan(deadline);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static boolean isSame(String here, String there) {
        Matcher one = TIME.matcher(here);
        Matcher other = TIME.matcher(there);
        boolean timed = one.find();
        return timeless(here).equals(timeless(there))
                && timed == other.find()
                && (!timed || Math.abs(Long.parseLong(one.group(1)) - Long.parseLong(other.group(1))) < APART);
    }

    private static String timeless(String status) {
        return TIME.matcher(status).replaceAll("\"expiresIn\":0");
    }

    private static long taken(String status) {
        Matcher taken = TAKEN.matcher(status);
        assertThat(taken.find()).as(status).isTrue();
        return Long.parseLong(taken.group(1));
    }

    @Override
    public void close() {
        logs.forEach(EventLog::close);
    }
}
