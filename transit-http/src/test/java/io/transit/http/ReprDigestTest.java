package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code Want-Repr-Digest} means (RFC 9530 section 4), which is a dictionary (RFC 9651 section 3.2). */
@Timeout(60)
class ReprDigestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256",
                "sha-256=1",
                "sha-256=10",
                " sha-256=3 ",
                "sha-512=3, sha-256=10, unixsum=0",
                "sha-512=3,sha-256=10",
                "sha-512=3\t,\tsha-256=10",
                "sha-256=10;q=0.5",
                "sha-256=10; a;b=\"x, sha-256=0\"",
                "a, sha-256=1",
                "a;b, sha-256=1",
                "a=\"sha-256=0, \\\" \\\\\", sha-256=1",
                "a=:AAAA==:, b=?1, c=@-12, d=tok/en:*, e=-1.5, f=%\"x\", *g=1, sha-256=1",
                "a=(), b=(1 2), c=( \"x\";y  tok ), sha-256=1",
                "sha-256=0, sha-256=1",
            })
    void it_asks(String preferences) {
        assertThat(ReprDigest.isWanted(preferences)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256=0",
                "sha-512=10",
                "sha-256=1, sha-256=0",
                "a=\"sha-256=1\"",
                "a=(sha-256 1)",
                "xsha-256=1",
                "sha-256x=1",
                "a;sha-256=1"
            })
    void it_does_not_ask(String preferences) {
        assertThat(ReprDigest.isWanted(preferences)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-256=?0", "sha-256=-1", "sha-256=1.5", "sha-256=\"1\"", "sha-256=(1)", "sha-256=a"})
    void what_is_no_preference_does_not_count(String preferences) {
        assertThat(ReprDigest.isWanted(preferences)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=1,",
                ",sha-256=1",
                "a,,sha-256=1",
                "sha-256=1 a",
                "sha-256 = 1",
                "SHA-256=1",
                "sha-256=1;",
                "sha-256=",
                "sha-256=1, a=\"",
                "sha-256=1, a=(1",
                "sha-256=1, a=(1(2))",
                "sha-256=1234567890123456",
                "sha-256=1, \u00e9"
            })
    void what_is_no_dictionary_says_nothing(String preferences) {
        assertThat(ReprDigest.isWanted(preferences)).isFalse();
    }

    @Test
    void A12_long_nonsense_costs_little() {
        for (String part : new String[] {"a,", "a;", "(", " ", "\"", "\\", "a=(1 ", "a=", "1", ";a=1"}) {
            long start = System.nanoTime();
            assertThat(ReprDigest.isWanted("a=(" + part.repeat(8_000))).isFalse();
            assertThat(ReprDigest.isWanted("a=\"" + part.repeat(8_000))).isFalse();
            assertThat(ReprDigest.isWanted("a;" + part.repeat(8_000) + "!")).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
