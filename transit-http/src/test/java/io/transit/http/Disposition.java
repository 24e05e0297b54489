package io.transit.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code Content-Disposition} as its grammar has it (RFC 6266 section 4.1, RFC 8187 section 3.2), read strictly.
 *
 * @param type in lower case
 * @param parameters by name in lower case, without what quotes or encodes them
 */
record Disposition(String type, Map<String, String> parameters) {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern TYPE = Pattern.compile(TOKEN);
    private static final Pattern PARAMETER = Pattern.compile(
            "[ \t]*;[ \t]*(" + TOKEN + ")[ \t]*=[ \t]*(?:(" + TOKEN + ")|\"((?:[\t !#-\\[\\]-~]|\\\\[\t -~])*)\")");
    private static final Pattern EXTENDED =
            Pattern.compile("(?i:UTF-8)'[A-Za-z0-9-]*'((?:[!#$&+.^_`|~0-9A-Za-z-]|%\\p{XDigit}{2})*)");

    static Disposition parse(String header) {
        Matcher type = TYPE.matcher(header);
        require(type.lookingAt(), header);
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher parameter = PARAMETER.matcher(header).region(type.end(), header.length());
        int end = type.end();
        while (parameter.lookingAt()) {
            String name = parameter.group(1).toLowerCase(Locale.ROOT);
            String value = parameter.group(3) == null
                    ? parameter.group(2)
                    : parameter.group(3).replaceAll("\\\\(.)", "$1");
            require(parameters.put(name, name.endsWith("*") ? extended(value) : value) == null, header);
            end = parameter.end();
            parameter.region(end, header.length());
        }
        require(end == header.length(), header);
        return new Disposition(type.group().toLowerCase(Locale.ROOT), parameters);
    }

    /** The name that a client saves under which knows all of the RFCs. */
    String name() {
        String plain = parameters.getOrDefault("filename", "");
        return parameters.getOrDefault("filename*", plain);
    }

    /** The name that a client saves under which knows no RFC 8187. */
    String plainName() {
        return parameters.getOrDefault("filename", "");
    }

    private static String extended(String value) {
        Matcher extended = EXTENDED.matcher(value);
        require(extended.matches(), value);
        String text = extended.group(1);
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("not UTF-8: " + text, e);
        }
    }

    private static void require(boolean holds, String header) {
        if (!holds) {
            throw new AssertionError("not a Content-Disposition: " + header);
        }
    }
}
