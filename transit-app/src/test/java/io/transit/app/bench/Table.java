package io.transit.app.bench;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown. */
final class Table {
    private Table() {}

    static String of(List<String> head, List<List<String>> rows) {
        var text = new StringBuilder();
        text.append(line(head)).append(line(Collections.nCopies(head.size(), "---")));
        rows.forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
