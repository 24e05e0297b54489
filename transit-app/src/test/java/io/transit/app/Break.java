package io.transit.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What breaks in the course of a transfer that can go on, and when; and at which nodes all of it happens. It follows from its
 * number, so that a break which shows something can be had again.
 *
 * @param marks once the receiver has so many bytes; one after the other
 * @param nodes at which of two nodes the sender is, and then each who comes, in turn
 */
record Break(Kind kind, int number, Pace pace, List<Integer> marks, List<Integer> nodes) {
    private static final int LAST = 64 * 1024;
    private static final int NODES = 64;

    /** What breaks. */
    enum Kind {
        /** curl, which receives from a sender that can seek, is killed, and goes on with -C -. */
        RECEIVER,
        /** The connection of a sender that can seek is cut, and it comes back with its token. */
        SENDERS_CONNECTION,
        /** curl, which sends, is killed, and goes on with the command that it was told. */
        CURL_THAT_SENDS,
        /** curl, which receives from another curl, is killed; both go on. */
        CURL_THAT_RECEIVES
    }

    /** How the bytes move while a mark is passed. */
    enum Pace {
        /** Up to the mark, and no further; of a curl that sends, slowly. */
        HALTING((3 << 20) + 11),
        /** As fast as they can, through full buffers. */
        FAST((16 << 20) + 11);

        final int size;

        Pace(int size) {
            this.size = size;
        }
    }

    static Break of(Kind kind, int number) {
        var random = new Random((kind + " " + number).hashCode());
        Pace pace = Pace.values()[number % Pace.values().length];
        int[] marks = IntStream.rangeClosed(0, random.nextInt(3))
                .map(i -> mark(random, pace.size))
                .sorted()
                .toArray();
        List<Integer> nodes = random.ints(NODES, 0, 2).boxed().toList();
        return new Break(kind, number, pace, Arrays.stream(marks).boxed().toList(), nodes);
    }

    private static int mark(Random random, int size) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(LAST);
            case 1 -> size - 1 - random.nextInt(LAST);
            default -> random.nextInt(size);
        };
    }

    boolean isSeeking() {
        return kind == Kind.RECEIVER || kind == Kind.SENDERS_CONNECTION;
    }

    /** A name for a directory. */
    String name() {
        return (kind + "-" + number).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
