package io.transit.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whose page a request comes from (RFC 6454). Scripts of any page may open a WebSocket here, and a browser does not ask
 * first, so the header that it cannot forge decides. Programs that are no browsers send none.
 */
final class Origins {
    private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.-]*://");

    private static final Pattern WEB = Pattern.compile("https?://");

    /** Of {@code http} and {@code https}; which of the two a proxy took in front of us we do not know. */
    private static final Pattern DEFAULT_PORT = Pattern.compile(":(80|443)$");

    private static final HeaderName SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final HeaderName DESTINATION = HeaderNames.create("Sec-Fetch-Dest");

    /** Of what browsers ask for, that which they may save; all else becomes part of a page, or runs. */
    private static final Set<String> SAVED = Set.of("document", "iframe", "empty");

    private Origins() {}

    /** Whether a page of another host or port made the request. The scheme does not count: TLS ends at proxies. */
    static boolean isForeign(Headers headers) {
        List<String> hosts = headers.all(HeaderNames.HOST, List::of);
        return headers.all(HeaderNames.ORIGIN, List::of).stream()
                .anyMatch(origin -> hosts.size() != 1 || !isOf(hosts.get(0), origin));
    }

    /**
     * Returns the address at which the client found us, without a slash at the end. Where TLS ends at a proxy, only the page
     * that makes the request knows that.
     *
     * @param headers of a request that is not {@linkplain #isForeign foreign}
     * @param client who makes it
     */
    static String ours(Headers headers, Client client) {
        return headers.first(HeaderNames.ORIGIN)
                .filter(origin -> WEB.matcher(origin).lookingAt())
                .orElseGet(() -> client.scheme() + "://"
                        + headers.first(HeaderNames.HOST).orElse("localhost"));
    }

    /**
     * Whether a browser wants it as part of a page, or a page of another site does what only a click may do (Fetch Metadata).
     * A click leads to a document, whatever page the link was on.
     */
    static boolean isEmbedding(Headers headers) {
        String destination = headers.first(DESTINATION).orElse("empty").toLowerCase(Locale.ROOT);
        String site = headers.first(SITE).orElse("none").toLowerCase(Locale.ROOT);
        boolean ours = site.equals("same-origin") || site.equals("none");
        return !SAVED.contains(destination) || (!ours && !destination.equals("document"));
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
