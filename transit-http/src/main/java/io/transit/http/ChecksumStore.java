package io.transit.http;

import io.transit.core.InterruptReason;
import io.transit.core.Receiver;
import io.transit.core.TransferState;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The checksums of the archives that a receiver of this node may come back for. Once one has
 * all, or nobody can get any more, they are forgotten, and the ones not used for longest if there are too many: then, or at
 * another node, they are made again.
 */
final class ChecksumStore {
    private static final int MOST = 250;
    private static final Set<InterruptReason> MAY_COME_BACK =
            EnumSet.of(InterruptReason.RECEIVER_LEFT, InterruptReason.RECEIVER_STALLED);

    private final Map<String, Checksums> byTag = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Checksums> eldest) {
            return size() > MOST;
        }
    };

    /** Returns what is known for one who comes back for the rest of an archive. */
    synchronized Optional<Checksums> find(String tag) {
        return Optional.ofNullable(byTag.get(tag));
    }

    /** Keeps those of an archive that a receiver gets, for the next one too if it leaves before the end. */
    void keep(String tag, Checksums sums, Receiver receiver) {
        put(tag, sums);
        receiver.whenOver().thenAccept(how -> {
            if (!(how instanceof TransferState.Interrupted cut && MAY_COME_BACK.contains(cut.reason()))) {
                forget(tag);
            }
        });
    }

    private synchronized void put(String tag, Checksums sums) {
        byTag.put(tag, sums);
    }

    private synchronized void forget(String tag) {
        byTag.remove(tag);
    }
}
