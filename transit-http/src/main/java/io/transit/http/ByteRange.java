package io.transit.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a client asks for (RFC 9110 section 14.2). All that can be had is the rest of it, from some byte on:
 * whatever else is asked for is refused, as the whole would spend the link on a client that cannot use that.
 */
final class ByteRange {
    private static final String WHOLE = "bytes=0-";
    private static final Pattern REST = Pattern.compile("(?i:bytes)=([0-9]{1,18})-([0-9]{1,18})?");

    private final String text;
    private final Optional<String> condition;

    private ByteRange(String text, Optional<String> condition) {
        this.text = text;
        this.condition = condition;
    }

    /** What a request asks for; empty for all of it, however it says so. */
    static Optional<ByteRange> of(Exchange exchange) {
        return exchange.list(HeaderNames.RANGE)
                .filter(text -> !text.equals(WHOLE))
                .map(text -> new ByteRange(text, exchange.list(HeaderNames.IF_RANGE)));
    }

    /** Whether the client has said of which file it has the beginning. */
    boolean isOfFile() {
        return condition.isPresent();
    }

    /**
     * Returns the first byte that is wanted.
     *
     * @throws Refusal if this is not the rest of what is to be had
     */
    long firstByte(Representation file) {
        if (!file.resumable()) {
            throw refusal("this file can only be had from its first byte");
        }
        if (condition.isPresent() && !condition.equals(file.tag())) {
            throw refusal("this is not the file that you have the beginning of");
        }
        long size = file.size().orElseThrow();
        Matcher rest = REST.matcher(text);
        if (!rest.matches() || (rest.group(2) != null && Long.parseLong(rest.group(2)) < size - 1)) {
            throw refusal("only the rest of this file can be had, with Range: bytes=N-");
        }
        long first = Long.parseLong(rest.group(1));
        if (first >= size && first > 0) {
            throw refusal("this file has no byte at " + first + ": its size is " + size);
        }
        return first;
    }

    /**
     * Returns an error so that the client cannot take it for something else: curl holds any answer that is as long as the part
     * it has for the whole of which it has all.
     */
    static Page unmistakable(Exchange exchange, Page error) {
        int length = error.text().getBytes(StandardCharsets.UTF_8).length;
        boolean isAsLong = exchange.list(HeaderNames.RANGE)
                .map(REST::matcher)
                .filter(Matcher::matches)
                .filter(rest -> Long.parseLong(rest.group(1)) == length)
                .isPresent();
        return isAsLong ? new Page(error.headers(), error.text() + "\n") : error;
    }

    private static Refusal refusal(String why) {
        return new Refusal(Status.CONFLICT_409, why);
    }
}
