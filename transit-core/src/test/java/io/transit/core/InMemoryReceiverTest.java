package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A receiver that is closed, by its own thread or another, while it holds or waits for something. */
@Timeout(120)
class InMemoryReceiverTest {
    private static final TransferId ID = new TransferId("my-id");
    private static final Offer SEEKABLE =
            Offer.of(ID, FileMetadata.named("film.mkv")).withSeekable();

    private final InMemoryRendezvous rendezvous = new InMemoryRendezvous();

    @AfterEach
    void close() {
        rendezvous.close();
    }

    @Test
    void T6_the_thread_of_a_receiver_that_left_does_not_end_the_next_ones_transfer() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (Sender sender = rendezvous.offer(SEEKABLE)) {
                Receiver first = rendezvous.claim(Claim.of(ID));
                assertThat(sender.awaitReceiver(Duration.ofSeconds(30))).isPresent();
                var begun = new CountDownLatch(1);
                var received = CompletableFuture.supplyAsync(() -> {
                    begun.countDown();
                    return receive(first);
                });
                begun.await();
                first.close();
                try (Receiver second = rendezvous.claim(Claim.of(ID))) {
                    assertThat(received.get(30, TimeUnit.SECONDS)).isInstanceOf(TransferException.Ended.class);
                    assertThat(sender.awaitReceiver(Duration.ofSeconds(30))).isPresent();
                    sender.send(ByteBuffer.wrap(new byte[1]));
                    assertThat(second.receive()).isInstanceOf(Frame.Data.class);
                }
            }
        }
    }

    @Test
    void T14_a_receiver_that_waits_for_an_attempt_is_woken_as_it_is_closed() throws Exception {
        try (Sender sender = rendezvous.offer(SEEKABLE)) {
            Receiver receiver = rendezvous.claim(Claim.of(ID));
            var received = CompletableFuture.supplyAsync(() -> receive(receiver));
            receiver.close();
            assertThat(received.get(30, TimeUnit.SECONDS)).isInstanceOf(TransferException.Ended.class);
            assertThat(sender.awaitReceiver(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void T11_a_receiver_that_leaves_with_payload_in_its_hands_leaves_no_memory_behind() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Sender sender = rendezvous.offer(Offer.of(ID, FileMetadata.named("film.mkv")));
                    Receiver receiver = rendezvous.claim(Claim.of(ID))) {
                assertThat(sender.awaitReceiver(Duration.ofSeconds(30))).isPresent();
                sender.send(ByteBuffer.wrap(new byte[1000]));
                assertThat(receiver.receive()).isInstanceOf(Frame.Data.class);
                sender.send(ByteBuffer.wrap(new byte[1000]));
            }
        }
        long before = directBuffers();
        for (int i = 0; i < 50; i++) {
            try (Sender sender = rendezvous.offer(Offer.of(ID, FileMetadata.named("film.mkv")))) {
                Receiver receiver = rendezvous.claim(Claim.of(ID));
                assertThat(sender.awaitReceiver(Duration.ofSeconds(30))).isPresent();
                sender.send(ByteBuffer.wrap(new byte[1000]));
                assertThat(receiver.receive()).isInstanceOf(Frame.Data.class);
                receiver.close();
                assertThatThrownBy(() -> sender.send(ByteBuffer.wrap(new byte[1])))
                        .isInstanceOf(TransferException.Ended.class);
            }
        }
        assertThat(directBuffers()).isLessThanOrEqualTo(before);
    }

    @Test
    void T11_a_small_file_that_comes_byte_by_byte_needs_memory_once() throws Exception {
        int size = 1_000;
        try (Sender sender = rendezvous.offer(Offer.of(ID, FileMetadata.of("a", OptionalLong.of(size), "a/b")));
                Receiver receiver = rendezvous.claim(Claim.of(ID))) {
            assertThat(sender.awaitReceiver(Duration.ofSeconds(30))).isPresent();
            var received = CompletableFuture.supplyAsync(() -> {
                Object last = transfer(receiver, new OneByteAtATime(() -> {}));
                receiver.complete();
                return last;
            });
            long before = directBuffers();
            for (int i = 0; i < size; i++) {
                assertThat(sender.transferFrom(new OneByteAtATime(() -> {}))).isOne();
            }
            assertThat(directBuffers() - before).isLessThan(size / 10);
            assertThat(sender.done().bytes()).isEqualTo(size);
            assertThat(received.get(30, TimeUnit.SECONDS)).isInstanceOf(Frame.Done.class);
        }
    }

    @Test
    void T14_an_error_in_a_target_is_the_senders_to_see_and_lets_go_of_the_receiver() throws Exception {
        try (Sender sender = rendezvous.offer(SEEKABLE);
                Receiver receiver = rendezvous.claim(Claim.of(ID))) {
            assertThat(sender.awaitReceiver(Duration.ofSeconds(30))).isPresent();
            Thread senders = Thread.currentThread();
            var target = new OneByteAtATime(() -> {
                if (Thread.currentThread().equals(senders)) {
                    throw new AssertionError("no memory");
                }
            });
            var received = CompletableFuture.supplyAsync(() -> transfer(receiver, target));
            // The first bytes may go through the queue.
            assertThatThrownBy(() -> sendOnAndOn(sender)).isInstanceOf(AssertionError.class);
            assertThat(received.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        }
    }

    /** Whose transfer is over by then, so that nobody else sees it. */
    @Test
    void a_mistake_in_a_target_is_known_also_after_the_end() throws Exception {
        try (var log = new LogListener();
                Sender sender = rendezvous.offer(SEEKABLE);
                Receiver receiver = rendezvous.claim(Claim.of(ID))) {
            assertThat(sender.awaitReceiver(Duration.ofSeconds(30))).isPresent();
            Thread senders = Thread.currentThread();
            var target = new OneByteAtATime(() -> {
                if (Thread.currentThread().equals(senders)) {
                    sender.interrupt(InterruptReason.CANCELLED);
                    throw new IllegalStateException("a mistake");
                }
            });
            var received = CompletableFuture.supplyAsync(() -> transfer(receiver, target));
            // The first bytes may go through the queue.
            assertThatThrownBy(() -> sendOnAndOn(sender)).isInstanceOf(TransferException.Ended.class);
            assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(new Frame.Interrupt(InterruptReason.CANCELLED));
            assertThat(log.logged.poll(30, TimeUnit.SECONDS))
                    .extracting(LogRecord::getThrown)
                    .isInstanceOfSatisfying(
                            IllegalStateException.class, e -> assertThat(e).hasMessage("a mistake"));
        }
    }

    /** Hears what is logged of channels while it is open. */
    private static final class LogListener extends Handler implements AutoCloseable {
        private static final Logger LOG = Logger.getLogger(InMemoryChannel.class.getName());

        private final BlockingQueue<LogRecord> logged = new LinkedBlockingQueue<>();

        LogListener() {
            LOG.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            logged.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            LOG.removeHandler(this);
        }
    }

    @Test
    void T14_a_sender_that_is_interrupted_with_bytes_in_its_hands_still_says_why_it_gives_up() throws Exception {
        try (Sender sender = rendezvous.offer(SEEKABLE);
                Receiver receiver = rendezvous.claim(Claim.of(ID))) {
            loseBytes(sender, receiver);
            var received = new CompletableFuture<Object>();
            Thread receiving = Thread.startVirtualThread(() -> received.complete(receive(receiver)));
            awaitParked(receiving);
            sender.interrupt(InterruptReason.SHUTDOWN);
            assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(new Frame.Interrupt(InterruptReason.SHUTDOWN));
        }
    }

    @Test
    void T14_a_sender_that_was_interrupted_with_bytes_in_its_hands_sends_nothing_more() throws Exception {
        try (Sender sender = rendezvous.offer(SEEKABLE);
                Receiver receiver = rendezvous.claim(Claim.of(ID))) {
            loseBytes(sender, receiver);
            assertThatThrownBy(() -> sender.send(ByteBuffer.allocate(1)))
                    .isInstanceOfSatisfying(
                            TransferException.Ended.class,
                            e -> assertThat(e.reason()).contains(InterruptReason.SENDER_LEFT));
            assertThat(receiver.receive()).isEqualTo(new Frame.Interrupt(InterruptReason.SENDER_LEFT));
        }
    }

    /** Interrupts the sender with what it has read in its hands: its receiver was about to take that, and then was not. */
    private static void loseBytes(Sender sender, Receiver receiver) throws InterruptedException {
        assertThat(sender.awaitReceiver(Duration.ofSeconds(30))).isPresent();
        Thread waiting = Thread.startVirtualThread(() -> transfer(receiver, new OneByteAtATime(() -> {})));
        awaitParked(waiting);
        Thread senders = Thread.currentThread();
        var source = new OneByteAtATime(() -> {
            waiting.interrupt();
            join(waiting);
            senders.interrupt();
        });
        assertThatThrownBy(() -> sender.transferFrom(source)).isInstanceOf(InterruptedException.class);
    }

    private static void awaitParked(Thread thread) {
        while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void sendOnAndOn(Sender sender) throws InterruptedException {
        while (true) {
            sender.send(ByteBuffer.allocate(1));
        }
    }

    private static Object transfer(Receiver receiver, OneByteAtATime target) {
        try {
            return receiver.transferTo(target);
        } catch (InterruptedException | TransferException | IOException e) {
            return e;
        }
    }

    /** Gives and takes single bytes, and does something each time. */
    private record OneByteAtATime(Runnable action) implements ByteChannel {
        @Override
        public int read(ByteBuffer target) {
            action.run();
            target.put((byte) 1);
            return 1;
        }

        @Override
        public int write(ByteBuffer source) {
            action.run();
            source.get();
            return 1;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static Object receive(Receiver receiver) {
        try {
            return receiver.receive();
        } catch (InterruptedException | TransferException e) {
            return e;
        }
    }

    private static long directBuffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getCount)
                .sum();
    }
}
