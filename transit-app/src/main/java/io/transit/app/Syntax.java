package io.transit.app;

import io.transit.http.AddressRange;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the value of a key is written.
 *
 * @param right what would be right, to go on after "it must be"
 * @param reader makes a value of a text, or nothing when the text is wrong
 */
record Syntax<T>(String right, Function<String, Optional<T>> reader) {
    /** The word for "there is none". */
    static final String NONE = "none";

    static final Syntax<Duration> TIME = new Syntax<>(
            "a time above zero and up to a year, such as 500ms, 60s, 15m, 2h or PT15M",
            text -> Times.parse(text).filter(Duration::isPositive));

    static final Syntax<Duration> TIME_OR_ZERO =
            new Syntax<>("a time from 0s up to a year, such as 500ms, 60s, 15m, 2h or PT15M", Times::parse);

    /** For what is allocated as one array, or counted by an int. */
    static final Syntax<Integer> SIZE_IN_MEMORY = new Syntax<>(
            "a size from 1 byte to 2147483647, such as 65536, 64 KiB or 8 MB",
            text -> Sizes.parse(text)
                    .filter(size -> size > 0 && size <= Integer.MAX_VALUE)
                    .map(Long::intValue));

    static final Syntax<OptionalLong> SIZE_OR_NONE = new Syntax<>(
            "a size from 1 byte, such as 100 MB or 4 GiB, or none",
            text -> text.equals(NONE)
                    ? Optional.of(OptionalLong.empty())
                    : Sizes.parse(text).filter(size -> size > 0).map(OptionalLong::of));

    static final Syntax<Integer> COUNT = new Syntax<>(
            "a whole number from 1 to 2147483647", text -> number(text).filter(count -> count > 0));

    static final Syntax<Integer> COUNT_OR_ZERO = new Syntax<>("a whole number from 0 to 2147483647", Syntax::number);

    static final Syntax<OptionalInt> COUNT_OR_NONE = new Syntax<>(
            "a whole number from 1 to 2147483647, or none",
            text -> text.equals(NONE)
                    ? Optional.of(OptionalInt.empty())
                    : number(text).filter(count -> count > 0).map(OptionalInt::of));

    static final Syntax<Integer> PORT = new Syntax<>(
            "a port from 1 to 65535, or 0 for any free one",
            text -> number(text).filter(port -> port <= 65_535));

    static final Syntax<String> HOST = new Syntax<>(
            "a host name or an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all",
            text -> Optional.of(text)
                    .filter(Pattern.compile("[A-Za-z0-9._:%-]+").asMatchPredicate()));

    static final Syntax<String> PATH = new Syntax<>(
            "a path such as /share, or / for all",
            text -> Optional.of(text)
                    .filter(Pattern.compile("/|(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?")
                            .asMatchPredicate()));

    static final Syntax<Optional<URI>> REDIS = new Syntax<>(
            "an address such as redis://localhost:6379, rediss://user:password@host:6379/0,"
                    + " redis-sentinel://host:26379,host2:26379#master or redis-cluster://host,host2, or none",
            Syntax::redis);

    /** A Cluster keeps a key where what stands in curly brackets tells it to. */
    static final Syntax<String> PREFIX = new Syntax<>(
            "letters, digits and any of . _ : -",
            text -> Optional.of(text).filter(Pattern.compile("[A-Za-z0-9._:-]+").asMatchPredicate()));

    static final Syntax<Optional<Path>> FILE_OR_NONE =
            new Syntax<>("a file such as /etc/transit/ca.pem, or none", Syntax::file);

    static final Syntax<List<AddressRange>> RANGES_OR_NONE = new Syntax<>(
            "addresses, or ranges of them, with commas between, such as 127.0.0.1,10.0.0.0/8,fd00::/8, or none",
            Syntax::ranges);

    private static final Set<String> REDIS_SCHEMES =
            Set.of("redis", "rediss", "redis-sentinel", "rediss-sentinel", "redis-cluster", "rediss-cluster");

    /** Returns the value, or nothing when the text is wrong. */
    Optional<T> read(String text) {
        return reader.apply(text);
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,18}")
                ? Optional.of(Long.parseLong(text))
                        .filter(n -> n <= Integer.MAX_VALUE)
                        .map(Long::intValue)
                : Optional.empty();
    }

    private static Optional<List<AddressRange>> ranges(String text) {
        if (text.equals(NONE)) {
            return Optional.of(List.of());
        }
        try {
            return Optional.of(Stream.of(text.split(",", -1))
                    .map(String::strip)
                    .map(AddressRange::of)
                    .toList());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Optional<Path>> file(String text) {
        if (text.equals(NONE)) {
            return Optional.of(Optional.empty());
        }
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Optional.of(Path.of(text)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<Optional<URI>> redis(String text) {
        if (text.equals(NONE)) {
            return Optional.of(Optional.empty());
        }
        try {
            URI uri = new URI(text);
            boolean right = REDIS_SCHEMES.contains(String.valueOf(uri.getScheme())) && uri.getRawAuthority() != null;
            return right ? Optional.of(Optional.of(uri)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
