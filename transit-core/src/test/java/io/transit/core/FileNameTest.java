package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Objects;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code names.tsv} is the specification of what a name becomes. */
@Timeout(60)
class FileNameTest {
    private static final int MAX_BYTES = 200;
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-f]{4}|.)");
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}/\\\\<>:\"|?*]");
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9¹²³])\\s*(\\..*)?");

    static Stream<Arguments> table() throws IOException {
        try (InputStream table = Objects.requireNonNull(FileNameTest.class.getResourceAsStream("/names.tsv"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(row -> Arguments.of(row[0], unescape(row[1]), unescape(row[2])));
        }
    }

    @ParameterizedTest(name = "{0}: {1} becomes {2}")
    @MethodSource("table")
    void a_name_becomes_what_the_table_says(String hazard, String given, String expected) {
        assertThat(FileName.clean(given)).as(hazard).isEqualTo(expected);
        assertThat(FileName.clean(expected)).as(hazard).isEqualTo(expected);
    }

    /** Each name is so many times the stem, then the rest; what is kept is counted in bytes of UTF-8. */
    @ParameterizedTest
    @CsvSource({
        "a, 196, .txt, 200, .txt",
        "a, 197, .txt, 200, .txt",
        "a, 300, .txt, 200, .txt",
        "a, 300, .tar.gz, 200, .gz",
        "a, 300, '', 200, a",
        "é, 300, .txt, 200, .txt",
        "報, 300, .pdf, 199, .pdf",
        "😀, 300, .png, 200, .png",
        "😀, 300, .jpeg, 197, .jpeg",
        "é, 300, a.jpeg, 199, .jpeg",
        "a, 300, .0123456789012345678901234567890, 200, .0123456789012345678901234567890",
        "a, 300, .01234567890123456789012345678901, 200, a",
        "a. , 300, .txt, 199, a.txt",
    })
    void a_long_name_is_cut_before_its_extension(String stem, int times, String rest, int bytes, String end) {
        String name = FileName.clean(stem.repeat(times) + rest);
        assertThat(name).startsWith(stem.strip().substring(0, 1)).endsWith(end);
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSize(bytes);
        assertThat(FileName.clean(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"CON, x.txt, _CON.txt", "con, x, _con", "LPT1, x.c, _LPT1.c", "CON, .txt, _CON"})
    void a_name_that_is_cut_down_to_a_device_is_no_device(String device, String rest, String expected) {
        String name = FileName.clean(device + " ".repeat(300) + rest);
        assertThat(name).startsWith("_" + device);
        assertThat(FileName.clean(name)).isEqualTo(name);
        if (!rest.startsWith(".")) {
            assertThat(name).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void any_text_becomes_a_name_that_is_safe_everywhere(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 4_000; i++) {
            String given = randomText(random);
            String name = FileName.clean(given);
            assertThat(FileName.clean(name)).as(given).isEqualTo(name);
            assertThat(name.getBytes(StandardCharsets.UTF_8).length).as(given).isBetween(1, MAX_BYTES);
            assertThat(HARMFUL.matcher(name).find()).as(given).isFalse();
            assertThat(DEVICE.matcher(name).matches()).as(given).isFalse();
            assertThat(Normalizer.isNormalized(name, Normalizer.Form.NFC))
                    .as(given)
                    .isTrue();
            assertThat(name).as(given).doesNotStartWith(".").doesNotEndWith(".").isEqualTo(name.strip());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void an_extension_is_kept_however_long_the_name(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String extension = "." + "abcdefgh".substring(random.nextInt(7));
            assertThat(FileName.clean("x" + randomText(random) + "y" + extension))
                    .endsWith(extension);
        }
    }

    /** Made of what is known to hurt, repeated so that some of it is long. */
    private static String randomText(Random random) {
        String[] parts = {
            "a",
            ".",
            " ",
            "/",
            "\\",
            "CON",
            "com1",
            "é",
            "e\u0301",
            "報",
            "\uD83D\uDE00",
            "\uD83D",
            "\uDE00",
            "\u202E",
            "\u200B",
            "\r\n",
            "\0",
            "<",
            "\u0338",
            "\u226E",
            "\u00A0",
            "\u1112\u1161",
            "\u11AB",
            "~",
            "$",
            ".txt",
            "\u0085",
            "\u037E",
            "\u0327",
            "¹",
            "_",
            "\uE000",
            "\u2028"
        };
        return Stream.generate(() -> parts[random.nextInt(parts.length)])
                        .limit(1 + random.nextInt(8))
                        .map(part -> part.repeat(random.nextInt(10) == 0 ? random.nextInt(250) : 1))
                        .collect(Collectors.joining())
                + randomCodePoints(random);
    }

    private static String randomCodePoints(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
        }
        return text.toString();
    }

    private static String unescape(String text) {
        return text.equals("(nothing)") ? "" : ESCAPE.matcher(text).replaceAll(FileNameTest::unescape);
    }

    private static String unescape(MatchResult escape) {
        String code = escape.group(1);
        return Matcher.quoteReplacement(
                switch (code) {
                    case "n" -> "\n";
                    case "r" -> "\r";
                    case "t" -> "\t";
                    case "0" -> "\0";
                    case "\\" -> "\\";
                    default -> Character.toString((char) Integer.parseInt(code.substring(1), 16));
                });
    }
}
