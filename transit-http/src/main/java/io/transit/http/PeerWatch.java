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

    /** There are no keep-alive probes behind data that is not acknowledged, so this takes their place. */
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
        private boolean missing;

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

        /** Does what follows from a table if this peer is in it; returns whether it is. */
        private boolean look(TcpTable table) {
            Optional<TcpTable.Row> row = table.find(key);
            // Most are as they were, and there may be thousands.
            row.filter(found -> missing || unheard > 0 || isOfInterest(found))
                    .ifPresent(found -> unlessOver(() -> act(found)));
            return row.isPresent();
        }

        private static boolean isOfInterest(TcpTable.Row row) {
            return row.unheard() || row.unread() > FULL_BYTES || row.untaken() > 0;
        }

        /** Notes that this peer is in no table; returns whether that is for the first time. */
        private boolean miss() {
            boolean isFirst = !missing;
            missing = true;
            if (!isFirst) {
                unlessOver(() -> {
                    end();
                    actions.gone();
                });
            }
            return isFirst;
        }

        private void act(TcpTable.Row row) {
            missing = false;
            unheard = row.unheard() ? unheard + 1 : 0;
            if (unheard >= LOOKS_UNTIL_SILENT) {
                actions.silent();
            } else if (row.unread() > FULL_BYTES) {
                actions.probe();
            } else if (row.untaken() > 0) {
                actions.behind();
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
        scheduleLook(MILLIS);
        return watch;
    }

    /** Looks at once whether a peer has vanished. Many who ask at the same time share a look. */
    boolean isGone(SocketChannel channel) throws IOException, InterruptedException {
        // Twice, as one may be missing because others came and went.
        boolean mayBeGone = isMissing(channel);
        return mayBeGone && isMissing(channel);
    }

    private boolean isMissing(SocketChannel channel) throws IOException, InterruptedException {
        TcpTable.Key key = key(channel);
        return tableFromNow().map(table -> table.find(key).isEmpty()).orElse(false);
    }

    /** Looks at once whether a peer has still to take something that was written, even if one side has ended. They share a look, too. */
    boolean isBehind(SocketChannel channel) throws IOException, InterruptedException {
        TcpTable.Key key = key(channel);
        return tableFromNow().map(table -> table.untaken(key) > 0).orElse(false);
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

    private Optional<TcpTable> tableFromNow() throws InterruptedException {
        if (!TcpTable.isThere()) {
            return Optional.empty();
        }
        try {
            return Optional.of(nextLook().get());
        } catch (ExecutionException e) {
            LOG.log(Level.WARNING, "cannot tell how a peer is", e.getCause());
            return Optional.empty();
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

    private synchronized void scheduleLook(int millis) {
        if (!scheduled && !watches.isEmpty() && TcpTable.isThere()) {
            scheduled = true;
            var unused = timer.schedule(this::look, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        boolean isSure = true;
        try {
            for (Watch watch : absent()) {
                isSure &= !watch.miss();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "cannot tell which peers are gone", e);
        } finally {
            synchronized (this) {
                scheduled = false;
            }
            scheduleLook(isSure ? MILLIS : MILLIS_UNTIL_SURE);
        }
    }

    /** Looks after all who are there; returns who is not. */
    private List<Watch> absent() throws IOException {
        // Who is added from now on may not be in the table that is being read.
        List<Watch> sought = List.copyOf(watches);
        TcpTable table = TcpTable.empty(sought.size());
        for (TcpTable.Part part : TcpTable.Part.values()) {
            if (!sought.isEmpty()) {
                table.add(part, port());
                sought = sought.stream().filter(watch -> !watch.look(table)).toList();
            }
        }
        return sought;
    }
}
