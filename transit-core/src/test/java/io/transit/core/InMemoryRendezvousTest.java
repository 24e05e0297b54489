package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.contract.RendezvousContract;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class InMemoryRendezvousTest extends RendezvousContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    protected Rendezvous open(TransferLimits limits) {
        return new InMemoryRendezvous(limits);
    }

    @Test
    void T14_no_thread_outlives_its_rendezvous() throws Exception {
        List<Thread> threads;
        try (Rendezvous rendezvous = new InMemoryRendezvous()) {
            deliverOneByte(rendezvous);
            threads = threads();
            assertThat(threads).isNotEmpty();
        }
        for (Thread thread : threads) {
            assertThat(thread.join(PATIENCE)).isTrue();
        }
    }

    @Test
    void a_shutdown_returns_when_the_listener_has_been_told_of_the_end() throws Exception {
        var never = new CountDownLatch(1);
        List<TransferStatus> told = new CopyOnWriteArrayList<>();
        var slow = new TransferListener() {
            @Override
            public void ended(TransferStatus status, Duration elapsed) {
                try {
                    assertThat(never.await(100, TimeUnit.MILLISECONDS)).isFalse();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                told.add(status);
            }
        };
        try (var rendezvous = new InMemoryRendezvous(TransferLimits.DEFAULT, slow)) {
            Sender sender = rendezvous.offer(Offer.of(new TransferId("my-id"), FileMetadata.named("a")));
            rendezvous.shutdown(Duration.ZERO);
            assertThat(told).hasSize(1);
            sender.close();
        }
    }

    @Test
    void T14_nothing_is_left_of_10_000_who_waited_in_vain() throws Exception {
        try (InMemoryRendezvous rendezvous = new InMemoryRendezvous()) {
            List<Thread> waiting = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                Duration atMost = i % 2 == 0 ? Duration.ofMillis(i % 100) : PATIENCE;
                waiting.add(Thread.startVirtualThread(() -> awaitInVain(rendezvous, atMost)));
            }
            for (int i = 1; i < waiting.size(); i += 2) {
                waiting.get(i).interrupt();
            }
            for (Thread thread : waiting) {
                assertThat(thread.join(PATIENCE)).isTrue();
            }
            assertThat(rendezvous.isAwaited()).isFalse();
        }
    }

    private static void awaitInVain(Rendezvous rendezvous, Duration atMost) {
        try {
            assertThat(rendezvous.awaitOffer(TransferId.random(), atMost)).isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("transit"))
                .toList();
    }

    /** Without giving it back, a thousand windows of 1 MiB would be in use. */
    @Test
    void T11_the_memory_of_a_transfer_is_given_back_at_its_end() throws Exception {
        long before = directMemory();
        try (Rendezvous rendezvous = new InMemoryRendezvous(TransferLimits.DEFAULT.withWindow(1 << 20))) {
            for (int i = 0; i < 1_000; i++) {
                deliverOneByte(rendezvous);
            }
        }
        assertThat(directMemory() - before).isLessThan(100L << 20);
    }

    private static void deliverOneByte(Rendezvous rendezvous) throws InterruptedException {
        Offer offer = Offer.of(TransferId.random(), FileMetadata.named("a"));
        Sender sender = rendezvous.offer(offer);
        Receiver receiver = rendezvous.claim(Claim.of(offer.id()));
        assertThat(sender.awaitReceiver(PATIENCE)).isPresent();
        sender.send(ByteBuffer.allocate(1));
        Thread receiving = Thread.startVirtualThread(() -> receive(receiver));
        sender.done();
        receiving.join();
    }

    private static void receive(Receiver receiver) {
        try {
            while (receiver.receive() instanceof Frame.Data) {
                assertThat(receiver.offset()).isZero();
            }
            receiver.complete();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
