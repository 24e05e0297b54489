package io.transit.http;

/** A size for people, in powers of 1000; as the page's own {@code format.js} writes it. */
final class HumanSize {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    /** Keeps number and unit on one line. */
    private static final String SPACE = "\u00a0";

    private HumanSize() {}

    static String of(long bytes) {
        if (bytes < 1000) {
            return bytes + SPACE + (bytes == 1 ? "byte" : "bytes");
        }
        double value = bytes / 1000.0;
        int unit = 0;
        while (rounded(value) >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        double number = rounded(value);
        return (number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number))
                + SPACE
                + UNITS[unit];
    }

    /** One decimal, where it says something. */
    private static double rounded(double value) {
        return value < 99.95 ? Math.round(value * 10) / 10.0 : Math.round(value);
    }
}
