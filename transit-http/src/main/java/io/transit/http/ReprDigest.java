package io.transit.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.transit.core.Sha256;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The digest of a file as RFC 9530 has it: whether a client wants one, and how it is told. What a client wants is a
 * dictionary of algorithms and how much it likes each (RFC 9651 section 3.2); one that is malformed says nothing.
 */
final class ReprDigest {
    static final HeaderName NAME = HeaderNames.create("Repr-Digest");

    private static final HeaderName WANT = HeaderNames.create("Want-Repr-Digest");
    private static final String ALGORITHM = "sha-256";

    private static final String KEY = "[a-z*][a-z0-9_.*-]*+";
    private static final String STRING = "\"(?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*+\"";
    private static final String TOKEN = "[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*+";
    private static final String BARE_ITEM =
            "(?:-?+[0-9]{1,15}+(?:\\.[0-9]{1,3}+)?+|@-?+[0-9]{1,15}+|\\?[01]|:[A-Za-z0-9+/=]*+:|" + "%?+" + STRING + "|"
                    + TOKEN + ")";
    private static final String PARAMETERS = "(?:; *+" + KEY + "(?:=" + BARE_ITEM + ")?+)*+";
    private static final String ITEM = BARE_ITEM + PARAMETERS;
    private static final String INNER_LIST = "\\( *+(?:" + ITEM + "(?: ++|(?=\\))))*+\\)";

    private static final Pattern MEMBER =
            Pattern.compile("(" + KEY + ")(?:=(" + BARE_ITEM + "|" + INNER_LIST + "))?+" + PARAMETERS);
    private static final Pattern COMMA = Pattern.compile("[ \\t]*+,[ \\t]*+");
    private static final Pattern ABOVE_ZERO = Pattern.compile("0*[1-9][0-9]*");

    private ReprDigest() {}

    /** Whether the client asks for the SHA-256 of the file, in the address or in a header. */
    static boolean isWanted(Exchange exchange) {
        return exchange.hasParameter("digest")
                || exchange.list(WANT).filter(ReprDigest::isWanted).isPresent();
    }

    /** Whether such a preference names SHA-256. */
    static boolean isWanted(String preferences) {
        String text = preferences.strip();
        Matcher member = MEMBER.matcher(text);
        Matcher comma = COMMA.matcher(text);
        boolean wanted = false;
        int at = 0;
        while (member.region(at, text.length()).lookingAt()) {
            if (member.group(1).equals(ALGORITHM)) {
                // Of several the last one counts; one without a value is meant to be true.
                wanted = member.group(2) == null
                        || ABOVE_ZERO.matcher(member.group(2)).matches();
            }
            if (member.end() == text.length()) {
                return wanted;
            }
            if (!comma.region(member.end(), text.length()).lookingAt()) {
                return false;
            }
            at = comma.end();
        }
        return false;
    }

    /** Whether the client takes what follows a body (RFC 9110 section 10.1.4). */
    static boolean canFollow(Exchange exchange) {
        return exchange.list(HeaderNames.TE).stream()
                .flatMap(codings -> Stream.of(codings.split(",", -1)))
                .anyMatch(coding -> coding.strip().equalsIgnoreCase("trailers"));
    }

    static Header of(Sha256 digest) {
        return HeaderValues.create(NAME, ALGORITHM + "=:" + Base64.getEncoder().encodeToString(digest.bytes()) + ":");
    }
}
