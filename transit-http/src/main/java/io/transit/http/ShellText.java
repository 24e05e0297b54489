package io.transit.http;

import io.transit.core.Offer;
import io.transit.core.Token;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Commands for a terminal to copy. What a stranger wrote is quoted in them for any shell of POSIX, and means only itself. */
final class ShellText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%_+=:,./-]+");

    /** curl would make several names of one with these. */
    private static final Pattern GLOB = Pattern.compile("[\\[\\]{}]");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private ShellText() {}

    /** One word of a command. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** A segment of a path, or a value in a query, percent-encoded as UTF-8. */
    static String encoded(String text) {
        var encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean isPlain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            encoded.append(isPlain ? Character.toString(c) : "%" + HEX.toHexDigits(b));
        }
        return encoded.toString();
    }

    /** How to receive; of a rest, by one who has the beginning in a file of that name. */
    static String receive(String link, Offer offer) {
        String name = offer.files().get(0).name();
        return offer.rest().orElse(0) == 0
                ? "curl -OJ " + quoted(link)
                : "curl -C - -o " + quoted(fileArgument(name)) + " " + quoted(link);
    }

    /**
     * How a sender goes on when its connection breaks.
     *
     * @param origin where this server is
     * @return empty if it cannot: there is nothing to go on with, or nobody knows how much
     */
    static Optional<String> goOn(String origin, Offer offer, Token token) {
        if (offer.size().orElse(0) == 0) {
            return Optional.empty();
        }
        String name = offer.files().get(0).name();
        String bytes = origin + "/api/transfers/" + offer.id() + "/bytes";
        String target = origin + "/" + offer.id() + "/" + encoded(name) + "?token=" + token.value();
        String literally = GLOB.matcher(name).find() ? " -g" : "";
        return Optional.of("curl" + literally + " -C \"$(curl -s " + quoted(bytes) + ")\" -T "
                + quoted(fileArgument(name)) + " " + quoted(target));
    }

    /** A name that begins with a dash would be an option, or the standard input. */
    private static String fileArgument(String name) {
        return name.startsWith("-") ? "./" + name : name;
    }
}
