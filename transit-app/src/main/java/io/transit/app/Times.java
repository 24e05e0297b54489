package io.transit.app;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a time is written: {@code 500ms}, {@code 60s}, {@code 15m}, {@code 2h}, or as ISO 8601, {@code PT15M}. */
final class Times {
    /** Longer is a slip of the pen, and would overflow where nanoseconds are counted. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Pattern SHORT = Pattern.compile("(\\d{1,12}) ?(ms|s|m|h)");

    private Times() {}

    /** Empty when the text is no time, or one that is negative or longer than a year. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = SHORT.matcher(text);
        Optional<Duration> time = matcher.matches()
                ? Optional.of(of(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : parseIso(text);
        return time.filter(t -> !t.isNegative() && t.compareTo(LONGEST) <= 0);
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static Optional<Duration> parseIso(String text) {
        if (!text.toUpperCase(Locale.ROOT).startsWith("P")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
