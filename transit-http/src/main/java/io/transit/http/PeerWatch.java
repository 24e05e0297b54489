package io.transit.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Notices peers that vanish while nobody reads what they send: reading would tell, but would take payload that nobody wants
 * yet, and a peer that hung up behind data which waits in the socket cannot be told from one that did not. Linux knows, and
 * this looks at its {@link TcpTable} every few seconds: once for all, and only while there is anybody to watch. Elsewhere it
 * sees nothing. A peer that only will not send any more looks the same as one that is gone.
 */
final class PeerWatch {
    private static final System.Logger LOG = System.getLogger(PeerWatch.class.getPackageName());
    private static final int MILLIS = 3_000;

    /** The table is not read in one go: a connection may be missing in it because others came and went meanwhile. */
    private static final int MILLIS_UNTIL_SURE = 200;

    /** How many times as long as it took there is none that somebody asks for: it takes milliseconds. */
    private static final int RESTS_FOR_LOOK = 9;

    /** So often in turn, {@link #MILLIS} apart: behind data that is not acknowledged there are no keep-alive probes. */
    private static final int LOOKS_UNTIL_SILENT = 3;

    /** With more than this unread, a peer may be unable to say that it is gone: its last word waits behind that. */
    private static final int FULL_BYTES = 32 * 1024;

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    /** Ours, of all whom somebody ever asked for: one, unless a server listens at more. */
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("transit-peers").factory());
    private final AtomicReference<@Nullable FutureTask<TcpTable>> next = new AtomicReference<>();

    /** When there may be a look again that somebody asks for. */
    private volatile long rested = System.nanoTime();

    private boolean scheduled;

    PeerWatch() {
        timer.setKeepAliveTime(2 * MILLIS, TimeUnit.MILLISECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** It cannot be seen this time how a peer is, though it can at others. */
    static final class LookException extends IOException {
        private static final long serialVersionUID = 1;

        LookException(Throwable cause) {
            super("cannot tell how a peer is", cause);
        }
    }

    /** What is done on the watch's thread, and must be quick. */
    interface Actions {
        /** The peer has vanished. Called once at most. */
        void gone();

        /** What was written has been repeated for some seconds, and the peer acknowledges nothing. May be called again. */
        default void silent() {}

        /** The peer has sent so much that its end may be hidden behind it: something is to be written that finds out. */
        default void probe() {}

        /** Something waits for the peer to take it, and perhaps it has taken some of it. May be called again. */
        default void behind() {}
    }

    /** One peer under watch. */
    final class Watch {
        private final TcpTable.Key key;
        private final Actions actions;
        private final ReentrantLock lock = new ReentrantLock();
        private boolean over;
        private int unheard;

        private Watch(TcpTable.Key key, Actions actions) {
            this.key = key;
            this.actions = actions;
        }

        /** Looks no more: no action runs any more once this has returned. Idempotent. */
        void end() {
            lock.lock();
            try {
                over = true;
                watches.remove(this);
            } finally {
                lock.unlock();
            }
        }

        /** Does what follows from how this peer is found. */
        void look(TcpTable.Row row) {
            // Most are as they were, and there may be thousands.
            if (unheard > 0 || row.untaken() > 0 || row.unread() > FULL_BYTES) {
                unlessOver(() -> act(row));
            }
        }

        /** Acts on its absence. */
        private void miss() {
            unlessOver(() -> {
                end();
                actions.gone();
            });
        }

        private void act(TcpTable.Row row) {
            unheard = row.unheard() ? unheard + 1 : 0;
            if (unheard >= LOOKS_UNTIL_SILENT) {
                actions.silent();
            } else if (row.untaken() > 0) {
                // What it has still to take finds out like a probe, behind which another one might have to wait.
                actions.behind();
            } else if (row.unread() > FULL_BYTES) {
                actions.probe();
            }
        }

        private void unlessOver(Runnable action) {
            lock.lock();
            try {
                if (!over) {
                    action.run();
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a peer could not be looked after", e);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Watches until the result is ended. */
    Watch watch(SocketChannel channel, Actions actions) throws IOException {
        var watch = new Watch(key(channel), actions);
        watches.add(watch);
        scheduleLook();
        return watch;
    }

    /** Looks at once whether a peer has vanished. Many who ask at the same time share a look. */
    boolean isGone(SocketChannel channel) throws IOException, InterruptedException {
        TcpTable.Key key = key(channel);
        try {
            // Twice, as one may be missing because others came and went.
            return TcpTable.isThere() && isMissing(key) && isMissing(key);
        } catch (LookException e) {
            LOG.log(Level.WARNING, "cannot tell whether a peer is gone", e);
            return false;
        }
    }

    private boolean isMissing(TcpTable.Key key) throws LookException, InterruptedException {
        return tableFromNow().find(key).isEmpty();
    }

    /**
     * Looks at once whether a peer has still to take something that was written, even if one side has ended. They share a look, too.
     *
     * @throws LookException if that cannot be seen this time
     */
    boolean isBehind(SocketChannel channel) throws IOException, InterruptedException {
        TcpTable.Key key = key(channel);
        return TcpTable.isThere() && tableFromNow().untaken(key) > 0;
    }

    private TcpTable.Key key(SocketChannel channel) throws IOException {
        TcpTable.Key key = TcpTable.key(channel);
        ports.add(key.port());
        return key;
    }

    /** The port that all are at, to leave out whoever is at another. */
    private int port() {
        List<Integer> all = List.copyOf(ports);
        return all.size() == 1 ? all.getFirst() : TcpTable.EVERY_PORT;
    }

    private TcpTable tableFromNow() throws LookException, InterruptedException {
        try {
            return nextLook().get();
        } catch (ExecutionException e) {
            throw new LookException(e);
        }
    }

    private FutureTask<TcpTable> nextLook() {
        var own = new FutureTask<>(() -> {
            // Who asks from now on needs another one.
            next.set(null);
            long began = System.nanoTime();
            TcpTable table = TcpTable.read(port());
            rested = System.nanoTime() + (System.nanoTime() - began) * RESTS_FOR_LOOK;
            return table;
        });
        FutureTask<TcpTable> others = next.compareAndExchange(null, own);
        if (others != null) {
            return others;
        }
        var unused = timer.schedule(own, rested - System.nanoTime(), TimeUnit.NANOSECONDS);
        return own;
    }

    private synchronized void scheduleLook() {
        if (!scheduled && !watches.isEmpty() && TcpTable.isThere()) {
            scheduled = true;
            var unused = timer.schedule(this::look, MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            // Who is added from now on may not be in the table that is being read.
            List<Watch> missing = absent(List.copyOf(watches), Watch::look);
            if (!missing.isEmpty()) {
                var unused = timer.schedule(() -> lookAgain(missing), MILLIS_UNTIL_SURE, TimeUnit.MILLISECONDS);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "cannot tell which peers are gone", e);
        } finally {
            synchronized (this) {
                scheduled = false;
            }
            scheduleLook();
        }
    }

    /** Looks for those who were missing, and does nothing about the others: they count how often there was a look. */
    private void lookAgain(List<Watch> missing) {
        try {
            List<Watch> sought = missing.stream().filter(watches::contains).toList();
            absent(sought, (watch, row) -> {}).forEach(Watch::miss);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "cannot tell which peers are gone", e);
        }
    }

    /** Does something with all who are there; returns who is not. */
    private List<Watch> absent(List<Watch> sought, BiConsumer<Watch, TcpTable.Row> found) throws IOException {
        List<Watch> absent = sought;
        TcpTable table = TcpTable.empty(sought.size());
        for (TcpTable.Part part : TcpTable.Part.values()) {
            if (!absent.isEmpty()) {
                table.add(part, port());
                absent = absent.stream()
                        .filter(watch -> !isFound(watch, table, found))
                        .toList();
            }
        }
        return absent;
    }

    private static boolean isFound(Watch watch, TcpTable table, BiConsumer<Watch, TcpTable.Row> found) {
        Optional<TcpTable.Row> row = table.find(watch.key);
        row.ifPresent(it -> found.accept(watch, it));
        return row.isPresent();
    }
}
