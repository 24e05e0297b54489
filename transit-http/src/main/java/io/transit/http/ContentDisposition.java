package io.transit.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The header that makes a client save under a name: RFC 6266, with RFC 8187 for what is not ASCII. */
final class ContentDisposition {
    private static final Pattern TOKEN = Pattern.compile("[!#$&+.^_`|~0-9A-Za-z-]+");
    private static final String ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~";
    private static final String REPLACED_IN_QUOTES = "%\"\\;";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private ContentDisposition() {}

    /** The header's value, for a name that is clean already. */
    static String attachment(String name) {
        if (TOKEN.matcher(name).matches()) {
            return "attachment; filename=" + name;
        }
        String plain = plain(name);
        String quoted = "attachment; filename=\"" + plain + "\"";
        return plain.equals(name) ? quoted : quoted + "; filename*=UTF-8''" + encoded(name);
    }

    /** What a client makes do with that knows no more than ASCII. */
    private static String plain(String name) {
        var text = new StringBuilder(name.length());
        name.codePoints()
                .map(c -> c < ' ' || c > '~' || REPLACED_IN_QUOTES.indexOf(c) >= 0 ? '_' : c)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static String encoded(String name) {
        var text = new StringBuilder(name.length() * 3);
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || ATTRIBUTE_CHARACTERS.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append('%').append(HEX.toHexDigits(b));
            }
        }
        return text.toString();
    }
}
