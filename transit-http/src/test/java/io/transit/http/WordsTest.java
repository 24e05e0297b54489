package io.transit.http;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** What the pages say, in each language. */
class WordsTest {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern ELEMENT =
            Pattern.compile("<(\\w+)[^>]* data-words=\"([a-z-]+)\"[^>]*>(.*?)</\\1>", Pattern.DOTALL);
    private static final Pattern LABEL =
            Pattern.compile("<[^>]* (?:alt|aria-label)=\"([^\"]+)\" data-label=\"([a-z-]+)\"");
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    /** Names of keys, where a script picks one. */
    private static final Pattern IN_SCRIPT = Pattern.compile("'([a-z]+(?:-[a-z]+)*)'");

    /** The texts of a language, which are JSON in all but the first and the last line. */
    private static Map<String, String> words(String language) throws IOException {
        String module = read("web/words/" + language + ".js");
        assertThat(module).startsWith("export default {\n").endsWith("\n};\n");
        var words = new LinkedHashMap<String, String>();
        try (JsonParser parser = JSON.createParser(
                ObjectReadContext.empty(), module.substring(module.indexOf('{'), module.lastIndexOf(';')))) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
                words.put(key, parser.getString());
            }
        }
        return words;
    }

    private static String read(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(WordsTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Stream<String> translations() {
        return Assets.NAMES.stream()
                .filter(name -> name.startsWith("words/"))
                .map(name -> name.substring("words/".length(), name.indexOf('.')));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("translations")
    void every_language_has_every_text_with_every_place_in_it(String language) throws IOException {
        Map<String, String> english = words("en");
        Map<String, String> translated = words(language);
        assertThat(translated.keySet()).containsExactlyElementsOf(english.keySet());
        english.forEach((key, text) -> {
            String translation = Objects.requireNonNull(translated.get(key));
            assertThat(translation).as(key).isNotBlank();
            assertThat(found(PLACE, translation)).as(key).isEqualTo(found(PLACE, text));
            assertThat(translation.chars().filter(c -> c == '*').count())
                    .as(key)
                    .isEqualTo(text.chars().filter(c -> c == '*').count());
        });
        assertThat(read("web/words.js")).contains(language.equals("en") ? "./words/en.js" : "'" + language + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"send.html", "receive.html"})
    void a_page_says_without_its_scripts_what_it_says_in_English(String page) throws IOException {
        Map<String, String> english = words("en");
        String html = read("page/" + page);
        List<MatchResult> elements = ELEMENT.matcher(html).results().toList();
        assertThat(elements).hasSize((int) html.lines()
                .mapToLong(line -> line.split(" data-words=", -1).length - 1)
                .sum());
        assertThat(elements)
                .isNotEmpty()
                .allSatisfy(element -> assertThat(
                                element.group(3).replaceAll("</?em>", "*").replaceAll("\\s+", " "))
                        .isEqualTo(english.get(element.group(2))));
        assertThat(LABEL.matcher(html).results())
                .isNotEmpty()
                .allSatisfy(element -> assertThat(element.group(1)).isEqualTo(english.get(element.group(2))));
    }

    @Test
    void nothing_is_left_that_no_page_says() throws IOException {
        var used = new StringBuilder();
        for (String page : List.of("send.html", "receive.html")) {
            used.append(Stream.of(ELEMENT, LABEL)
                    .flatMap(pattern -> pattern.matcher(html(page)).results())
                    .map(element -> "'" + element.group(2) + "'")
                    .collect(joining()));
        }
        for (String name : Assets.NAMES) {
            if (name.endsWith(".js") && !name.startsWith("words/")) {
                used.append(read("web/" + name));
            }
        }
        List<String> keys =
                IN_SCRIPT.matcher(used).results().map(key -> key.group(1)).toList();
        assertThat(words("en").keySet())
                .filteredOn(key -> !key.endsWith("-next") || !keys.contains(key.replace("-next", "")))
                .allSatisfy(key -> assertThat(keys).contains(key));
    }

    private static String html(String page) {
        return Template.named(page).text();
    }
}
