package io.transit.redis;

import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Sender;
import io.transit.core.TransferException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A sender that came back as a guest, at home: a thread takes what it writes out of its queue, and sends it as any sender
 * here does.
 */
final class GuestSender implements Guest {
    private static final Duration LONG = Duration.ofDays(1);

    private final Home home;
    private final Correspondent guest;
    private final CompletableFuture<Sender> seat = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** Signalled when records came, or none will any more: only the thread that relays waits here. */
    private final Condition changed = lock.newCondition();

    private boolean failed;

    GuestSender(Home home, Correspondent guest) {
        this.home = home;
        this.guest = guest;
    }

    @Override
    public Correspondent correspondent() {
        return guest;
    }

    void seated(Sender sender) {
        seat.complete(sender);
        Thread.ofVirtual().name("transit-relay").start(() -> relay(sender));
    }

    private void relay(Sender sender) {
        // Whatever ends it wakes the thread, which waits here for what it may read.
        sender.whenOver().thenAccept(how -> stirred());
        long before = 0;
        try {
            while (true) {
                var demand = sender.awaitReceiver(LONG);
                if (demand.isPresent()) {
                    // The way here has a queue of its own: that of the attempt leads on, if the receiver is a guest
                    // too.
                    var way = new Sender.Demand(
                            demand.get().offset(), ~demand.get().attempt());
                    begin(way, before);
                    before = way.attempt();
                    run(sender, way);
                }
            }
        } catch (TransferException.Taken e) {
            home.superseded(this);
        } catch (TransferException.Ended e) {
            // The home tells all of its guests.
        } catch (TransferException e) {
            sender.interrupt(InterruptReason.STORE_LOST);
        } catch (InterruptedException e) {
            sender.interrupt(InterruptReason.SHUTDOWN);
        }
    }

    private void begin(Sender.Demand demand, long before) {
        Node node = home.node();
        node.connections.giveBack(node.answer(guest.begin(demand.attempt(), demand.offset(), before)));
    }

    /** Relays one attempt to its end; returns when the next one may begin. */
    private void run(Sender sender, Sender.Demand demand) throws InterruptedException {
        var records = new Intake(home.node().buffers, demand.attempt(), demand.offset(), demand.offset());
        var reader = new RecordReader(
                home.node(), home.keys().queue(demand.attempt()), lock, records, changed::signal, this::fail);
        try {
            relay(sender, demand, records, reader);
        } catch (TransferException.Paused e) {
            // Before the next attempt begins, over another connection.
            var unused = home.node().answer(guest.tell(Letter.Paused.of(e)));
        } finally {
            close(reader);
        }
    }

    private void close(RecordReader reader) {
        lock.lock();
        try {
            reader.close();
        } finally {
            lock.unlock();
        }
    }

    private void relay(Sender sender, Sender.Demand demand, Intake records, RecordReader reader)
            throws InterruptedException {
        long position = demand.offset();
        while (true) {
            switch (next(sender, records, reader)) {
                case Frame.Data(ByteBuffer payload) -> {
                    position += payload.remaining();
                    sender.send(payload);
                    guest.credit(demand.attempt(), position);
                }
                case Frame.Done(long total, var crc, var sha256) -> {
                    if (sha256.isPresent()) {
                        var unused = sender.done(sha256.get());
                    } else {
                        var unused = sender.done();
                    }
                }
                case Frame.Interrupt(InterruptReason reason) -> {
                    if (records.isFaulty()) {
                        sender.interrupt(reason);
                    }
                    return;
                }
            }
        }
    }

    /** Waits for what the guest writes, as long as its sender has the seat and the attempt goes on. */
    private Frame next(Sender sender, Intake records, RecordReader reader) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Frame frame = records.poll();
                if (frame != null) {
                    return frame;
                }
                if (failed) {
                    sender.interrupt(InterruptReason.STORE_LOST);
                }
                // Says why it cannot go on, if it cannot.
                sender.send(ByteBuffer.allocate(0));
                if (!reader.ask()) {
                    changed.await();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail() {
        failed = true;
        changed.signal();
    }

    @Override
    public void stirred() {
        lock.lock();
        try {
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void letter(Letter.FromGuest letter) {
        var unused = seat.thenAccept(mine -> {
            switch (letter) {
                case Letter.Leave leave -> mine.detach();
                case Letter.Interrupt(String name, InterruptReason reason) -> mine.interrupt(reason);
                case Letter.Complete complete -> {}
                case Letter.Claim claim -> {}
                case Letter.Resume resume -> {}
            }
            stirred();
        });
    }

    @Override
    public void credit(long epoch, long position) {
        // It writes, and takes nothing.
    }

    @Override
    public void lost(InterruptReason reason) {
        if (reason == InterruptReason.NODE_LOST) {
            home.missed(() -> end(reason));
        } else {
            end(reason);
        }
    }

    private void end(InterruptReason reason) {
        var unused = seat.thenAccept(mine -> mine.interrupt(reason));
    }
}
