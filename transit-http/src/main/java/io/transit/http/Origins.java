package io.transit.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whose page a request comes from (RFC 6454). Scripts of any page may open a WebSocket here, and a browser does not ask
 * first, so the header that it cannot forge decides. Programs that are no browsers send none.
 */
final class Origins {
    private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.-]*://");

    /** Of {@code http} and {@code https}; which of the two a proxy took in front of us we do not know. */
    private static final Pattern DEFAULT_PORT = Pattern.compile(":(80|443)$");

    private Origins() {}

    /** Whether a page of another host or port made the request. The scheme does not count: TLS ends at proxies. */
    static boolean isForeign(Headers headers) {
        List<String> hosts = headers.all(HeaderNames.HOST, List::of);
        return headers.all(HeaderNames.ORIGIN, List::of).stream()
                .anyMatch(origin -> hosts.size() != 1 || !isOf(hosts.get(0), origin));
    }

    private static boolean isOf(String host, String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String authority = SCHEME.matcher(lower).replaceFirst("");
        return !authority.equals(lower) && withoutPort(authority).equals(withoutPort(host.toLowerCase(Locale.ROOT)));
    }

    private static String withoutPort(String authority) {
        return DEFAULT_PORT.matcher(authority).replaceFirst("");
    }
}
