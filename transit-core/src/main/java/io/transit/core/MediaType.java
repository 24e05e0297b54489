package io.transit.core;

import java.util.regex.Pattern;

/** The form of a media type: RFC 9110 section 8.3.1, with parameters of section 5.6.6. */
final class MediaType {
    private static final int MAX_LENGTH = 255;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED = "\"(?:[\\t !#-\\[\\]-~]|\\\\[\\t -~])*+\"";
    private static final Pattern WELL_FORMED = Pattern.compile(
            TOKEN + "/" + TOKEN + "(?:[ \\t]*;[ \\t]*(?:" + TOKEN + "=(?:" + TOKEN + "|" + QUOTED + "))?)*+");

    private MediaType() {}

    static boolean isWellFormed(String text) {
        return text.length() <= MAX_LENGTH && WELL_FORMED.matcher(text).matches();
    }
}
