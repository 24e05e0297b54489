package io.transit.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxies in front of us that are believed what they say of their clients, and nobody else: {@code X-Forwarded-For} and
 * {@code X-Forwarded-Proto}, or, if there is neither, {@code Forwarded} (RFC 7239). Each proxy adds to the end of a list, so that
 * it is read from there: the first address that is no proxy of ours is the client, whatever stands before it.
 *
 * @param trusted where they are
 */
record Proxies(List<AddressRange> trusted) {
    private static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");

    private static final Pattern FOR = pair("for");
    private static final Pattern PROTO = pair("proto");

    /** What a node is called beside its address: a port, and brackets around an address of IPv6. */
    private static final Pattern BRACKETS = Pattern.compile("\\[(.*)](:.*)?");

    private static final Pattern PORT = Pattern.compile("([0-9.]+):[0-9]+");

    private static Pattern pair(String name) {
        return Pattern.compile("(?i)(?:^|[;\\s])" + name + "=(\"[^\"]*\"|[^\";,\\s]*)");
    }

    /** Whether this address is one of theirs. */
    boolean contains(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** Returns who is behind a connection. */
    Client clientOf(Client peer, Headers headers) {
        if (!contains(peer.address())) {
            return peer;
        }
        boolean older = headers.contains(HeaderNames.X_FORWARDED_FOR) || headers.contains(FORWARDED_PROTO);
        List<String> hops = older ? list(headers, HeaderNames.X_FORWARDED_FOR) : forwarded(headers, FOR);
        List<String> schemes = older ? list(headers, FORWARDED_PROTO) : forwarded(headers, PROTO);
        return new Client(
                client(peer.address(), hops),
                schemes.isEmpty()
                        ? peer.isSecure()
                        : schemes.getLast().toLowerCase(Locale.ROOT).equals("https"));
    }

    private InetAddress client(InetAddress peer, List<String> hops) {
        InetAddress known = peer;
        for (String hop : hops.reversed()) {
            Optional<InetAddress> address = address(hop);
            if (address.isEmpty()) {
                return known;
            }
            known = address.get();
            if (!contains(known)) {
                return known;
            }
        }
        return known;
    }

    private static Optional<InetAddress> address(String hop) {
        Matcher bracketed = BRACKETS.matcher(hop);
        Matcher withPort = PORT.matcher(hop);
        if (bracketed.matches()) {
            return AddressRange.literal(bracketed.group(1));
        }
        return AddressRange.literal(withPort.matches() ? withPort.group(1) : hop);
    }

    private static List<String> list(Headers headers, HeaderName name) {
        return headers.all(name, List::of).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    /** Of each element that has it, the value of such a pair. */
    private static List<String> forwarded(Headers headers, Pattern pair) {
        return list(headers, HeaderNames.FORWARDED).stream()
                .map(pair::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1).replace("\"", ""))
                .toList();
    }
}
