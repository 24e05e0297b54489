package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.FileMetadata;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Sender;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import io.transit.redis.testing.RedisResource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is lost, repeated or late between a node and Redis is never taken for the file (rule T13): the receiver gets what was
 * sent, or is told that it has not. {@code -Dtransit.cuts=100} tries twenty records of each kind instead of one.
 */
@Order(3)
@ExtendWith(RedisResource.class)
@Timeout(1800)
class FaultsOnTheWayTest {
    private static final int EACH = Math.max(1, Integer.getInteger("transit.cuts", 5) / 5);
    private static final int CHUNK = 64 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WHOLE = "whole";
    private static final Predicate<Frame> DATA = Frame.Data.class::isInstance;
    private static final Predicate<Frame> DONE = Frame.Done.class::isInstance;
    private static final Predicate<Frame> INTERRUPT = Frame.Interrupt.class::isInstance;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private int size = (8 << 20) + 11;
    private final String prefix = "t" + Node.random();
    private FaultProxy sendersWay;
    private FaultProxy receiversWay;
    private RedisRendezvous a;
    private RedisRendezvous b;

    @BeforeEach
    void start() throws Exception {
        sendersWay = new FaultProxy(RedisResource.uri());
        receiversWay = new FaultProxy(RedisResource.uri());
        a = node(sendersWay);
        b = node(receiversWay);
    }

    private RedisRendezvous node(FaultProxy way) {
        var settings = RedisSettings.of(way.uri())
                .withPrefix(prefix)
                .withWindow(1 << 20, 64 << 10)
                .withLease(Duration.ofMillis(4_500), Duration.ofMillis(1_500));
        return new RedisRendezvous(settings, TransferLimits.DEFAULT.withStall(Duration.ofSeconds(12)));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        a.close();
        b.close();
        sendersWay.close();
        receiversWay.close();
    }

    /** How both sides saw the end of one transfer; what the receiver has is a beginning of the file, or the test has failed. */
    private record Result(String sent, String received, Duration took) {
        boolean isSent() {
            return sent.equals(WHOLE);
        }

        boolean isReceived() {
            return received.equals(WHOLE);
        }
    }

    static Stream<Arguments> tricksOnData() {
        var random = new Random(1);
        return Stream.of(FaultProxy.Trick.values())
                .flatMap(trick -> IntStream.range(0, EACH).mapToObj(i -> Arguments.of(trick, 1 + random.nextInt(100))));
    }

    @ParameterizedTest
    @MethodSource("tricksOnData")
    void a_record_that_is_lost_or_repeated_leaves_no_hole(FaultProxy.Trick trick, int after) throws Exception {
        sendersWay.play(trick, after, DATA);
        Result result = transfer();
        assertThat(sendersWay.played()).isOne();
        // What happens twice is recognised by its number; all else is told.
        assertThat(result.isReceived()).as("%s", result).isEqualTo(trick == FaultProxy.Trick.REPEAT);
        assertThat(result.isSent()).isEqualTo(result.isReceived());
    }

    @ParameterizedTest
    @MethodSource("tricks")
    void an_end_that_is_lost_or_repeated_is_not_taken_for_one(FaultProxy.Trick trick) throws Exception {
        sendersWay.play(trick, 0, DONE);
        Result result = transfer();
        assertThat(sendersWay.played()).isOne();
        switch (trick) {
            case REPEAT ->
                assertThat(result.isSent() && result.isReceived())
                        .as("%s", result)
                        .isTrue();
            case LOSE, LOSE_AND_ANSWER ->
                assertThat(result.isSent() || result.isReceived()).isFalse();
            // The receiver has all of it, and may have said so before the sender's node heard of its loss.
            case LOSE_ANSWER ->
                assertThat(result.isSent() && !result.isReceived()).isFalse();
        }
    }

    static Stream<FaultProxy.Trick> tricks() {
        return Stream.of(FaultProxy.Trick.values());
    }

