package io.transit.app;

import java.util.Locale;
import java.util.Random;

/**
 * Who is killed in the course of a transfer, and when. All of it follows from its number, so that a cut which shows something
 * can be had again.
 *
 * @param mark once the receiver has this many bytes; one more than the file has is just after its end
 */
record Cut(Victim victim, Tool receiver, Length length, int number, Pace pace, int mark) {
    private static final int LAST = 64 * 1024;

    /** Who is killed. */
    enum Victim {
        SENDER,
        RECEIVER,
        SERVER,
        /** One of two nodes: the one at which the sender is. */
        SENDERS_NODE,
        /** The one at which the receiver is. */
        RECEIVERS_NODE
    }

    /** What receives; curl sends. */
    enum Tool {
        CURL,
        WGET
    }

    /** Whether the sender announces how much it will send. */
    enum Length {
        KNOWN,
        UNKNOWN
    }

    /** How the bytes move while the mark is passed. */
    enum Pace {
        /** Up to the mark, and no further. */
        HALTING((1 << 20) + 11),
        /** Slowly. */
        SLOW((1 << 20) + 11),
        /** As fast as they can, through full buffers. */
        FAST((16 << 20) + 11);

        final int size;

        Pace(int size) {
            this.size = size;
        }
    }

    static Cut of(Victim victim, Tool receiver, Length length, int number) {
        Pace pace = Pace.values()[number % Pace.values().length];
        var random = new Random((victim + " " + receiver + " " + length + " " + number).hashCode());
        int mark = switch (number % 5) {
            case 0 -> number == 0 ? 0 : random.nextInt(LAST);
            case 1 -> pace.size + number / 5 % 2;
            case 2 -> pace.size - random.nextInt(LAST);
            default -> random.nextInt(pace.size);
        };
        return new Cut(victim, receiver, length, number, pace, mark);
    }

    /** Whether the sender chose the id. One that halts cannot show a link of the server: it waits for its input. */
    boolean isIdChosen() {
        return pace == Pace.HALTING || number % 2 == 0;
    }

    /** A name for a file or a link. */
    String name() {
        return (victim + "-" + receiver + "-" + length + "-" + number)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }
}
