package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanIterator;
import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Sender;
import io.transit.core.Sha256;
import io.transit.core.TransferException;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import io.transit.redis.testing.RedisResource;
import io.transit.redis.testing.RedisServer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only two nodes can show: what lies in Redis, and what becomes of one when the other, or Redis, is gone. */
@ExtendWith(RedisResource.class)
@Timeout(120)
class BetweenNodesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String prefix = "t" + Node.random();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private RedisSettings settings(String uri) {
        return RedisSettings.of(uri).withPrefix(prefix).withLease(Duration.ofMillis(1_500), Duration.ofMillis(500));
    }

    private RedisRendezvous node() {
        return node(RedisResource.uri());
    }

    private RedisRendezvous node(String uri) {
        return new RedisRendezvous(settings(uri), TransferLimits.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, (1 << 20) + 1, 64 << 20})
    void a_file_of_any_size_arrives_as_it_was_and_leaves_a_status_alone(int size) throws Exception {
        try (var a = node();
                var b = node()) {
            Offer offer = Errand.offer(size);
            Sender sender = a.offer(offer);
            assertThat(b.find(offer.id())).contains(offer);
            Receiver receiver = b.claim(Claim.of(offer.id()));
            Future<Sha256> sent = threads.submit(() -> Errand.send(sender, size));
            MessageDigest digest = Sha256.newDigest();
            Frame frame = receiver.receive();
            while (frame instanceof Frame.Data(ByteBuffer payload)) {
                assertThat(payload.remaining()).isLessThanOrEqualTo(1 << 20);
                digest.update(payload);
                frame = receiver.receive();
            }
            assertThat(frame).isInstanceOf(Frame.Done.class);
            assertAllKeysExpire();
            receiver.complete();
            assertThat(Sha256.of(digest)).isEqualTo(sent.get(60, TimeUnit.SECONDS));
            assertThat(over(receiver.whenOver())).isEqualTo(new TransferState.Completed(size));
            Errand.await(() -> b.find(offer.id()).isEmpty());
            assertThat(b.status(offer.id()).orElseThrow().state()).isEqualTo(new TransferState.Completed(size));
            Errand.await(() -> keys().equals("[" + prefix + ":{" + offer.id() + "}:status]"));
            assertAllKeysExpire();
        }
    }

    @Test
    void an_id_is_taken_on_all_nodes() {
        try (var a = node();
                var b = node()) {
            Offer offer = Errand.offer(1);
            Sender sender = a.offer(offer);
            assertThatExceptionOfType(TransferException.Taken.class).isThrownBy(() -> b.offer(offer));
            sender.close();
            Errand.await(() -> b.find(offer.id()).isEmpty());
            assertThat(b.offer(offer).offer()).isEqualTo(offer);
        }
    }

    @Test
    void a_sender_that_was_interrupted_goes_on_at_another_node() throws Exception {
        try (var a = node();
                var b = node();
                var c = node()) {
            Offer offer = Errand.offer(6);
            Sender sender = a.offer(offer);
            Receiver receiver = b.claim(Claim.of(offer.id()));
            assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
            sender.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            Future<Frame> last = threads.submit(() -> {
                assertThat(receiver.receive()).isInstanceOf(Frame.Data.class);
                return receiver.receive();
            });
            Errand.await(() -> sender.taken() == 3);
            sender.close();
            assertThat(last.get()).isEqualTo(new Frame.Interrupt(InterruptReason.SENDER_LEFT));
            Errand.await(() -> c.find(offer.id()).isEmpty());

            Sender again = c.offerRest(offer.withRest(2), sender.token());
            Receiver rest = a.claim(Claim.of(offer.id()).from(3));
            assertThat(again.awaitReceiver(PATIENCE).orElseThrow().offset()).isEqualTo(3);
            again.send(ByteBuffer.wrap(new byte[] {4, 5, 6}));
            var receipt = threads.submit(() -> again.done());
            assertThat(rest.receive()).isEqualTo(new Frame.Data(ByteBuffer.wrap(new byte[] {4, 5, 6})));
            assertThat(rest.receive()).isInstanceOf(Frame.Done.class);
            rest.complete();
            assertThat(receipt.get().bytes()).isEqualTo(6);
        }
    }

    @Test
    void the_window_bounds_what_lies_in_redis() throws Exception {
        try (var a = node();
                var b = node()) {
            Offer offer = Errand.offer(64 << 20);
            Sender sender = a.offer(offer);
            Receiver receiver = b.claim(Claim.of(offer.id()));
            Future<Sha256> sending = threads.submit(() -> Errand.send(sender, 64 << 20));
            assertThat(receiver.receive()).isInstanceOf(Frame.Data.class);
            Errand.await(() -> queued(RedisResource.uri()) > 1 << 20);
            assertThat(queued(RedisResource.uri())).isLessThanOrEqualTo(4 << 20);
            receiver.interrupt(InterruptReason.CANCELLED);
            assertThat(over(sender.whenOver())).isInstanceOf(TransferState.Interrupted.class);
            assertThat(sending).failsWithin(PATIENCE);
            Errand.await(() -> keys().equals("[" + prefix + ":{" + offer.id() + "}:status]"));
        }
    }

    @Test
    void a_sender_that_waits_for_room_is_told_when_its_connection_breaks() throws Exception {
        try (var redis = RedisServer.with();
                var a = node(redis.uri());
                var b = node(redis.uri())) {
            Errand.await(() -> a.isConnected() && b.isConnected());
            Offer offer = Errand.offer(64 << 20);
            Sender sender = a.offer(offer);
            Receiver receiver = b.claim(Claim.of(offer.id()));
            Future<Sha256> sending = threads.submit(() -> Errand.send(sender, 64 << 20));
            assertThat(receiver.receive()).isInstanceOf(Frame.Data.class);
            Errand.await(() -> queued(redis.uri()) > 1 << 20);
            killTheConnectionThatPushed(redis.uri());
            // Well before anything that times out, which would tell it too.
            assertThat(sender.whenOver().toCompletableFuture())
                    .succeedsWithin(PATIENCE.dividedBy(2))
                    .isInstanceOfSatisfying(
                            TransferState.Interrupted.class,
                            cut -> assertThat(cut.reason()).isEqualTo(InterruptReason.STORE_LOST));
            assertThat(sending).failsWithin(PATIENCE);
        }
    }

    private static void killTheConnectionThatPushed(String uri) {
        try (var client = RedisClient.create(uri);
                var connection = client.connect()) {
            List<Long> pushed = connection
                    .sync()
                    .clientList()
                    .lines()
                    .filter(line -> line.contains(" cmd=exec "))
                    .map(line -> Long.valueOf(line.substring("id=".length(), line.indexOf(' '))))
                    .toList();
            assertThat(pushed).hasSize(1);
            connection.sync().clientKill(KillArgs.Builder.id(pushed.getFirst()));
        }
    }

    @Test
    void a_receiver_is_told_when_the_node_of_its_sender_is_lost() throws Exception {
        try (var b = node()) {
            var a = node();
            Offer offer = Errand.offer(3);
            Sender sender = a.offer(offer);
            Receiver receiver = b.claim(Claim.of(offer.id()));
            assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
            a.kill();
            assertThat(receiver.receive()).isEqualTo(new Frame.Interrupt(InterruptReason.NODE_LOST));
            Errand.await(() -> keys().equals("[]"));
            a.close();
        }
    }

    @Test
    void what_a_lost_node_offered_is_offered_anew_on_another() throws Exception {
        try (var b = node();
                var c = node()) {
            var a = node();
            Offer offer = Errand.offer(3).withSeekable();
            Sender lost = a.offer(offer);
            Receiver receiver = c.claim(Claim.of(offer.id()));
            assertThat(lost.awaitReceiver(PATIENCE)).isPresent();
            lost.send(ByteBuffer.wrap(new byte[] {1}));
            assertThat(receiver.receive()).isInstanceOf(Frame.Data.class);
            a.kill();
            assertThatExceptionOfType(TransferException.Taken.class).isThrownBy(() -> b.offer(offer));
            assertThatExceptionOfType(TransferException.Ended.class)
                    .isThrownBy(() -> b.resume(offer.id(), lost.token()))
                    .satisfies(e -> assertThat(e.reason()).contains(InterruptReason.NODE_LOST));
            assertThat(b.find(offer.id())).isEmpty();
            assertThatExceptionOfType(TransferException.NotFound.class)
                    .isThrownBy(() -> b.resume(offer.id(), lost.token()));
            Sender anew = b.offer(offer);
            assertThat(receiver.receive()).isEqualTo(new Frame.Interrupt(InterruptReason.NODE_LOST));
            assertThatExceptionOfType(TransferException.Rejected.class)
                    .isThrownBy(() -> c.resume(offer.id(), lost.token()));
            Receiver again = c.claim(Claim.of(offer.id()).from(1));
            Future<Long> sent = threads.submit(() -> {
                assertThat(anew.awaitReceiver(PATIENCE).orElseThrow().offset()).isEqualTo(1);
                anew.send(ByteBuffer.wrap(new byte[] {2, 3}));
                return anew.done().bytes();
            });
            assertThat(rest(again)).containsExactly(2, 3);
            again.complete();
            assertThat(sent.get(60, TimeUnit.SECONDS)).isEqualTo(3);
            a.close();
        }
    }

    /** Nothing of a guest that has done its part is left, however many there are. */
    @Test
    void each_part_that_was_taken_leaves_nothing_but_the_offer() throws Exception {
        try (var a = node();
                var b = node()) {
            Offer offer = Errand.offer(3).withSeekable();
            Sender sender = a.offer(offer);
            for (int part = 0; part < 2; part++) {
                Receiver receiver = b.claim(Claim.of(offer.id()).part(part, part + 1));
                assertThat(sender.awaitReceiver(PATIENCE).orElseThrow().offset())
                        .isEqualTo(part);
                sender.send(ByteBuffer.wrap(new byte[] {7}));
                assertThat(rest(receiver)).containsExactly(7);
                receiver.complete();
                assertThat(over(receiver.whenOver())).isEqualTo(new TransferState.Completed(part + 1));
                Errand.await(() -> keys().equals("[" + prefix + ":{" + offer.id() + "}:offer]"));
            }
        }
    }

    /** Whether an attempt has begun for it, or the sender has not looked yet. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void each_receiver_that_left_leaves_nothing_but_the_offer(boolean begun) throws Exception {
        try (var a = node();
                var b = node()) {
            Offer offer = Errand.offer(3).withSeekable();
            Sender sender = a.offer(offer);
            for (int i = 0; i < 3; i++) {
                Receiver receiver = b.claim(Claim.of(offer.id()));
                if (begun) {
                    assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
                    sender.send(ByteBuffer.wrap(new byte[] {7}));
                }
                receiver.close();
                assertThat(over(receiver.whenOver()))
                        .isEqualTo(new TransferState.Interrupted(0, InterruptReason.RECEIVER_LEFT));
                // Of a stay, the node knows as long as its keys are there.
                Errand.await(() -> keys().equals("[" + prefix + ":{" + offer.id() + "}:offer]"));
            }
            deliver(sender, b.claim(Claim.of(offer.id())));
        }
    }

    @Test
    void a_sender_is_told_when_the_node_of_its_receiver_is_lost() throws Exception {
        try (var a = node()) {
            var b = node();
            Offer offer = Errand.offer(3);
            Sender sender = a.offer(offer);
            Receiver receiver = b.claim(Claim.of(offer.id()));
            assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
            b.kill();
            assertThat(over(sender.whenOver())).isEqualTo(new TransferState.Interrupted(0, InterruptReason.NODE_LOST));
            receiver.close();
            b.close();
        }
    }

    @Test
    void without_redis_sides_of_one_node_go_on_and_those_of_two_are_told() throws Exception {
        int port = RedisServer.freePort();
        var redis = RedisServer.onPort(port);
        try (var a = node(redis.uri());
                var b = node(redis.uri())) {
            Offer near = Errand.offer(3);
            Sender nearSender = a.offer(near);
            Receiver nearReceiver = a.claim(Claim.of(near.id()));
            Offer far = Errand.offer(3);
            Sender farSender = a.offer(far);
            Receiver farReceiver = b.claim(Claim.of(far.id()));
            assertThat(farSender.awaitReceiver(PATIENCE)).isPresent();
            redis.close();
            assertThat(over(farSender.whenOver()))
                    .isEqualTo(new TransferState.Interrupted(0, InterruptReason.STORE_LOST));
            assertThat(farReceiver.receive()).isEqualTo(new Frame.Interrupt(InterruptReason.STORE_LOST));
            assertThat(a.isConnected()).isFalse();
            assertThatExceptionOfType(TransferException.Unavailable.class)
                    .isThrownBy(() -> b.claim(Claim.of(near.id())));
            deliver(nearSender, nearReceiver);
            Offer later = Errand.offer(3);
            Sender waiting = a.offer(later);
            try (var again = RedisServer.onPort(port)) {
                assertThat(again.uri()).isEqualTo(redis.uri());
                Errand.await(() -> a.isConnected() && b.isConnected() && found(b, later));
                deliver(waiting, b.claim(Claim.of(later.id())));
            }
        }
    }

    private static boolean found(RedisRendezvous node, Offer offer) {
        try {
            return node.find(offer.id()).isPresent();
        } catch (TransferException.Unavailable e) {
            return false;
        }
    }

    private void deliver(Sender sender, Receiver receiver) throws Exception {
        Future<Long> sent = threads.submit(() -> {
            assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
            sender.send(ByteBuffer.allocate(3));
            return sender.done().bytes();
        });
        assertThat(receiver.receive()).isInstanceOf(Frame.Data.class);
        assertThat(receiver.receive()).isEqualTo(new Frame.Done(3));
        receiver.complete();
        assertThat(sent.get(60, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void a_sender_comes_back_on_another_node() throws Exception {
        try (var a = node();
                var b = node();
                var c = node()) {
            Offer offer = Errand.offer(3).withSeekable();
            Sender first = a.offer(offer);
            Receiver receiver = b.claim(Claim.of(offer.id()));
            assertThat(first.awaitReceiver(PATIENCE)).isPresent();
            first.send(ByteBuffer.wrap(new byte[] {1}));
            assertThat(receiver.receive()).isInstanceOf(Frame.Data.class);
            first.detach();
            assertThatExceptionOfType(TransferException.Rejected.class)
                    .isThrownBy(() -> c.resume(offer.id(), io.transit.core.Token.random()));
            Errand.await(() -> c.find(offer.id()).isPresent());
            Sender second = c.resume(offer.id(), first.token());
            Future<Long> sent = threads.submit(() -> {
                long from = second.awaitReceiver(PATIENCE).orElseThrow().offset();
                second.send(ByteBuffer.wrap(new byte[] {1, 2, 3}, (int) from, 3 - (int) from));
                return second.done().bytes();
            });
            assertThat(rest(receiver)).containsExactly(2, 3);
            receiver.complete();
            assertThat(sent.get(60, TimeUnit.SECONDS)).isEqualTo(3);
            assertThat(over(first.whenOver())).isEqualTo(new TransferState.Completed(3));
        }
    }

    /** Again and again, as it would depend on which of two commands is the first at Redis. */
    @Test
    void a_sender_comes_back_on_another_node_as_soon_as_it_has_its_token() {
        try (var a = node();
                var b = node()) {
            for (int i = 0; i < 50; i++) {
                Sender first = a.offer(Errand.offer(1));
                Sender second = b.resume(first.offer().id(), first.token());
                assertThat(second.offer()).isEqualTo(first.offer());
                second.close();
            }
        }
    }

    /** Whether it left its seat, or another took it; and whether it was sending, or nobody had come. */
    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void a_sender_that_has_lost_its_seat_at_another_node_leaves_nothing_but_the_offer(boolean leaves, boolean sending)
            throws Exception {
        try (var a = node();
                var b = node()) {
            Offer offer = Errand.offer(3).withSeekable();
            Sender first = a.offer(offer);
            Sender second = b.resume(offer.id(), first.token());
            if (sending) {
                a.claim(Claim.of(offer.id()));
                assertThat(second.awaitReceiver(PATIENCE)).isPresent();
                second.send(ByteBuffer.wrap(new byte[] {7}));
            }
            Optional<Sender> third = leaves ? Optional.empty() : Optional.of(a.resume(offer.id(), first.token()));
            second.detach();
            Errand.await(() -> keys().equals("[" + prefix + ":{" + offer.id() + "}:offer]"));
            assertThatExceptionOfType(TransferException.Taken.class)
                    .isThrownBy(() -> second.awaitReceiver(Duration.ZERO));
            third.orElseGet(() -> b.resume(offer.id(), first.token())).interrupt(InterruptReason.CANCELLED);
            assertThat(over(first.whenOver())).isInstanceOf(TransferState.Interrupted.class);
            assertThat(second.whenOver().toCompletableFuture()).isNotDone();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_sender_that_came_back_hears_whether_a_file_without_bytes_was_taken(boolean completes) throws Exception {
        try (var a = node();
                var b = node()) {
            Offer offer = Errand.offer(6).withSeekable();
            Sender second = b.resume(offer.id(), a.offer(offer).token());
            Receiver receiver = a.claim(Claim.of(offer.id()).part(3, 3));
            assertThat(second.awaitReceiver(PATIENCE).orElseThrow().offset()).isEqualTo(3);
            assertThat(receiver.receive()).isInstanceOf(Frame.Done.class);
            if (completes) {
                receiver.complete();
            }
            receiver.close();
            TransferException.Paused paused = awaitPause(second);
            assertThat(paused.bytes()).isEqualTo(3);
            assertThat(paused.isCompleted()).isEqualTo(completes);
        }
    }

    /** Of a sender that sends nothing. */
    private static TransferException.Paused awaitPause(Sender sender) throws Exception {
        sender.whenAttemptOver().toCompletableFuture().get(60, TimeUnit.SECONDS);
        var told = new CompletableFuture<TransferException.Paused>();
        assertThatExceptionOfType(TransferException.Paused.class)
                .isThrownBy(() -> sender.send(ByteBuffer.allocate(0)))
                .satisfies(told::complete);
        return told.join();
    }

    /** By whatever it ends. */
    @ParameterizedTest
    @CsvSource({"CANCELS,Ended", "TAKES_ALL,Ended", "IS_FOLLOWED,Taken", "DETACHES,Taken", "SHUTS_DOWN,Ended"})
    void a_sender_that_came_back_and_sends_nothing_hears_that_its_attempt_is_over(String how, String why)
            throws Exception {
        try (var a = node()) {
            var b = node();
            Offer offer = Errand.offer(3).withSeekable();
            Sender first = a.offer(offer);
            Sender second = b.resume(offer.id(), first.token());
            Receiver receiver = a.claim(Claim.of(offer.id()));
            assertThat(second.awaitReceiver(PATIENCE)).isPresent();
            var told = second.whenAttemptOver().toCompletableFuture();
            assertThat(told).isNotDone();
            switch (how) {
                case "CANCELS" -> receiver.interrupt(InterruptReason.CANCELLED);
                case "TAKES_ALL" -> {
                    second.send(ByteBuffer.wrap(new byte[3]));
                    Future<Long> sent = threads.submit(() -> second.done().bytes());
                    rest(receiver);
                    receiver.complete();
                    assertThat(sent.get(60, TimeUnit.SECONDS)).isEqualTo(3);
                }
                case "IS_FOLLOWED" -> a.resume(offer.id(), first.token());
                case "DETACHES" -> second.detach();
                case "SHUTS_DOWN" -> b.close();
                default -> throw new AssertionError(how);
            }
            told.get(60, TimeUnit.SECONDS);
            assertThatExceptionOfType(TransferException.class)
                    .isThrownBy(() -> second.send(ByteBuffer.allocate(0)))
                    .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(why));
            b.close();
        }
    }

    @Test
    void a_sender_that_came_back_is_called_off_when_its_node_shuts_down() throws Exception {
        try (var a = node()) {
            var b = node();
            Offer offer = Errand.offer(3).withSeekable();
            Sender second = b.resume(offer.id(), a.offer(offer).token());
            b.close();
            assertThat(over(second.whenOver())).isEqualTo(new TransferState.Interrupted(0, InterruptReason.SHUTDOWN));
        }
    }

    /** What it still sends belongs to an attempt that is over, though the next one has begun at home. */
    @Test
    void a_sender_that_came_back_hears_that_an_attempt_is_over_before_it_is_in_the_next() throws Exception {
        try (var a = node();
                var b = node()) {
            Offer offer = Errand.offer(6).withSeekable();
            Sender first = a.offer(offer);
            Receiver early = a.claim(Claim.of(offer.id()));
            Errand.await(() -> b.status(offer.id()).orElseThrow().state() instanceof TransferState.Streaming);
            Sender second = b.resume(offer.id(), first.token());
            assertThat(second.awaitReceiver(PATIENCE).orElseThrow().offset()).isEqualTo(0);
            second.send(ByteBuffer.wrap(new byte[] {1, 2}));
            assertThat(early.receive()).isInstanceOf(Frame.Data.class);
            early.close();
            Errand.await(() -> second.taken() == 2);
            Receiver late = a.claim(Claim.of(offer.id()).from(3));
            Errand.await(() -> second.taken() == 3);
            assertThatExceptionOfType(TransferException.Paused.class)
                    .isThrownBy(() -> second.send(ByteBuffer.wrap(new byte[] {3})));
            assertThat(second.awaitReceiver(PATIENCE).orElseThrow().offset()).isEqualTo(3);
            second.send(ByteBuffer.wrap(new byte[] {4, 5, 6}));
            Future<Long> sent = threads.submit(() -> second.done().bytes());
            assertThat(rest(late)).containsExactly(4, 5, 6);
            late.complete();
            assertThat(sent.get(60, TimeUnit.SECONDS)).isEqualTo(6);
        }
    }

    private static byte[] rest(Receiver receiver) throws InterruptedException {
        var bytes = new java.io.ByteArrayOutputStream();
        Frame frame = receiver.receive();
        while (frame instanceof Frame.Data(ByteBuffer payload)) {
            while (payload.hasRemaining()) {
                bytes.write(payload.get());
            }
            frame = receiver.receive();
        }
        assertThat(frame).isInstanceOf(Frame.Done.class);
        return bytes.toByteArray();
    }

    // ---- what lies in Redis

    private String keys() {
        try (var client = RedisClient.create(RedisResource.uri());
                var connection = client.connect()) {
            return ScanIterator.scan(connection.sync()).stream()
                    .filter(key -> key.startsWith(prefix))
                    .sorted()
                    .toList()
                    .toString();
        }
    }

    private void assertAllKeysExpire() {
        try (var client = RedisClient.create(RedisResource.uri());
                var connection = client.connect()) {
            assertThat(ScanIterator.scan(connection.sync()).stream().filter(key -> key.startsWith(prefix)))
                    .allMatch(key -> connection.sync().pttl(key) != -1);
        }
    }

    private long queued(String uri) {
        try (var client = RedisClient.create(uri);
                var connection = client.connect(new BytesCodec())) {
            return ScanIterator.scan(connection.sync()).stream()
                    .filter(key -> key.startsWith(prefix) && key.contains("}:q:"))
                    .flatMap(key -> connection.sync().lrange(key, 0, -1).stream())
                    .mapToLong(ByteBuffer::remaining)
                    .sum();
        }
    }

    private static TransferState.Final over(CompletionStage<TransferState.Final> end) throws Exception {
        return end.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void a_node_that_shuts_down_makes_nobody_wait_for_what_becomes_of_a_transfer() throws Exception {
        try (var a = node();
                var b = node()) {
            Offer offer = Errand.offer(1);
            a.offer(offer);
            TransferStatus known = b.status(offer.id()).orElseThrow();
            Receiver busy = b.claim(Claim.of(offer.id()));
            TransferStatus streaming = b.awaitChange(known, PATIENCE).orElseThrow();
            Future<?> waiting = threads.submit(() -> b.awaitChange(streaming, PATIENCE));
            Future<?> shutdown = threads.submit(() -> {
                b.shutdown(PATIENCE);
                return b;
            });
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .withCauseInstanceOf(TransferException.Unavailable.class);
            assertThatExceptionOfType(TransferException.Unavailable.class)
                    .isThrownBy(() -> b.awaitChange(streaming, PATIENCE));
            // A look is still to be had, and so is what has changed.
            assertThat(b.awaitChange(streaming, Duration.ZERO)).contains(streaming);
            assertThat(b.awaitChange(known, PATIENCE)).contains(streaming);
            assertThat(shutdown).isNotDone();
            busy.close();
            shutdown.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
