package io.transit.app;

/** Keeps a text that somebody else wrote on one line of a log or a terminal. */
final class OneLine {
    private OneLine() {}

    /** Writes what would break or turn a line, or command a terminal, as {@code \}{@code uXXXX}. */
    static String of(String text) {
        var line = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (isShown(c)) {
                line.append((char) c);
            } else {
                line.append(String.format("\\u%04x", c));
            }
        });
        return line.toString();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
