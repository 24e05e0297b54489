package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TokenTest {
    @Test
    void a_token_has_128_random_bits() {
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String value = Token.random().value();
            assertThat(Base64.getUrlDecoder().decode(value)).hasSize(16);
            values.add(value);
        }
        assertThat(values).hasSize(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAA==",
                "AAAAAAAAAAAAAAAAAAAAA+",
                "AAAAAAAAAAAAAAAAAAAAA/",
                "AAAAAAAAAAAAAAAAAAAAA\n",
                "AAAAAAAAAAAAAAAAAAAAAé",
            })
    void what_is_not_a_token_is_refused_and_not_repeated(String value) {
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(() -> new Token(value))
                .satisfies(e -> assertThat(e.field()).isEqualTo("token"))
                .withMessageNotContaining("AAAA");
    }

    @Test
    void a_token_matches_only_its_own_hash() {
        Token token = Token.random();
        assertThat(token.matches(token.hash())).isTrue();
        assertThat(new Token(token.value()).matches(token.hash())).isTrue();
        assertThat(Token.random().matches(token.hash())).isFalse();
    }

    /** The hash of these 22 characters, computed elsewhere: it is stored, so it never changes. */
    @Test
    void a_hash_is_that_of_the_characters() {
        assertThat(new Token("AAAAAAAAAAAAAAAAAAAAAA").hash().hex())
                .isEqualTo("8a5bdb4cc15164126c6ef2668de9dd240d299ce6397a42c95a9411b93d080ed8");
    }

    @Test
    void a_token_is_not_shown_by_accident() {
        Token token = Token.random();
        assertThat(token).asString().doesNotContain(token.value());
        assertThat("" + token).isEqualTo("Token[…]");
    }
}