    @ParameterizedTest
    @MethodSource("tricks")
    void an_interruption_that_is_lost_or_repeated_is_told_all_the_same(FaultProxy.Trick trick) throws Exception {
        sendersWay.play(trick, 0, INTERRUPT);
        Offer offer = offer();
        Sender sender = a.offer(offer);
        Receiver receiver = b.claim(Claim.of(offer.id()));
        assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
        sender.send(ByteBuffer.allocate(CHUNK));
        assertThat(receiver.receive()).isInstanceOf(Frame.Data.class);
        long begun = System.nanoTime();
        sender.interrupt(InterruptReason.CANCELLED);
        Frame last = receiver.receive();
        while (last instanceof Frame.Data) {
            last = receiver.receive();
        }
        assertThat(last).isEqualTo(new Frame.Interrupt(InterruptReason.CANCELLED));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    static Stream<Arguments> interruptions() {
        return IntStream.of(1_000, 10_000)
                .mapToObj(millis -> Stream.of(true, false)
                        .flatMap(sender -> Stream.of(true, false)
                                .map(commands -> Arguments.of(Duration.ofMillis(millis), sender, commands))))
                // Those that last take their time.
                .flatMap(all -> EACH > 1 ? all : all.skip(1).limit(2));
    }

    /** For less than a command may take, or for more than a push may. */
    @ParameterizedTest
    @MethodSource("interruptions")
    void a_way_that_is_interrupted_costs_time_or_the_transfer_but_no_byte(
            Duration time, boolean atSender, boolean isCommands) throws Exception {
        FaultProxy way = atSender ? sendersWay : receiversWay;
        Result result = transfer(() -> {
            if (isCommands) {
                way.holdCommands(time);
            } else {
                way.holdAnswers(time);
            }
        });
        assertThat(result.isReceived() || !result.isSent()).as("%s", result).isTrue();
        if (time.toMillis() < 2_000) {
            assertThat(result.isReceived() && result.isSent()).as("%s", result).isTrue();
        }
        assertThat(result.took()).isLessThan(time.plusSeconds(15));
        awaitPassable();
    }

    @Test
    void a_slow_redis_makes_transfers_slower_and_no_less_right() throws Exception {
        size = 1 << 19;
        sendersWay.delay(Duration.ofMillis(500));
        receiversWay.delay(Duration.ofMillis(500));
        Result result = transfer();
        assertThat(result.isSent() && result.isReceived()).as("%s", result).isTrue();
    }

    /** Waits until a transfer gets through again. */
    private void awaitPassable() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (transfer().isReceived()) {
                    return;
                }
            } catch (TransferException e) {
                // Not yet.
            }
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    // ---- one transfer

    private Offer offer() {
        return Offer.of(TransferId.random(), FileMetadata.of("a.bin", OptionalLong.of(size), "application/zip"));
    }

    private Result transfer() throws Exception {
        return transfer(() -> {});
    }

    /** Runs a transfer, in the middle of which something happens. */
    private Result transfer(Runnable midway) throws Exception {
        long begun = System.nanoTime();
        Offer offer = offer();
        Sender sender = a.offer(offer);
        Receiver receiver = b.claim(Claim.of(offer.id()));
        Future<String> sent = threads.submit(() -> send(sender, midway));
        String received = receive(receiver);
        String told = sent.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return new Result(told, received, Duration.ofNanos(System.nanoTime() - begun));
    }

    private byte[] file() {
        byte[] file = new byte[size];
        new Random(size).nextBytes(file);
        return file;
    }

    private String send(Sender sender, Runnable midway) throws IOException, InterruptedException {
        try (sender) {
            assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
            ReadableByteChannel source = source();
            boolean isMidway = false;
            long sent = 0;
            for (int count = 0; count >= 0; count = sender.transferFrom(source)) {
                sent += count;
                if (!isMidway && sent >= size / 2) {
                    isMidway = true;
                    midway.run();
                }
            }
            assertThat(sender.done().bytes()).isEqualTo(size);
            return WHOLE;
        } catch (TransferException.Ended e) {
            return e.toString();
        }
    }

    /** The file, which comes in runs of any length, as from a socket. */
    private ReadableByteChannel source() {
        var lengths = new Random(size);
        var input = new ByteArrayInputStream(file()) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + lengths.nextInt(2 * CHUNK)));
            }

            @Override
            public synchronized int available() {
                // A channel reads on as long as something is there.
                return 0;
            }
        };
        return Channels.newChannel(input);
    }

    /** Takes all that comes, which is the file from its beginning on; returns whether it was said to be whole, and is. */
    private String receive(Receiver receiver) throws InterruptedException {
        ByteBuffer rest = ByteBuffer.wrap(file());
        try (receiver) {
            while (true) {
                switch (receiver.receive()) {
                    case Frame.Data(ByteBuffer payload) -> {
                        ByteBuffer same = rest.slice(rest.position(), payload.remaining());
                        rest.position(rest.position() + payload.remaining());
                        assertThat(payload).isEqualTo(same);
                    }
                    case Frame.Done done -> {
                        assertThat(rest.hasRemaining()).isFalse();
                        receiver.complete();
                        TransferState.Final how = receiver.whenOver()
                                .toCompletableFuture()
                                .orTimeout(60, TimeUnit.SECONDS)
                                .join();
                        return how instanceof TransferState.Completed ? WHOLE : how.toString();
                    }
                    case Frame.Interrupt interrupt -> {
                        return interrupt.toString();
                    }
                }
            }
        } catch (TransferException.Ended e) {
            // It has all, and was not in time to say so.
            return e.toString();
        }
    }
}
