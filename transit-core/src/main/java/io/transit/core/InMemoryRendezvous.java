package io.transit.core;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A rendezvous within this process: the reference implementation, and all that one node needs. It owns one daemon thread,
 * for time limits and for its listener; {@link #close} ends it.
 */
public final class InMemoryRendezvous implements Rendezvous {
    /** Leads the attempts of one receiver to where it is. */
    @FunctionalInterface
    public interface Line {
        /**
         * Opens the way for an attempt. Called under the transfer's lock: it must neither block nor call back.
         *
         * @param demand what the sender was told
         * @return where its frames go in; it keeps the window and the stall time, and lets go of a sender in {@code done} once
         *     its {@link Seat#complete} has returned
         */
        TransferChannel.SendingEnd open(Sender.Demand demand);

        /**
         * Tells that another has taken the seat, after the last attempt was interrupted. Called under the transfer's lock: it
         * must neither block nor call back.
         *
         * @param how what the receiver is to be told
         */
        default void displaced(TransferState.Interrupted how) {}
    }

    /**
     * The hold on a transfer of a receiver that is not in this process, and whose words are passed on here. All methods may
     * be called by any thread, and none blocks. Once the seat is lost or the transfer over, they do nothing.
     */
    public interface Seat {
        /**
         * Returns what was claimed.
         *
         * @return the offer
         */
        Offer offer();

        /**
         * Says how far the receiver is.
         *
         * @param position in the file, up to which it has let go of everything
         */
        void taken(long position);

        /**
         * Says that the receiver has everything that it claimed.
         *
         * @param total the size of the file, or the position at the end of the part that was claimed
         * @param digest of the whole file, if one was computed or stated
         * @return whether the transfer is over; if not, the seat is
         * @throws TransferException.Ended if the transfer was interrupted, or the seat is another's
         */
        boolean complete(long total, Optional<Sha256> digest);

        /**
         * Ends the transfer.
         *
         * @param reason what the sender is told
         */
        void interrupt(InterruptReason reason);

        /** Leaves, as {@link Receiver#close} does. */
        void leave();

        /**
         * Tells when the transfer is over.
         *
         * @return completed with how it ended; never completed exceptionally
         */
        CompletionStage<TransferState.Final> whenOver();
    }

    /** How long a shutdown waits for a listener that is slow. */
    private static final int LISTENER_SECONDS = 1;

    private final TransferLimits limits;
    private final TransferListener listener;
    private final BufferPool pool;
    private final Semaphore capacity;
    private final Map<TransferId, InMemoryTransfer> open = new ConcurrentHashMap<>();
    private final Map<TransferId, EndedTransfer> ended = new ConcurrentHashMap<>();
    private final Arrivals arrivals = new Arrivals();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("transit-rendezvous").factory());

    private final ReentrantLock closing = new ReentrantLock();

    /** Signalled when a transfer ended while this rendezvous shuts down: whoever shuts it down waits for the last one. */
    private final Condition drained = closing.newCondition();

    private volatile boolean shutdown;

    /** Creates a rendezvous of the {@linkplain TransferLimits#DEFAULT default limits}. */
    public InMemoryRendezvous() {
        this(TransferLimits.DEFAULT);
    }

    /**
     * Creates a rendezvous that nobody listens to.
     *
     * @param limits what bounds it
     */
    public InMemoryRendezvous(TransferLimits limits) {
        this(limits, TransferListener.NONE);
    }

    /**
     * Creates a rendezvous.
     *
     * @param limits what bounds it
     * @param listener who hears what happens in it, event after event, on this rendezvous' thread
     */
    public InMemoryRendezvous(TransferLimits limits, TransferListener listener) {
        this.limits = limits;
        this.listener = listener;
        this.pool = BlockQueue.pool(limits.window());
        this.capacity = new Semaphore(limits.maxTransfers());
        timer.setRemoveOnCancelPolicy(true);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public Sender offer(Offer offer) {
        if (offer.receivers() > 1) {
            throw new TransferException.Rejected("receivers", "one receiver per transfer, so far");
        }
        requireNotShutdown();
        if (!capacity.tryAcquire()) {
            throw new TransferException.Unavailable("at capacity: " + limits.maxTransfers() + " transfers are open");
        }
        var transfer = new InMemoryTransfer(this, offer, Token.random());
        // Under its lock, so that nobody can claim it before it has begun to wait.
        Sender sender = transfer.lock.locked(() -> {
            if (open.putIfAbsent(offer.id(), transfer) != null) {
                capacity.release();
                throw new TransferException.Taken("this id is offered already");
            }
            if (shutdown) {
                // It began in the meantime, perhaps too early to see this one.
                open.remove(offer.id(), transfer);
                capacity.release();
            }
            requireNotShutdown();
            ended.remove(offer.id());
            return transfer.open();
        });
        arrivals.offered(offer);
        return sender;
    }

    @Override
    public Sender resume(TransferId id, Token token) {
        return known(id).resume(token);
    }

    @Override
    public Receiver claim(Claim claim) {
        return known(claim.id()).claim(claim, null);
    }

    /**
     * Takes the receiver's seat of an open offer for one who is not in this process. Whatever {@link #claim(Claim)} refuses,
     * this refuses.
     *
     * @param claim what is wanted; a digest is computed elsewhere too, so that wish is not looked at
     * @param line leads to where the bytes are received
     * @return the seat
     * @throws TransferException.NotFound if nothing is known of the id
     * @throws TransferException.Taken if somebody else is receiving
     * @throws TransferException.Ended if the transfer is over
     * @throws TransferException.Rejected if the sender cannot start at that offset
     */
    public Seat claim(Claim claim, Line line) {
        InMemoryTransfer transfer = known(claim.id());
        return new InMemorySeat(transfer, transfer.claim(claim, line));
    }

    @Override
    public Optional<Offer> find(TransferId id) {
        return Optional.ofNullable(open.get(id))
                .filter(transfer -> !(transfer.status().state() instanceof TransferState.Final))
                .map(InMemoryTransfer::offer);
    }

    @Override
    public Optional<Offer> awaitOffer(TransferId id, Duration atMost) throws InterruptedException {
        Optional<Offer> offer = arrivals.await(id, atMost, () -> findUnlessShutdown(id));
        return offer.isPresent() ? offer : findUnlessShutdown(id);
    }

    private Optional<Offer> findUnlessShutdown(TransferId id) {
        Optional<Offer> offer = find(id);
        if (offer.isEmpty()) {
            requireNotShutdown();
        }
        return offer;
    }

    @Override
    public Optional<TransferStatus> status(TransferId id) {
        InMemoryTransfer transfer = open.get(id);
        return transfer != null
                ? Optional.of(transfer.status())
                : Optional.ofNullable(ended.get(id)).map(EndedTransfer::status);
    }

    @Override
    public Optional<TransferStatus> awaitChange(TransferStatus known, Duration atMost) throws InterruptedException {
        InMemoryTransfer transfer = open.get(known.id());
        if (transfer != null) {
            transfer.lock.lockInterruptibly();
            try {
                long left = TimeUnit.NANOSECONDS.convert(atMost);
                while (left > 0 && transfer.status().isLike(known)) {
                    left = transfer.changed.awaitNanos(left);
                }
            } finally {
                transfer.lock.unlock();
            }
        }
        return status(known.id());
    }

    private InMemoryTransfer known(TransferId id) {
        InMemoryTransfer transfer = open.get(id);
        if (transfer != null) {
            return transfer;
        }
        EndedTransfer record = ended.get(id);
        if (record == null) {
            throw new TransferException.NotFound(id);
        }
        throw record.exception();
    }

    @Override
    public void shutdown(Duration drain) throws InterruptedException {
        shutdown = true;
        arrivals.giveUp();
        open.values().forEach(transfer -> transfer.shutdown(false));
        closing.lock();
        try {
            long left = TimeUnit.NANOSECONDS.convert(drain);
            while (!open.isEmpty() && left > 0) {
                left = drained.awaitNanos(left);
            }
        } finally {
            closing.unlock();
            close();
        }
        // Whoever ends the process next has been told of every transfer.
        var unused = timer.awaitTermination(LISTENER_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        shutdown = true;
        arrivals.giveUp();
        open.values().forEach(transfer -> transfer.shutdown(true));
        // What was told to the listener still reaches it; what only waits for its time does not hold the thread.
        ended.values().forEach(EndedTransfer::keep);
        timer.shutdown();
    }

    private void requireNotShutdown() {
        if (shutdown) {
            throw new TransferException.Unavailable("shutting down");
        }
    }

    /** Whether somebody waits for an offer. */
    boolean isAwaited() {
        return !arrivals.isEmpty();
    }

    // ---- what its transfers need

    boolean isShutdown() {
        return shutdown;
    }

    TransferLimits limits() {
        return limits;
    }

    /** Makes a channel for so many bytes at most; a small file gets a small window. */
    InMemoryChannel channel(TransferLock lock, Condition left, long bytes) {
        int window = (int) Math.max(1, Math.min(limits.window(), bytes));
        return new InMemoryChannel(lock, left, TimeUnit.NANOSECONDS.convert(limits.stall()), window, pool);
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    void tell(Consumer<TransferListener> event) {
        soon(() -> event.accept(listener));
    }

    /** Runs what must not run under a transfer's lock. */
    void soon(Runnable action) {
        timer.execute(() -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        });
    }

    /** Called once by each, under its lock. */
    void ended(InMemoryTransfer transfer, TransferStatus status, Duration elapsed) {
        if (limits.statusKeep().isPositive()) {
            // Before it leaves the others, so that its id is never unknown in between.
            ended.put(status.id(), new EndedTransfer(status, timer, record -> ended.remove(status.id(), record)));
        }
        open.remove(status.id(), transfer);
        capacity.release();
        tell(listener -> listener.ended(status, elapsed));
        closing.lock();
        try {
            drained.signalAll();
        } finally {
            closing.unlock();
        }
    }
}
