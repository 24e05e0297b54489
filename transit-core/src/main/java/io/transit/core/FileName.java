package io.transit.core;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes of any text a name under which every file system can save, and which no header, log or page can be broken with. */
final class FileName {
    /** What a file is called when nothing is left of its name. */
    static final String NAMELESS = "download";

    private static final int MAX_BYTES = 200;

    /** A longer "extension" is not one; cutting the stem for its sake would leave too little of the name. */
    private static final int MAX_EXTENSION_BYTES = 32;

    private static final String REPLACED = "<>:\"|?*";

    /** What Windows opens as a device, whatever the extension and the case. */
    private static final Pattern DEVICE = Pattern.compile(
            "(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9¹²³])\\s*(\\..*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");

    private FileName() {}

    /** Idempotent: what it returns, it returns again. */
    static String clean(String text) {
        String name = cleanSegment(lastSegment(text));
        return name.isEmpty() ? NAMELESS : name;
    }

    /** Idempotent as well; the segments of which nothing is left, such as {@code ..}, are left out. */
    static String cleanFolder(String text) {
        return SEPARATOR
                .splitAsStream(text)
                .map(FileName::cleanSegment)
                .filter(segment -> !segment.isEmpty())
                .collect(Collectors.joining("/"));
    }

    private static String cleanSegment(String text) {
        String name = Normalizer.normalize(visible(text), Normalizer.Form.NFC);
        name = cut(trim(name));
        // Last, since cutting may bring a device name to light.
        return DEVICE.matcher(name).matches() ? cut("_" + name) : name;
    }

    private static String lastSegment(String text) {
        return text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
    }

    private static String visible(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints().filter(FileName::isKept).forEach(c -> kept.appendCodePoint(isReplaced(c) ? '_' : c));
        return kept.toString();
    }

    /** Drops what nobody sees but a program may obey: controls, bidi and zero-width marks, separators, halves of pairs. */
    private static boolean isKept(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static boolean isReplaced(int c) {
        return REPLACED.indexOf(c) >= 0;
    }

    private static String trim(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && isTrimmed(name.charAt(from))) {
            from++;
        }
        while (to > from && isTrimmed(name.charAt(to - 1))) {
            to--;
        }
        return name.substring(from, to);
    }

    private static boolean isTrimmed(char c) {
        return c == '.' || Character.isSpaceChar(c);
    }

    private static String cut(String name) {
        if (bytes(name) <= MAX_BYTES) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 ? name.substring(dot) : "";
        if (bytes(extension) > MAX_EXTENSION_BYTES) {
            extension = "";
        }
        String stem = name.substring(0, name.length() - extension.length());
        return trim(prefix(stem, MAX_BYTES - bytes(extension))) + extension;
    }

    /** The longest beginning of whole code points that fits. */
    private static String prefix(String text, int maxBytes) {
        int end = 0;
        int used = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            used += bytes(text.substring(end, next));
            if (used > maxBytes) {
                break;
            }
            end = next;
        }
        return text.substring(0, end);
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
