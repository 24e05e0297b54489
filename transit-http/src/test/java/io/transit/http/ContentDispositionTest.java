package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.FileMetadata;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6266, with RFC 8187 for what is not ASCII. */
@Timeout(60)
class ContentDispositionTest {
    private static final int NAMES = 3_000;
    private static final String EXTENDED = "; filename*=UTF-8''";

    @ParameterizedTest
    @ValueSource(strings = {"a", "film.mkv", "a-b_c.tar.gz", "!#$&+.^_`|~", "0"})
    void a_token_stands_bare(String name) {
        assertThat(ContentDisposition.attachment(name)).isEqualTo("attachment; filename=" + name);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "two words.txt,        |attachment; filename=\"two words.txt\"|",
                "a(1).txt,             |attachment; filename=\"a(1).txt\"|",
                "a=b@c,                |attachment; filename=\"a=b@c\"|",
                "it's,                 |attachment; filename=\"it's\"|",
                "a*b,                  |attachment; filename=\"a*b\"|"
            })
    void other_printable_ASCII_stands_in_quotes(String name, String header) {
        assertThat(ContentDisposition.attachment(name)).isEqualTo(header);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "100%,         100_,           100%25",
                "a\"b,         a_b,            a%22b",
                "a\\b,         a_b,            a%5Cb",
                "a;b c,        a_b c,          a%3Bb%20c",
                "%41,          _41,            %2541",
                "it's 5%,      it's 5_,        it%27s%205%25",
                "a*%,          a*_,            a%2A%25",
                "a(1)\u00e9,   a(1)_,          a%281%29%C3%A9",
                "\u65e5\u672c\u8a9e.txt, ___.txt, %E6%97%A5%E6%9C%AC%E8%AA%9E.txt",
                "\ud83d\ude00.png, _.png,      %F0%9F%98%80.png",
                "na\u00efve,   na_ve,          na%C3%AFve"
            })
    void A6_what_quotes_cannot_hold_comes_twice(String name, String plain, String encoded) {
        assertThat(ContentDisposition.attachment(name))
                .isEqualTo("attachment; filename=\"" + plain + "\"" + EXTENDED + encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nSet-Cookie: a=b", "a\0b", "a\u001bb", "a\u007fb", "a\tb", "a\u0085b"})
    void A3_even_a_name_that_was_not_cleaned_stays_in_its_line(String name) {
        assertHeader(name);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void A3_A6_the_header_is_one_line_of_printable_ASCII_and_names_the_file(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < NAMES; i++) {
            String clean = FileMetadata.named(name(random)).name();
            assertHeader(clean);
        }
    }

    private static void assertHeader(String name) {
        String header = ContentDisposition.attachment(name);
        assertThat(header).matches("[ -~]+").startsWith("attachment; filename=");
        if (header.contains(EXTENDED)) {
            String encoded = header.substring(header.indexOf(EXTENDED) + EXTENDED.length());
            assertThat(encoded).matches("([!#$&+.^_`|~0-9A-Za-z-]|%[0-9A-F]{2})+");
            assertThat(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .isEqualTo(name);
        } else {
            assertThat(header)
                    .matches("attachment; filename=(" + Pattern.quote(name) + "|\"" + Pattern.quote(name) + "\")");
        }
    }

    /** Half of it plain, so that every kind of header is met; the rest from anywhere in Unicode. */
    private static String name(Random random) {
        var name = new StringBuilder();
        boolean plain = random.nextBoolean();
        for (int length = 1 + random.nextInt(60); length > 0; length--) {
            name.appendCodePoint(
                    plain || random.nextBoolean()
                            ? ' ' + random.nextInt(95)
                            : random.nextInt(Character.MAX_CODE_POINT + 1));
        }
        return name.toString();
    }
}
