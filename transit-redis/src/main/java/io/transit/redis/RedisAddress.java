package io.transit.redis;

import io.lettuce.core.RedisURI;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where Redis is, as {@link RedisSettings} tells how that is written. */
sealed interface RedisAddress {
    /**
     * A single server, or the master that Sentinels name.
     *
     * @param uri what is connected to
     */
    record Single(RedisURI uri) implements RedisAddress {
        @Override
        public String shown() {
            return uri.getSentinels().isEmpty()
                    ? hosts(Stream.of(uri))
                    : uri.getSentinelMasterId() + " of the Sentinels " + hosts(uri.getSentinels().stream());
        }
    }

    /**
     * A Cluster.
     *
     * @param seeds any of its nodes, which tell of the others
     */
    record Cluster(List<RedisURI> seeds) implements RedisAddress {
        @Override
        public String shown() {
            return "the Cluster of " + hosts(seeds.stream());
        }
    }

    /** Several hosts make no address of the usual syntax. */
    Pattern PARTS =
            Pattern.compile("[a-z-]+://(?<user>[^@/?#]*@)?(?<hosts>[^@/?#]+)(?<path>/[^?#]*)?(?<query>\\?[^#]*)?");

    /** Returns it without a user or a password, for those who read messages. */
    String shown();

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none; the message tells what is wrong, and no password
     */
    static RedisAddress parse(String text) {
        String scheme = text.substring(0, Math.max(0, text.indexOf(':')));
        return switch (scheme) {
            case "redis", "rediss" -> new Single(single(text));
            case "redis-sentinel", "rediss-sentinel" -> new Single(sentinels(text));
            case "redis-cluster" -> new Cluster(seeds("redis", text));
            case "rediss-cluster" -> new Cluster(seeds("rediss", text));
            default ->
                throw new IllegalArgumentException("the address of Redis begins with none of redis://, rediss://,"
                        + " redis-sentinel://, rediss-sentinel://, redis-cluster:// and rediss-cluster://");
        };
    }

    private static RedisURI single(String text) {
        if (authority(text).contains(",")) {
            throw new IllegalArgumentException(
                    "the address of Redis names several servers: those of a Cluster begin with"
                            + " redis-cluster://, Sentinels with redis-sentinel://");
        }
        return read(text);
    }

    private static RedisURI sentinels(String text) {
        RedisURI uri = read(text);
        parameter(text, "sentinelPassword")
                .ifPresent(password -> uri.getSentinels().forEach(sentinel -> sentinel.setAuthentication(password)));
        return uri;
    }

    /** Each node of a Cluster is written as a server by itself would be. */
    private static List<RedisURI> seeds(String scheme, String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("the address of Redis names no host");
        }
        if (!List.of("", "/", "/0").contains(part(parts, "path"))) {
            throw new IllegalArgumentException(
                    "the address of Redis names a database: a Cluster has no databases but 0");
        }
        return Pattern.compile(",")
                .splitAsStream(part(parts, "hosts"))
                .map(host -> read(scheme + "://" + part(parts, "user") + host + part(parts, "query")))
                .toList();
    }

    private static String part(Matcher parts, String name) {
        return Optional.ofNullable(parts.group(name)).orElse("");
    }

    private static RedisURI read(String text) {
        URI checked = uri(text);
        try {
            RedisURI uri = RedisURI.create(checked);
            // What is no port is taken for a part of the name.
            if (uri.getHost() == null
                    || uri.getHost().startsWith("[")
                    || !uri.getHost().contains(":")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Its message may show the password, and so may that of a cause.
        }
        boolean nameless = text.contains("-sentinel:") && !text.contains("#") && !text.contains("sentinelMasterId=");
        throw new IllegalArgumentException(
                nameless
                        ? "the address of Redis lacks the name of the master, as in redis-sentinel://host:26379,host2:26379#master"
                        : "the address of Redis is not of the form scheme://[[user:]password@]host[:port][/database]"
                                + "[?verifyPeer=FULL, CA or NONE]");
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the address of Redis holds a character that is to be percent-encoded, perhaps in the password");
        }
    }

    private static String authority(String text) {
        return Optional.ofNullable(uri(text).getRawAuthority())
                .orElseThrow(() -> new IllegalArgumentException("the address of Redis names no host"));
    }

    private static Optional<String> parameter(String text, String name) {
        return Pattern.compile("&")
                .splitAsStream(Optional.ofNullable(uri(text).getRawQuery()).orElse(""))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst();
    }

    private static String hosts(Stream<RedisURI> uris) {
        return uris.map(uri -> uri.getHost() + ":" + uri.getPort()).collect(Collectors.joining(", "));
    }
}
