package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TemplateTest {
    private static final String HOSTILE = "<>\"'&;`=/\\${}{{x}}-! \t\n\r\0#0123abcxyz\u00e9\u202e\ud83d\ude00";

    @RepeatedTest(200)
    void A7_what_is_put_in_is_text_and_can_be_nothing_else(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var value = new StringBuilder();
        random.ints(random.nextInt(40), 0, HOSTILE.length()).forEach(i -> value.append(HOSTILE.charAt(i)));

        String filled = new Template("{{x}}").with(Map.of("x", value.toString()));

        assertThat(filled).doesNotContainPattern("[<>\"']").doesNotContainPattern("&(?!(amp|lt|gt|quot|#39);)");
        assertThat(unescaped(filled)).isEqualTo(value.toString());
    }

    @Test
    void a_value_stands_wherever_its_name_does() {
        var template = new Template("<a href=\"{{link}}\">{{name}} {{link}}</a> {no} {{ no }}");
        assertThat(template.with(Map.of("link", "/x?a&b", "name", "$1 \\ it's {{link}}")))
                .isEqualTo("<a href=\"/x?a&amp;b\">$1 \\ it&#39;s {{link}} /x?a&amp;b</a> {no} {{ no }}");
    }

    @Test
    void a_place_of_which_nothing_is_said_is_a_mistake() {
        assertThatThrownBy(() -> new Template("{{name}}").with(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{{name}}");
        assertThatThrownBy(() -> Template.named("no.html")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
