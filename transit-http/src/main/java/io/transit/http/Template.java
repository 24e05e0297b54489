package io.transit.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places in it, written {@code {{so}}}. What is put there is escaped, always: between tags and between the
 * quotes of an attribute it is text and can be nothing else. Only where a plus stands before the name, as in {@code {{+rows}}},
 * goes what another template has made, as it is.
 */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\+?[a-z]+)}}");

    /** Reads one of those in the directory {@code page}, beside this class. */
    static Template named(String name) {
        try (InputStream in = Template.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no template " + name);
            }
            return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills all places. */
    String with(Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), values)));
    }

    private static String value(String place, Map<String, String> values) {
        String value = values.get(place);
        if (value == null) {
            throw new IllegalArgumentException("nothing is said of {{" + place + "}}");
        }
        return place.startsWith("+") ? value : escape(value);
    }

    private static String escape(String value) {
        var escaped = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
