package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.redis.testing.RedisResource;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever asks how a transfer stands hears the same at the node of its offer and at another, in every state; and so does who is
 * told of it event after event, in the order in which it happens, up to the end.
 */
@Timeout(300)
class StatusAtTwoNodesIT {
    private static final String CURL = "exec curl -q -sS -N -f --noproxy '*' ";
    private static final int BYTES = 6 << 20;

    /** As much as a pipe takes though nobody reads it. */
    private static final int FIRST = 64 << 10;

    @TempDir
    static Path home;

    @AutoClose
    private static TwoNodes nodes;

    private static Original file;

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        // Between nodes bytes are as old as the last renewal.
        nodes = TwoNodes.start(home, RedisResource.uri(), Map.of("TRANSIT_REDIS_RENEWAL", "200ms"));
        file = Original.create(home.resolve("film.mkv"), BYTES);
    }

    private static URI node(int number) {
        return number == 1 ? nodes.one() : nodes.two();
    }

    private static Lookers lookers(String id) throws Exception {
        return new Lookers(home, id, nodes.status(nodes.one()), nodes.status(nodes.two()));
    }

    // ---- the states of a transfer that breaks off and goes on

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2"})
    void each_state_is_told_at_both(int offered, int received) throws Exception {
        Path copy = home.resolve("copy-" + offered + received);
        String receive = CURL + "-C - -o " + copy + " " + node(received);
        ResumableSender sender = ResumableSender.offer(nodes.client(), node(offered), file);
        String ready = sender.await("ready");
        String id = ResumableSender.member(ready, "id");
        String token = ResumableSender.member(ready, "token");
        try (Lookers lookers = lookers(id)) {
            lookers.awaitState("waiting");
            try (Shell receiver = Shell.start(home, receive + id)) {
                sender.send(BYTES / 4);
                lookers.awaitState("streaming");
                lookers.awaitBytes(BYTES / 4);
                sender.abort();
                lookers.awaitState("paused SENDER_LEFT");

                sender = ResumableSender.resume(nodes.client(), node(3 - offered), file, id, token);
                sender.await("ready");
                sender.send(BYTES / 2);
                lookers.awaitState("streaming");
                lookers.awaitBytes(BYTES / 2);
                receiver.kill();
                lookers.awaitState("paused RECEIVER_LEFT");
            }
            assertThat(file.isBegun(copy)).isTrue();
            sender.await("paused");
            try (Shell receiver = Shell.start(home, receive + id)) {
                sender.send(BYTES / 4 * 3);
                lookers.awaitState("streaming");
                lookers.awaitBytes(BYTES / 4 * 3);
                sender.finishOn();
                assertThat(receiver.exitCode()).as(receiver.output()).isZero();
            }
            lookers.awaitEnd(List.of(
                    "waiting",
                    "streaming",
                    "paused SENDER_LEFT",
                    "streaming",
                    "paused RECEIVER_LEFT",
                    "streaming",
                    "completed"));
        }
        assertThat(file.isWhole(copy)).isTrue();
    }

    /** Whoever reads that it is paused because of the sender would not come for the rest. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void who_came_back_is_not_said_to_be_away(int offered) throws Exception {
        ResumableSender sender = ResumableSender.offer(nodes.client(), node(offered), file);
        String ready = sender.await("ready");
        String id = ResumableSender.member(ready, "id");
        try (Lookers lookers = lookers(id)) {
            try (Shell receiver = Shell.start(home, CURL + "-o /dev/null " + node(3 - offered) + id)) {
                sender.send(BYTES / 2);
                lookers.awaitBytes(BYTES / 2);
                sender.abort();
                lookers.awaitState("paused SENDER_LEFT");
                receiver.kill();
                lookers.awaitState("paused RECEIVER_LEFT");
                String token = ResumableSender.member(ready, "token");
                sender = ResumableSender.resume(nodes.client(), node(offered), file, id, token);
                sender.await("ready");
                lookers.awaitState("paused RECEIVER_LEFT");
            }
            sender.say("{\"type\":\"cancel\",\"reason\":\"CANCELLED\"}");
            lookers.awaitEnd("interrupted CANCELLED");
        }
    }

    /** Of a pipe, so that its size is not known; with its digest. */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2"})
    void a_whole_transfer_is_told_in_order(int sent, int received) throws Exception {
        String id = "whole-" + sent + received;
        try (Lookers lookers = lookers(id);
                Shell sender = Shell.start(home, CURL + "--limit-rate 4M -T - '" + node(sent) + id + "/a?digest'")) {
            sender.input().write(file.bytes(), 0, FIRST);
            sender.input().flush();
            lookers.awaitState("waiting");
            try (Shell receiver = Shell.start(home, CURL + "-o " + id + " " + node(received) + id)) {
                // It does not end before both have heard that.
                lookers.awaitState("streaming");
                sender.input().write(file.bytes(), FIRST, BYTES - FIRST);
                sender.input().close();
                assertThat(receiver.exitCode()).as(receiver.output()).isZero();
            }
            assertThat(sender.exitCode()).as(sender.output()).isZero();
            lookers.awaitEnd(List.of("waiting", "streaming", "completed"));
            String digest = sender.output().replaceAll("(?s).*sha256 (\\w+).*", "$1");
            assertThat(lookers.last()).contains("\"bytes\":" + BYTES, "\"sha256\":\"" + digest + "\"");
            lookers.assertBytesOnlyGrow();
        }
        assertThat(file.isWhole(home.resolve(id))).isTrue();
    }

    // ---- the reasons of an interruption

    @ParameterizedTest
    @CsvSource({"SENDER, SENDER_LEFT", "RECEIVER, RECEIVER_LEFT"})
    void who_was_killed_is_told(String killed, String reason) throws Exception {
        String id = "killed-" + killed;
        try (Lookers lookers = lookers(id);
                Shell sender = Shell.start(
                        home, CURL + "--limit-rate 600K -T " + file.path() + " " + nodes.one() + id + "/")) {
            lookers.awaitState("waiting");
            try (Shell receiver = Shell.start(home, CURL + "-o " + id + " " + nodes.two() + id)) {
                lookers.awaitState("streaming");
                (killed.equals("SENDER") ? sender : receiver).kill();
                lookers.awaitEnd(List.of("waiting", "streaming", "interrupted " + reason));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANCELLED", "TRUNCATED", "OVERRUN", "SENDER_LEFT"})
    void what_the_sender_did_is_told(String reason) throws Exception {
        ResumableSender sender = ResumableSender.offer(nodes.client(), nodes.one(), file);
        String id = ResumableSender.member(sender.await("ready"), "id");
        try (Lookers lookers = lookers(id);
                Shell receiver = Shell.start(home, CURL + "-o " + reason + " " + nodes.two() + id)) {
            sender.send(BYTES / 2);
            lookers.awaitBytes(BYTES / 2);
            switch (reason) {
                case "CANCELLED" -> sender.say("{\"type\":\"cancel\",\"reason\":\"CANCELLED\"}");
                case "TRUNCATED" -> sender.say("{\"type\":\"done\",\"totalBytes\":" + BYTES / 2 + "}");
                case "OVERRUN" -> sender.send(ByteBuffer.allocate(BYTES / 2 + 1));
                default -> sender.leave();
            }
            assertThat(receiver.exitCode()).isNotZero();
            lookers.awaitEnd("interrupted " + reason);
        }
        assertThat(file.isWhole(home.resolve(reason))).isFalse();
    }

    /** At a third node, which does not wait for a receiver. */
    @Test
    void whom_nobody_receives_from_is_told() throws Exception {
        var environment = Map.of("REDIS_URL", RedisResource.uri(), "TRANSIT_WAIT_RECEIVER", "1s");
        try (TransitProcess third = TransitProcess.start(home, environment)) {
            assertEnds("EXPIRED", third.address(), "cat film.mkv", "true");
        }
    }

    /** At a third node, which has no patience. */
    @Test
    void who_does_nothing_is_told() throws Exception {
        var environment = Map.of("REDIS_URL", RedisResource.uri(), "TRANSIT_STALL", "2s");
        try (TransitProcess third = TransitProcess.start(home, environment)) {
            URI there = third.address();
            assertEnds(
                    "SENDER_STALLED",
                    there,
                    "(head -c 1000000 film.mkv; exec sleep 600)",
                    CURL + "-o stalled " + there + "SENDER-STALLED?wait=60");
            assertEnds(
                    "RECEIVER_STALLED",
                    there,
                    "head -c 60000000 /dev/zero",
                    CURL.replace("exec ", "") + nodes.two() + "RECEIVER-STALLED?wait=60 | sleep 600");
        }
    }

    /** Of a pipeline the shell stays until all of it has ended, so that nothing of it is left behind. */
    private static void assertEnds(String reason, URI sent, String write, String receive) throws Exception {
        String id = reason.replace('_', '-');
        String send = write + " | " + CURL + "-T - " + sent + id + "/film.mkv";
        try (Lookers lookers = new Lookers(home, id, nodes.status(sent), nodes.status(nodes.two()));
                Shell sender = Shell.start(home, send);
                Shell receiver = Shell.start(home, receive)) {
            lookers.awaitEnd("interrupted " + reason);
            sender.kill();
            receiver.kill();
        }
    }

    /** A third node is told to end, has a receiver still, and is killed. */
    @Test
    void a_node_that_ends_is_told_and_so_is_one_that_is_killed() throws Exception {
        var environment =
                Map.of("REDIS_URL", RedisResource.uri(), "TRANSIT_REDIS_LEASE", "3s", "TRANSIT_REDIS_RENEWAL", "500ms");
        try (TransitProcess third = TransitProcess.start(home, environment)) {
            endAndKill(third, third.address());
        }
    }

    private static void endAndKill(TransitProcess third, URI there) throws Exception {
        String send = CURL + "--limit-rate 200K -T " + file.path() + " ";
        try (Lookers waiting = lookers("waiting");
                Lookers crossing = lookers("crossing");
                Shell waiter = Shell.start(home, send + there + "waiting/");
                Shell sender = Shell.start(home, send + nodes.one() + "crossing/")) {
            waiting.awaitState("waiting");
            crossing.awaitState("waiting");
            try (Shell receiver = Shell.start(home, CURL + "-o crossing " + there + "crossing")) {
                crossing.awaitState("streaming");
                third.terminate();
                waiting.awaitEnd(List.of("waiting", "interrupted SHUTDOWN"));
                third.kill();
                crossing.awaitEnd(List.of("waiting", "streaming", "interrupted NODE_LOST"));
                assertThat(receiver.exitCode()).isNotZero();
            }
            assertThat(waiter.exitCode()).isNotZero();
            assertThat(sender.exitCode()).isNotZero();
        }
    }
}
