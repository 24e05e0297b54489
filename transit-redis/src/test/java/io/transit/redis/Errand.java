package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.FileMetadata;
import io.transit.core.Frame;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Sender;
import io.transit.core.Sha256;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What nodes are for, done once: a file goes from one to another, both ways back are taken, and nothing is left. */
final class Errand {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SIZE = 3 << 20;
    private static final int CHUNK = 64 << 10;

    private Errand() {}

    /** Runs it between two nodes, which begin and end here. */
    static void run(RedisSettings settings) throws Exception {
        try (var a = new RedisRendezvous(settings, TransferLimits.DEFAULT);
                var b = new RedisRendezvous(settings, TransferLimits.DEFAULT)) {
            await(() -> a.isConnected() && b.isConnected());
            deliver(a, b);
            comeBack(a, b);
            withdraw(a, b);
        }
    }

    /** A file that arrives as it was. */
    static void deliver(RedisRendezvous from, RedisRendezvous to) throws Exception {
        Offer offer = offer(SIZE);
        Sender sender = from.offer(offer);
        Receiver receiver = to.claim(Claim.of(offer.id()));
        Future<Sha256> sent = start(() -> send(sender, SIZE));
        MessageDigest digest = Sha256.newDigest();
        assertThat(receive(receiver, digest)).isInstanceOf(Frame.Done.class);
        receiver.complete();
        assertThat(sent.get(60, TimeUnit.SECONDS)).isEqualTo(Sha256.of(digest));
        await(() -> to.status(offer.id())
                .filter(status -> status.state().equals(new TransferState.Completed(SIZE)))
                .isPresent());
    }

    /** A sender that comes back on the other node. */
    private static void comeBack(RedisRendezvous a, RedisRendezvous b) throws Exception {
        Offer offer = offer(2).withSeekable();
        Sender first = a.offer(offer);
        Receiver receiver = b.claim(Claim.of(offer.id()));
        assertThat(first.awaitReceiver(PATIENCE)).isPresent();
        first.send(ByteBuffer.allocate(1));
        assertThat(receiver.receive()).isInstanceOf(Frame.Data.class);
        first.detach();
        await(() -> b.status(offer.id())
                .filter(status -> status.state() instanceof TransferState.Paused)
                .isPresent());
        Sender second = b.resume(offer.id(), first.token());
        Future<Long> sent = start(() -> {
            long from = second.awaitReceiver(PATIENCE).orElseThrow().offset();
            second.send(ByteBuffer.allocate(2 - (int) from));
            return second.done().bytes();
        });
        assertThat(receive(receiver, Sha256.newDigest())).isInstanceOf(Frame.Done.class);
        receiver.complete();
        assertThat(sent.get(60, TimeUnit.SECONDS)).isEqualTo(2);
    }

    /** A receiver that came first, and a sender that goes. */
    private static void withdraw(RedisRendezvous a, RedisRendezvous b) throws Exception {
        Offer offer = offer(1);
        Future<Boolean> awaited = start(() -> b.awaitOffer(offer.id(), PATIENCE).isPresent());
        try (Sender sender = a.offer(offer)) {
            assertThat(awaited.get(60, TimeUnit.SECONDS)).isTrue();
            Receiver receiver = b.claim(Claim.of(offer.id()));
            assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
            receiver.close();
        }
        await(() -> b.find(offer.id()).isEmpty());
    }

    static Offer offer(long size) {
        return Offer.of(TransferId.random(), FileMetadata.of("a.bin", OptionalLong.of(size), "application/zip"));
    }

    static Sha256 send(Sender sender, int size) throws InterruptedException {
        assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
        var random = new Random(size);
        MessageDigest digest = Sha256.newDigest();
        byte[] chunk = new byte[CHUNK];
        for (int left = size; left > 0; left -= CHUNK) {
            random.nextBytes(chunk);
            int length = Math.min(left, CHUNK);
            digest.update(chunk, 0, length);
            sender.send(ByteBuffer.wrap(chunk, 0, length));
        }
        assertThat(sender.done().bytes()).isEqualTo(size);
        return Sha256.of(digest);
    }

    /** Receives to the end, which is returned. */
    static Frame receive(Receiver receiver, MessageDigest digest) throws InterruptedException {
        Frame frame = receiver.receive();
        while (frame instanceof Frame.Data(ByteBuffer payload)) {
            digest.update(payload);
            frame = receiver.receive();
        }
        return frame;
    }

    static <T> Future<T> start(java.util.concurrent.Callable<T> task) {
        var future = new FutureTask<>(task);
        Thread.startVirtualThread(future);
        return future;
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("it did not come true within " + PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (TransferException.Unavailable e) {
            return false;
        }
    }
}
