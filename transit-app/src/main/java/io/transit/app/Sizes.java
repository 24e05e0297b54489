package io.transit.app;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a size is written: bytes, or with a unit, {@code 64KiB}, {@code 1 MiB}, {@code 8MB}. KiB, MiB, GiB and TiB are
 * powers of 1,024; kB, MB, GB and TB are powers of 1,000. Helidon's own Size insists on the space and reads MB as MiB.
 */
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18}) ?(?:([kmgt])(i)?)?b?", Pattern.CASE_INSENSITIVE);

    private Sizes() {}

    /** Empty when the text is no size, or one of 2^63 bytes or more. */
    static Optional<Long> parse(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String prefix = matcher.group(2);
        if (prefix == null) {
            return Optional.of(Long.parseLong(matcher.group(1)));
        }
        if (!text.toLowerCase(Locale.ROOT).endsWith("b")) {
            return Optional.empty();
        }
        return times(Long.parseLong(matcher.group(1)), factor(prefix, matcher.group(3) != null));
    }

    private static long factor(String prefix, boolean binary) {
        long factor = 1;
        for (int power = "kmgt".indexOf(prefix.toLowerCase(Locale.ROOT)); power >= 0; power--) {
            factor *= binary ? 1024 : 1000;
        }
        return factor;
    }

    private static Optional<Long> times(long amount, long factor) {
        return amount > Long.MAX_VALUE / factor ? Optional.empty() : Optional.of(amount * factor);
    }
}
