package io.transit.http;

import io.transit.core.Sender;
import io.transit.core.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps what was relayed of each transfer in mind until it is over, whichever connections its sender comes over. */
final class ChecksumsOfTransfers {
    /** Of a transfer that went on at another node the end is not always heard of. */
    private static final int MOST = 4_096;

    private final ReentrantLock lock = new ReentrantLock();

    /** By what tells one transfer of an id from the next; the one of longest ago first. */
    private final Map<Sha256, RelayedChecksums> transfers = new LinkedHashMap<>(16, 0.75f, true);

    RelayedChecksums of(Sender sender) {
        Sha256 transfer = sender.token().hash();
        lock.lock();
        try {
            RelayedChecksums known = transfers.computeIfAbsent(transfer, it -> new RelayedChecksums());
            if (transfers.size() > MOST) {
                transfers.remove(transfers.keySet().iterator().next());
            }
            return known;
        } finally {
            lock.unlock();
            sender.whenOver().thenRun(() -> forget(transfer));
        }
    }

    private void forget(Sha256 transfer) {
        lock.lock();
        try {
            transfers.remove(transfer);
        } finally {
            lock.unlock();
        }
    }
}
