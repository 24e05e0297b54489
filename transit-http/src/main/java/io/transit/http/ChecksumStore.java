package io.transit.http;

import io.transit.core.InterruptReason;
import io.transit.core.Receiver;
import io.transit.core.TransferState;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The checksums of the archives that a receiver of this node may come back for. Those of a transfer that is over are
 * forgotten, and the ones not used for longest if there are too many: then, or at another node, they are made again.
 */
final class ChecksumStore {
    private static final int MOST = 1_000;
    private static final Set<InterruptReason> MAY_COME_BACK =
            EnumSet.of(InterruptReason.RECEIVER_LEFT, InterruptReason.RECEIVER_STALLED);

    private final Map<String, Checksums> byTag = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Checksums> eldest) {
            return size() > MOST;
        }
    };

    /** Returns those of an archive. */
    synchronized Checksums of(String tag, Archive archive) {
        return byTag.computeIfAbsent(tag, unused -> new Checksums(archive.files()));
    }

    /** Forgets them once the transfer is over, if it is not only over for this receiver. */
    void forgetAfter(Receiver receiver, String tag) {
        receiver.whenOver().thenAccept(how -> {
            if (!(how instanceof TransferState.Interrupted cut && MAY_COME_BACK.contains(cut.reason()))) {
                forget(tag);
            }
        });
    }

    private synchronized void forget(String tag) {
        byTag.remove(tag);
    }
}
