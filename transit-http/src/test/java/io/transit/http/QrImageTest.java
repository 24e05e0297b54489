package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The codes are compared with one that was scanned, with its border: qr/scanned.txt. */
@Timeout(60)
class QrImageTest {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");
    private static final String WHITE_INK = "\u001b[38;5;231m";
    private static final String ON_WHITE = "\u001b[48;5;231m";
    private static final String ON_BLACK = "\u001b[48;5;16m";
    private static final String NO_COLOURS = "\u001b[0m";

    @Test
    void the_drawing_is_the_code() throws Exception {
        assertThat(drawn(scanned().svg())).isEqualTo(expected());
    }

    @Test
    void the_drawing_has_nothing_in_it_that_could_run_or_be_fetched() throws Exception {
        Document document = parse(scanned().svg());
        NodeList elements = document.getElementsByTagName("*");
        List<String> names = IntStream.range(0, elements.getLength())
                .mapToObj(i -> elements.item(i).getNodeName())
                .toList();
        assertThat(names).containsExactly("svg", "rect", "path");
        assertThat(scanned().svg()).doesNotContain("style", "href", "url", " on");
    }

    @Test
    void the_text_is_the_code_with_what_is_light_drawn() {
        assertThat(written(scanned().text())).isEqualTo(expected());
    }

    @Test
    void the_text_fits_a_terminal_of_80_by_24_with_what_is_written_around_it() {
        List<String> lines = scanned().text().lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(19);
        assertThat(withoutColours(lines.get(0))).hasSizeLessThan(80);
    }

    @Test
    void the_text_colours_nothing_beside_it() {
        assertThat(scanned().text()).endsWith("\n");
        assertThat(scanned().text().lines())
                .allMatch(line -> line.startsWith(WHITE_INK) && line.endsWith(NO_COLOURS))
                .allMatch(line -> withoutColours(line).matches("[█▀▄ ]+"));
    }

    @Test
    void what_is_wholly_light_is_on_white_and_all_else_on_black() {
        Pattern run = Pattern.compile("(" + Pattern.quote(ON_WHITE) + "█+|" + Pattern.quote(ON_BLACK) + "[▀▄ ]+)+");
        assertThat(scanned().text().lines())
                .map(line -> line.substring(WHITE_INK.length(), line.length() - NO_COLOURS.length()))
                .allMatch(line -> run.matcher(line).matches());
    }

    @Test
    void what_no_code_can_hold_has_none() {
        assertThat(QrImage.of("x".repeat(2953))).isPresent();
        assertThat(QrImage.of("x".repeat(2954))).isEmpty();
    }

    /** The dark modules of a drawing, as lines. */
    private static List<String> drawn(String svg) throws Exception {
        Element root = parse(svg).getDocumentElement();
        int size = Integer.parseInt(root.getAttribute("viewBox").split(" ", -1)[2]);
        Element rectangle = (Element) root.getElementsByTagName("rect").item(0);
        assertThat(rectangle.getAttribute("width")).isEqualTo("" + size);
        assertThat(rectangle.getAttribute("height")).isEqualTo("" + size);
        assertThat(rectangle.getAttribute("fill")).isEqualTo("#fff");
        boolean[][] dark = new boolean[size][size];
        String path = ((Element) root.getElementsByTagName("path").item(0)).getAttribute("d");
        assertThat(RUN.matcher(path).replaceAll("")).isEmpty();
        for (MatchResult run : RUN.matcher(path).results().toList()) {
            assertThat(run.group(4)).isEqualTo(run.group(3));
            for (int i = 0; i < Integer.parseInt(run.group(3)); i++) {
                dark[Integer.parseInt(run.group(2))][Integer.parseInt(run.group(1)) + i] = true;
            }
        }
        return Stream.of(dark).map(QrImageTest::line).toList();
    }

    private static String line(boolean[] dark) {
        var line = new StringBuilder();
        for (boolean module : dark) {
            line.append(module ? '#' : '.');
        }
        return line.toString();
    }

    /** The same of a text; of the last line there is only the upper half. */
    private static List<String> written(String text) {
        List<String> lines = text.lines()
                .map(QrImageTest::withoutColours)
                .flatMap(line -> Stream.of(
                        line.replaceAll("[█▀]", ".").replaceAll("[▄ ]", "#"),
                        line.replaceAll("[█▄]", ".").replaceAll("[▀ ]", "#")))
                .toList();
        assertThat(lines.get(lines.size() - 1)).matches("\\.+");
        return lines.subList(0, lines.size() - 1);
    }

    private static String withoutColours(String line) {
        return Stream.of(WHITE_INK, ON_WHITE, ON_BLACK, NO_COLOURS)
                .reduce(line, (words, colour) -> words.replace(colour, ""));
    }

    private static Document parse(String svg) throws Exception {
        var bytes = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(bytes);
    }

    private static QrImage scanned() {
        return QrImage.of(resource().get(0)).orElseThrow();
    }

    private static List<String> expected() {
        List<String> lines = resource();
        return lines.subList(1, lines.size());
    }

    private static List<String> resource() {
        try (var in = Objects.requireNonNull(QrImageTest.class.getResourceAsStream("/qr/scanned.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
