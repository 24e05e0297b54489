package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Receiver;
import io.transit.core.Sender;
import io.transit.core.Sha256;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import io.transit.redis.testing.ClusterServers;
import io.transit.redis.testing.SentinelServers;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A transfer that runs while Redis fails over ends with a reason, or as if nothing had been; and those after it succeed. */
@Timeout(1_800)
class FailoverTest {
    private static final int SIZE = 256 << 20;
    private static final Duration BOUND = Duration.ofSeconds(10);

    /** How often each of it happens, at another point of a transfer. */
    private static final int EACH = Math.max(1, Integer.getInteger("transit.cuts", 5) / 5);

    private static final Random RANDOM = new Random();

    @Test
    void sentinels_replace_a_master_that_died() throws Exception {
        replace(2, SentinelServers::killMaster);
    }

    @Test
    void sentinels_replace_a_master_that_lives() throws Exception {
        replace(1, SentinelServers::failover);
    }

    private static void replace(int replicas, Consumer<SentinelServers> how) throws Exception {
        for (int round = 0; round < EACH; round++) {
            try (var servers = SentinelServers.start(replicas)) {
                int before = servers.master();
                during(
                        RedisSettings.of(servers.uri()),
                        offer -> how.accept(servers),
                        () -> servers.awaitMasterOtherThan(before));
            }
        }
    }

    @Test
    void a_cluster_replaces_a_master_that_died_or_lives_and_moves_a_slot() throws Exception {
        for (int round = 0; round < EACH; round++) {
            replaceAndMove();
        }
    }

    private static void replaceAndMove() throws Exception {
        try (var servers = ClusterServers.start(1)) {
            RedisSettings settings = RedisSettings.of(servers.uri());
            String[] key = new String[1];
            int[] before = new int[1];
            Act note = offer -> {
                key[0] = new RedisKeys("transit", offer.id()).offer();
                before[0] = servers.masterOf(key[0]);
            };
            Runnable replaced = () -> servers.awaitMasterOtherThan(key[0], before[0]);
            during(settings, note.then(() -> servers.migrateSlot(key[0])), replaced);
            during(settings, note.then(() -> servers.failover(key[0])), replaced);
            during(settings, note.then(() -> servers.killMasterOf(key[0])), replaced);
        }
    }

    private interface Act {
        void on(Offer offer);

        default Act then(Runnable next) {
            return offer -> {
                on(offer);
                next.run();
            };
        }
    }

    private static void during(RedisSettings settings, Act act, Runnable done) throws Exception {
        try (var a = new RedisRendezvous(settings, TransferLimits.DEFAULT);
                var b = new RedisRendezvous(settings, TransferLimits.DEFAULT)) {
            Errand.await(() -> a.isConnected() && b.isConnected());
            Offer offer = Errand.offer(SIZE);
            Sender sender = a.offer(offer);
            Receiver receiver = b.claim(Claim.of(offer.id()));
            Future<Sha256> sent = Errand.start(() -> Errand.send(sender, SIZE));
            MessageDigest digest = Sha256.newDigest();
            for (int left = 1 + RANDOM.nextInt(200); left > 0; left--) {
                digest.update(((Frame.Data) receiver.receive()).payload());
            }
            act.on(offer);
            long struck = System.nanoTime();
            Frame last = Errand.receive(receiver, digest);
            if (last instanceof Frame.Done) {
                receiver.complete();
                assertThat(sent).succeedsWithin(BOUND).isEqualTo(Sha256.of(digest));
            } else {
                assertThat(last).isEqualTo(new Frame.Interrupt(InterruptReason.STORE_LOST));
                TransferState.Final end =
                        sender.whenOver().toCompletableFuture().get(BOUND.toSeconds(), TimeUnit.SECONDS);
                assertThat(end).isInstanceOf(TransferState.Interrupted.class);
                assertThat(sent).failsWithin(BOUND);
                assertThat(Duration.ofNanos(System.nanoTime() - struck)).isLessThan(BOUND);
            }
            done.run();
            Errand.await(() -> a.isConnected() && b.isConnected());
            Errand.await(() -> arrives(a, b));
            Errand.await(() -> arrives(b, a));
        }
    }

    private static boolean arrives(RedisRendezvous a, RedisRendezvous b) {
        try {
            Errand.deliver(a, b);
            return true;
        } catch (Exception | AssertionError e) {
            return false;
        }
    }
}
