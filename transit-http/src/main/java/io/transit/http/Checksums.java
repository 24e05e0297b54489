package io.transit.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is known of the CRC-32s of an archive's files: of each of the first ones, and at some places that were passed lately. It
 * is what the rest of an archive cannot be made without. May be used by any number of threads.
 */
final class Checksums {
    /** How far apart the places are, and how many are kept: more than lies between a server and its clients. */
    private static final long APART = 1 << 20;

    private static final int KEPT = 64;

    /**
     * A place that was passed.
     *
     * @param place where
     * @param crc32 of what of its file is before it
     */
    record Mark(Archive.Place place, int crc32) {
        static final Mark START = new Mark(new Archive.Place(0, 0), 0);
    }

    private final Deque<Mark> marks = new ArrayDeque<>();
    private final int[] whole;
    private int known;

    Checksums(int files) {
        whole = new int[files];
    }

    /** Whether a place that is so far into its file is to be noted, if the last one was there. */
    static boolean isDue(long last, long into) {
        return into - last >= APART;
    }

    /** Notes a place that was passed. */
    synchronized void passed(Mark mark) {
        marks.addLast(mark);
        if (marks.size() > KEPT) {
            marks.removeFirst();
        }
    }

    /** Notes the end of a file. */
    synchronized void ended(int file, int crc32) {
        if (file <= known) {
            whole[file] = crc32;
            known = Math.max(known, file + 1);
        }
    }

    /** Of each file, as far as they are known. */
    synchronized int[] whole() {
        return whole.clone();
    }

    /** Returns the last place at which nothing that is needed for the rest is missing, and which is not behind that one. */
    synchronized Mark nearest(Archive.Place wanted) {
        Mark nearest = new Mark(new Archive.Place(Math.min(wanted.file(), known), 0), 0);
        for (Mark mark : marks) {
            if (isBetween(nearest.place(), mark.place(), wanted) && mark.place().file() <= known) {
                nearest = mark;
            }
        }
        return nearest;
    }

    private static boolean isBetween(Archive.Place before, Archive.Place place, Archive.Place behind) {
        return isInOrder(before, place) && isInOrder(place, behind);
    }

    private static boolean isInOrder(Archive.Place first, Archive.Place second) {
        return first.file() < second.file() || (first.file() == second.file() && first.into() <= second.into());
    }
}
