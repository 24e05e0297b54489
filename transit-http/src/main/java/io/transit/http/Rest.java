package io.transit.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.transit.core.Token;
import io.transit.core.TransferException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a sender goes on with whose transfer was interrupted: {@code PUT /{id}/{name}?token=…}, with a {@code Content-Range}
 * (RFC 9110 section 14.5) unless it begins again with the first byte.
 *
 * @param token of the transfer that was interrupted
 * @param firstByte the first byte of the file that is in the body
 * @param size of the whole file
 */
record Rest(Token token, long firstByte, long size) {
    private static final String PARAMETER = "token";
    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

    /**
     * Reads it from a request's head.
     *
     * @return empty if the body is the whole file, and was sent to nobody before
     * @throws Refusal if a part is sent that nobody could make a file of
     */
    static Optional<Rest> of(Exchange exchange, BodyFraming framing) {
        Optional<String> range = exchange.header(HeaderNames.CONTENT_RANGE);
        Optional<String> token = exchange.parameter(PARAMETER);
        if (token.isEmpty()) {
            requireWhole(range, framing);
            return Optional.empty();
        }
        if (!(framing instanceof BodyFraming.Length(long bytes))) {
            throw refusal("what has no known length, as a pipe, cannot go on where it was interrupted; send it anew");
        }
        return Optional.of(
                range.isEmpty() ? new Rest(token(token.get()), 0, bytes) : of(token(token.get()), range.get(), bytes));
    }

    private static Rest of(Token token, String range, long bytes) {
        Matcher numbers = RANGE.matcher(range);
        if (!numbers.matches()) {
            throw refusal("a rest is sent with Content-Range: bytes N-M/S");
        }
        long first = Long.parseLong(numbers.group(1));
        long last = Long.parseLong(numbers.group(2));
        long size = Long.parseLong(numbers.group(3));
        if (last != size - 1 || last - first + 1 != bytes) {
            throw refusal("this Content-Range is not that of a body which is the rest of a file");
        }
        return new Rest(token, first, size);
    }

    private static Token token(String value) {
        try {
            return new Token(value);
        } catch (TransferException.Rejected e) {
            throw refusal("token: " + e.getMessage());
        }
    }

    /** A receiver would take a part for the file. */
    private static void requireWhole(Optional<String> range, BodyFraming framing) {
        long bytes = framing instanceof BodyFraming.Length(long length) ? length : 0;
        String whole = "bytes 0-" + (bytes - 1) + "/" + bytes;
        if (range.filter(it -> !it.equals(whole)).isPresent()) {
            throw refusal(
                    "the rest of a file can be sent only with the ?token= of its transfer, which the link came with");
        }
    }

    private static Refusal refusal(String why) {
        return new Refusal(Status.BAD_REQUEST_400, why);
    }
}
