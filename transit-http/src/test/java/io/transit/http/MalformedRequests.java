package io.transit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of {@code src/test/resources/http}. */
final class MalformedRequests {
    private static final Pattern TIMES = Pattern.compile("\\{(\\d+)\\*([^}]+)}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|[rnt0\\\\])");
    private static final String END = "\\F";
    private static final String HEADING = "# ---- ";

    private MalformedRequests() {}

    /**
     * A line of a table.
     *
     * @param expected what comes of it
     * @param name what is wrong with it
     * @param wire one character for each byte
     * @param ends whether the client sends no more then, and says so
     */
    record Row(String expected, String name, String wire, boolean ends) {}

    /** Reads a table: its rows, in parts that have a heading each. */
    static Map<String, List<Row>> read(String table) {
        Map<String, List<Row>> parts = new LinkedHashMap<>();
        List<Row> part = new ArrayList<>();
        for (String line : lines(table)) {
            if (line.startsWith(HEADING)) {
                part = new ArrayList<>();
                parts.put(line.substring(HEADING.length()), part);
            } else if (!line.startsWith("#")) {
                part.add(row(line));
            }
        }
        return parts;
    }

    private static List<String> lines(String table) {
        try {
            return Files.readAllLines(Path.of("src/test/resources/http", table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] columns = line.split(" \\| ", 3);
        boolean ends = columns[2].endsWith(END);
        String wire = ends ? columns[2].substring(0, columns[2].length() - END.length()) : columns[2];
        String whole = TIMES.matcher(wire)
                .replaceAll(times -> Matcher.quoteReplacement(times.group(2).repeat(Integer.parseInt(times.group(1)))));
        String bytes = ESCAPE.matcher(whole).replaceAll(escape -> Matcher.quoteReplacement(character(escape.group(1))));
        return new Row(columns[0], columns[1], bytes, ends);
    }

    private static String character(String escape) {
        return switch (escape.charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '0' -> "\0";
            case 'x' ->
                new String(new byte[] {(byte) Integer.parseInt(escape.substring(1), 16)}, StandardCharsets.ISO_8859_1);
            default -> escape;
        };
    }
}
