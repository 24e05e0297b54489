package io.transit.redis;

import io.transit.core.InMemoryRendezvous;
import io.transit.core.InterruptReason;
import io.transit.core.Sender;
import io.transit.core.TransferChannel;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A receiver that is a guest, at home: what it writes is done to its seat, and attempts are led to it. */
final class GuestSeat implements Guest, InMemoryRendezvous.Line, RecordPeer {
    private final Home home;
    private final Correspondent guest;
    private final CompletableFuture<InMemoryRendezvous.Seat> seat = new CompletableFuture<>();
    private volatile @Nullable RecordWriter writer;
    private long lastEpoch;
    private CompletionStage<?> begun = CompletableFuture.completedStage(this);

    GuestSeat(Home home, Correspondent guest) {
        this.home = home;
        this.guest = guest;
    }

    @Override
    public Correspondent correspondent() {
        return guest;
    }

    /** The seat is this guest's. */
    void seated(InMemoryRendezvous.Seat taken) {
        seat.complete(taken);
    }

    @Override
    public TransferChannel.SendingEnd open(Sender.Demand demand) {
        var attempt = new RemoteAttempt(home.node(), home.keys(), guest.name(), demand.attempt(), demand.offset());
        Node node = home.node();
        var opened = new RecordWriter(attempt, node.settings.window(), node.limits.stall(), this);
        writer = opened;
        long before = lastEpoch;
        lastEpoch = demand.attempt();
        // One after the other: connections are not made in the order in which they are asked for.
        begun = begun.handle((last, e) -> opened)
                .thenCompose(last -> guest.begin(demand.attempt(), demand.offset(), before))
                .whenComplete((link, e) -> begun(opened, link, e));
        return opened;
    }

    private void begun(RecordWriter opened, @Nullable Payload link, @Nullable Throwable e) {
        if (link != null) {
            opened.open(link);
            return;
        }
        InterruptReason why = e != null && e.getCause() instanceof Correspondent.Gone
                ? InterruptReason.NODE_LOST
                : InterruptReason.STORE_LOST;
        lost(why);
        opened.fail(why);
    }

    @Override
    public void credit(long epoch, long position) {
        RecordWriter current = writer;
        if (current != null && current.isOf(epoch)) {
            current.credit(position);
        }
    }

    @Override
    public void letter(Letter.FromGuest letter) {
        var unused = seat.thenAccept(mine -> {
            switch (letter) {
                case Letter.Leave(String name, OptionalLong taken) -> {
                    taken.ifPresent(mine::taken);
                    leave(mine);
                }
                case Letter.Interrupt(String name, InterruptReason reason) -> mine.interrupt(reason);
                case Letter.Complete(String name, long total, var digest) -> {
                    try {
                        boolean isAll = mine.complete(total, digest);
                        completed();
                        if (!isAll) {
                            home.dismiss(this, new TransferState.Completed(total));
                        }
                    } catch (TransferException.Ended | IllegalStateException e) {
                        // It will be told how the transfer ended.
                    }
                }
                case Letter.Claim claim -> {}
                case Letter.Resume resume -> {}
            }
        });
    }

    private void leave(InMemoryRendezvous.Seat mine) {
        mine.leave();
        home.left(this);
    }

    @Override
    public void taken(long position) {
        var unused = seat.thenAccept(mine -> mine.taken(position));
    }

    @Override
    public void left() {
        home.stirred();
    }

    @Override
    public void displaced(TransferState.Interrupted how) {
        home.dismiss(this, how);
    }

    private void completed() {
        RecordWriter current = writer;
        if (current != null) {
            current.completed();
        }
    }

    @Override
    public CompletionStage<?> over(Letter.Over letter) {
        RecordWriter last = writer;
        return last == null ? guest.tell(letter) : last.drained().thenCompose(sent -> guest.tell(letter));
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
        var unused = seat.thenAccept(mine -> {
            // The seat of a sender that can seek is free for whoever comes back.
            if (reason == InterruptReason.NODE_LOST && mine.offer().seekable()) {
                leave(mine);
            } else {
                mine.interrupt(reason);
            }
        });
    }
}
