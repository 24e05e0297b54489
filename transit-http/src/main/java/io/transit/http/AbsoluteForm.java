package io.transit.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request's target that is a whole address: what proxies are sent, and what every server has to understand (RFC 9112
 * section 3.2.2).
 *
 * @param authority the host that was meant, whatever the header of that name says
 * @param path begins with a slash
 */
record AbsoluteForm(String authority, String path) {
    /** A user's name in front of the host is there to mislead (RFC 9110 section 4.2.4). */
    private static final Pattern HTTP = Pattern.compile(
            "https?://((?:[a-z0-9._~-]+|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?)(/.*)?", Pattern.CASE_INSENSITIVE);

    /** Takes a target apart, if it is one of that form. */
    static Optional<AbsoluteForm> of(String target) {
        Matcher parts = HTTP.matcher(target);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(new AbsoluteForm(parts.group(1), parts.group(2) == null ? "/" : parts.group(2)));
    }
}
