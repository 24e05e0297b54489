package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a node tells of a transfer, event after event, as curl writes it to a file. */
final class EventLog implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATA = "data: ";
    private static final String END = "\n\nevent: end\ndata:\n\n";

    private final Path file;
    private final Shell curl;

    private EventLog(Path file, Shell curl) {
        this.file = file;
        this.curl = curl;
    }

    /** Listens from now on; it may be that nothing is known of the id yet. */
    static EventLog follow(Path directory, URI node, String id) throws IOException {
        String name = id + "-" + node.getPort() + ".events";
        String link = node + "api/transfers/" + id + "/events?wait=60";
        String command = "exec curl -q -sS -N -f --noproxy '*' -o " + name + " '" + link + "'";
        return new EventLog(directory.resolve(name), Shell.start(directory, command));
    }

    /** Waits until the state that was told last is that, behind it the reason if there is one. */
    void awaitState(String state) throws Exception {
        await("it is " + state, status -> StatusApi.stateIn(status).equals(state));
    }

    /** Waits until it was told last that receivers have taken so many bytes. */
    void awaitBytes(int bytes) throws Exception {
        await(bytes + " bytes were taken", status -> status.contains("\"bytes\":" + bytes + ","));
    }

    private void await(String what, Predicate<String> isTold) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (objects().isEmpty() || !isTold.test(objects().getLast())) {
            assertThat(System.nanoTime()).as("%s: %s", what, objects()).isLessThan(deadline);
            // Once it has ended it has told all.
            assertThat(curl.isOverWithin(LOOK) && !isTold.test(objects().getLast()))
                    .as("%s: %s", what, objects())
                    .isFalse();
        }
    }

    /** Returns the objects that were told so far. */
    List<String> objects() throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        String whole = text.substring(0, text.lastIndexOf("\n\n") + 1);
        return Stream.of(whole.split("\n\n?"))
                .filter(line -> line.startsWith(DATA))
                .map(line -> line.substring(DATA.length()))
                .toList();
    }

    /** Returns the states in the order in which they were told, each with its reason. */
    List<String> states() throws IOException {
        List<String> states = new ArrayList<>();
        for (String object : objects()) {
            String state = StatusApi.stateIn(object);
            if (states.isEmpty() || !states.getLast().equals(state)) {
                states.add(state);
            }
        }
        return states;
    }

    /** Waits for the end of the events, which has to be as it should; returns the last object. */
    String awaitEnd() throws Exception {
        assertThat(curl.exitCode()).as(curl.output()).isZero();
        assertThat(Files.readString(file)).endsWith(END).containsOnlyOnce("event:");
        return objects().getLast();
    }

    @Override
    public void close() {
        curl.close();
    }
}
