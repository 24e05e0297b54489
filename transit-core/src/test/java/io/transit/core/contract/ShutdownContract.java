package io.transit.core.contract;

import static io.transit.core.contract.Await.PATIENCE;
import static io.transit.core.contract.Await.await;
import static io.transit.core.contract.Refusals.assertEnded;
import static io.transit.core.contract.Refusals.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.TransferException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The end of a rendezvous: who runs may finish, who waits is told. */
abstract class ShutdownContract extends RendezvousSuite {
    @Test
    void T14_shutdown_lets_running_transfers_finish() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Pair pair = meet(rendezvous, offer());
        pair.send("before, ");
        var shutdown = start(() -> shutdown(rendezvous, PATIENCE));
        await(() -> isShuttingDown(rendezvous));
        assertThat(shutdown.isOver()).isFalse();
        pair.send("after");
        var receipt = start(pair.sender()::done);
        assertThat(receiveAll(pair.receiver()).text()).isEqualTo("before, after");
        receipt.result();
        shutdown.result();
    }

    @Test
    void T14_shutdown_interrupts_senders_that_wait_at_once() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Pair running = meet(rendezvous, offer());
        Sender alone = rendezvous.offer(offer());
        var waiting = start(() -> alone.awaitReceiver(PATIENCE)).awaitParked();
        var shutdown = start(() -> shutdown(rendezvous, PATIENCE));
        assertEnded(InterruptReason.SHUTDOWN, waiting::result);
        assertThat(shutdown.isOver()).isFalse();
        running.sender().close();
        shutdown.result();
    }

    @Test
    void T14_shutdown_interrupts_what_is_still_running_after_the_time_to_drain() throws Exception {
        Rendezvous rendezvous = rendezvous(LIMITS.withWindow(1));
        Pair pair = meet(rendezvous, offer());
        var sending = start(() -> {
            pair.send("ab");
            return pair;
        });
        rendezvous.shutdown(Duration.ofMillis(200));
        assertEnded(InterruptReason.SHUTDOWN, sending::result);
        assertThat(Delivery.of(pair.receiver()::receive).reason()).contains(InterruptReason.SHUTDOWN);
    }

    @Test
    void T14_shutdown_without_time_to_drain_interrupts_all_at_once() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Pair pair = meet(rendezvous, offer());
        var receiving = start(() -> Delivery.of(pair.receiver()::receive)).awaitParked();
        rendezvous.shutdown(Duration.ZERO);
        assertThat(receiving.result().reason()).contains(InterruptReason.SHUTDOWN);
        assertEnded(InterruptReason.SHUTDOWN, pair.sender()::done);
    }

    @Test
    void T14_shutdown_of_an_idle_rendezvous_waits_for_nobody() throws Exception {
        Rendezvous rendezvous = rendezvous();
        meet(rendezvous, offer()).sender().close();
        rendezvous.shutdown(Duration.ofDays(1));
        assertThat(isShuttingDown(rendezvous)).isTrue();
    }

    @Test
    void T14_shutdown_can_be_interrupted_and_has_interrupted_all_then() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Pair pair = meet(rendezvous, offer());
        var shutdown = start(() -> shutdown(rendezvous, PATIENCE));
        await(() -> isShuttingDown(rendezvous));
        shutdown.awaitParked();
        shutdown.interrupt();
        assertThat(shutdown.failure()).isInstanceOf(InterruptedException.class);
        assertThat(pair.receiver().receive()).isEqualTo(new Frame.Interrupt(InterruptReason.SHUTDOWN));
        assertEnded(InterruptReason.SHUTDOWN, pair.sender()::done);
    }

    @Test
    void T14_shutdown_by_a_thread_that_is_interrupted_already_interrupts_all() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Pair pair = meet(rendezvous, offer());
        var shutdown = start(() -> {
            Thread.currentThread().interrupt();
            return shutdown(rendezvous, PATIENCE);
        });
        assertThat(shutdown.failure()).isInstanceOf(InterruptedException.class);
        assertEnded(InterruptReason.SHUTDOWN, pair.sender()::done);
    }

    @Test
    void T14_a_closed_rendezvous_has_interrupted_all() throws Exception {
        Rendezvous rendezvous = rendezvous();
        Pair pair = meet(rendezvous, offer());
        Sender alone = rendezvous.offer(offer());
        var receiving = start(() -> Delivery.of(pair.receiver()::receive)).awaitParked();
        rendezvous.close();
        assertThat(receiving.result().reason()).contains(InterruptReason.SHUTDOWN);
        assertEnded(InterruptReason.SHUTDOWN, pair.sender()::done);
        assertEnded(InterruptReason.SHUTDOWN, () -> alone.awaitReceiver(PATIENCE));
        assertUnavailable(() -> rendezvous.offer(offer()));
        assertThatCode(() -> {
                    rendezvous.close();
                    pair.sender().close();
                    pair.receiver().close();
                    rendezvous.shutdown(PATIENCE);
                })
                .doesNotThrowAnyException();
    }

    private static Rendezvous shutdown(Rendezvous rendezvous, Duration drain) throws InterruptedException {
        rendezvous.shutdown(drain);
        return rendezvous;
    }

    private static boolean isShuttingDown(Rendezvous rendezvous) {
        Offer probe = offer();
        try (Sender refused = rendezvous.offer(probe)) {
            return !refused.offer().equals(probe);
        } catch (TransferException.Unavailable e) {
            return true;
        }
    }
}
