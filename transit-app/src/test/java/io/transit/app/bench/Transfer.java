package io.transit.app.bench;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file to pass on.
 *
 * @param number which no other file of this program has
 * @param size in bytes
 */
record Transfer(int number, long size) {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String PREFIX = "bench-";

    static Transfer of(long size) {
        return new Transfer(NUMBERS.incrementAndGet(), size);
    }

    String id() {
        return PREFIX + number;
    }

    Content content() {
        return Content.of(number);
    }

    /** Returns the number of the file in a path that a relay has handed on. */
    static int numberIn(String path) {
        return Integer.parseInt(path.substring(path.lastIndexOf(PREFIX) + PREFIX.length()));
    }
}
