package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.Token;
import io.transit.core.TransferId;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is printed for a terminal to run means what it says, whatever a stranger called the file. */
class ShellTextTest {
    private static final Token TOKEN = new Token("0123456789abcdefABCDEF");
    private static final String START = " -C \"$(curl -s http://h:1/api/transfers/my-id/bytes)\" -T ";

    private static Offer offer(String name, long size) {
        return Offer.of(new TransferId("my-id"), FileMetadata.of(name, OptionalLong.of(size), "text/plain"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "film.mkv,      curl, film.mkv,            film.mkv",
                "a b.txt,       curl, 'a b.txt',           a%20b.txt",
                "it's.txt,      curl, 'it'\\''s.txt',      it%27s.txt",
                "$(id).txt,     curl, '$(id).txt',         %24%28id%29.txt",
                "`a`;b&c#d!e,   curl, '`a`;b&c#d!e',       %60a%60%3Bb%26c%23d%21e",
                "-rf,           curl, ./-rf,               -rf",
                "[1]{a}.txt,    curl -g, '[1]{a}.txt',     %5B1%5D%7Ba%7D.txt",
                "größe.txt,     curl, 'größe.txt',         gr%C3%B6%C3%9Fe.txt"
            })
    void A3_a_command_quotes_what_a_stranger_wrote(String name, String curl, String argument, String segment) {
        assertThat(ShellText.goOn("http://h:1", offer(name, 5), TOKEN))
                .contains(curl + START + argument + " 'http://h:1/my-id/" + segment + "?token=" + TOKEN.value() + "'");
    }

    @Test
    void an_address_is_quoted_too() {
        assertThat(ShellText.goOn("http://$(id)", offer("a", 5), TOKEN))
                .contains("curl -C \"$(curl -s 'http://$(id)/api/transfers/my-id/bytes')\" -T a "
                        + "'http://$(id)/my-id/a?token=" + TOKEN.value() + "'");
    }

    @Test
    void the_rest_is_received_by_one_who_has_the_beginning() {
        assertThat(ShellText.receive("http://h:1/my-id", offer("a b", 5))).isEqualTo("curl -OJ http://h:1/my-id");
        assertThat(ShellText.receive("http://h:1/my-id", offer("a b", 5).withRest(0)))
                .isEqualTo("curl -OJ http://h:1/my-id");
        assertThat(ShellText.receive("http://h:1/my-id", offer("a b", 5).withRest(3)))
                .isEqualTo("curl -C - -o 'a b' http://h:1/my-id");
    }

    @Test
    void what_has_no_known_size_or_no_bytes_has_no_rest() {
        assertThat(ShellText.goOn("http://h:1", offer("a", 0), TOKEN)).isEmpty();
        assertThat(ShellText.goOn("http://h:1", Offer.of(new TransferId("my-id"), FileMetadata.named("a")), TOKEN))
                .isEmpty();
    }
}
