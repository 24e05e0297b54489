package io.transit.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TransferListenerTest {
    private static final TransferId ID = new TransferId("my-id");

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    private final TransferListener listener = new TransferListener() {
        @Override
        public void offered(Offer offer) {
            events.add("offered " + offer.id());
        }

        @Override
        public void claimed(Offer offer, long offset) {
            events.add("claimed " + offset);
        }

        @Override
        public void paused(Offer offer, TransferState.Paused state) {
            events.add("paused " + state.cause());
        }

        @Override
        public void ended(TransferStatus status, Duration elapsed) {
            events.add("ended " + status.state());
        }
    };

    @Test
    void events_come_in_their_order_and_the_end_once() throws Exception {
        var rendezvous = new InMemoryRendezvous(TransferLimits.DEFAULT, listener);
        Offer offer = Offer.of(ID, FileMetadata.named("hello.txt")).withSeekable();
        try (rendezvous;
                Sender sender = rendezvous.offer(offer)) {
            rendezvous.claim(Claim.of(ID)).close();
            Receiver receiver = rendezvous.claim(Claim.of(ID).from(2));
            assertThat(sender.awaitReceiver(Duration.ofSeconds(30))
                            .orElseThrow()
                            .offset())
                    .isEqualTo(2);
            sender.send(ByteBuffer.wrap("llo".getBytes(UTF_8)));
            var done = CompletableFuture.supplyAsync(() -> receipt(sender));
            assertThat(receiver.receive()).isInstanceOf(Frame.Data.class);
            assertThat(receiver.receive()).isInstanceOf(Frame.Done.class);
            receiver.complete();
            done.get(30, TimeUnit.SECONDS);
        }
        assertThat(events(5))
                .containsExactly(
                        "offered my-id",
                        "claimed 0",
                        "paused RECEIVER_LEFT",
                        "claimed 2",
                        "ended " + new TransferState.Completed(5));
    }

    @Test
    void what_happens_as_the_rendezvous_closes_is_still_heard() throws Exception {
        var rendezvous = new InMemoryRendezvous(TransferLimits.DEFAULT, listener);
        try (rendezvous) {
            assertThat(rendezvous.offer(Offer.of(ID, FileMetadata.named("hello.txt"))))
                    .isNotNull();
        }
        assertThat(events(2))
                .containsExactly(
                        "offered my-id", "ended " + new TransferState.Interrupted(0, InterruptReason.SHUTDOWN));
    }

    @Test
    void a_listener_that_throws_changes_nothing() throws Exception {
        var throwing = new TransferListener() {
            @Override
            public void offered(Offer offer) {
                Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> events.add(e.toString()));
                throw new IllegalStateException("on purpose");
            }
        };
        try (var rendezvous = new InMemoryRendezvous(TransferLimits.DEFAULT, throwing);
                Sender sender = rendezvous.offer(Offer.of(ID, FileMetadata.named("hello.txt")))) {
            assertThat(events(1)).containsExactly("java.lang.IllegalStateException: on purpose");
            assertThat(rendezvous.find(ID)).contains(sender.offer());
        }
    }

    private static Receipt receipt(Sender sender) {
        try {
            return sender.done();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> events(int count) throws InterruptedException {
        var heard = new java.util.ArrayList<String>();
        while (heard.size() < count) {
            String event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).as("after " + heard).isNotNull();
            heard.add(event);
        }
        assertThat(events).isEmpty();
        return heard;
    }
}
