package io.transit.core;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which parts of an offer are still to be delivered: bytes, and files that have none. Guarded by the transfer's lock. */
final class Deliveries {
    /** Whoever takes a file in more pieces than this, in no order, does not make the account of it any longer. */
    private static final int MAX_RUNS = 20_000;

    /** The runs of bytes that are missing: where each begins, and where it ends. */
    private final NavigableMap<Long, Long> missing = new TreeMap<>();

    /** How many empty files are missing, by the position where they lie. */
    private final NavigableMap<Long, Integer> missingEmpty = new TreeMap<>();

    Deliveries(Offer offer) {
        long position = 0;
        for (FileMetadata file : offer.files()) {
            long size = file.size().orElse(0);
            if (size == 0) {
                missingEmpty.merge(position, 1, Integer::sum);
            }
            position += size;
        }
        if (position > 0) {
            missing.put(0L, position);
        }
    }

    /**
     * A receiver has this part.
     *
     * <p>Of empty files it brings those that lie within it; where it begins or ends only it itself is brought, since whoever
     * takes the file before an empty one has not taken that.
     */
    void add(Claim.Part part) {
        if (part.isEmpty()) {
            missingEmpty.computeIfPresent(part.from(), (at, count) -> count == 1 ? null : count - 1);
        } else if (missing.size() < MAX_RUNS) {
            cut(part.from());
            cut(part.to());
            missing.subMap(part.from(), part.to()).clear();
            missingEmpty.subMap(part.from(), false, part.to(), false).clear();
        }
    }

    /** Makes two runs of one that goes on over this position. */
    private void cut(long at) {
        Map.Entry<Long, Long> run = missing.lowerEntry(at);
        if (run != null && run.getValue() > at) {
            missing.put(run.getKey(), at);
            missing.put(at, run.getValue());
        }
    }

    boolean isEverything() {
        return missing.isEmpty() && missingEmpty.isEmpty();
    }
}
