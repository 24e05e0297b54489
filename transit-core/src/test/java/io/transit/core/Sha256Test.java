package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class Sha256Test {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @ParameterizedTest
    @CsvSource({
        "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "abc, " + ABC,
    })
    void digests_are_those_of_fips_180(String text, String hex) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(text.getBytes(StandardCharsets.US_ASCII));
        Sha256 first = Sha256.of(digest);
        assertThat(first).hasToString(hex);
        assertThat(first.bytes()).isEqualTo(HexFormat.of().parseHex(hex)).hasSize(Sha256.BYTES);
        assertThat(Sha256.of(digest)).as("started anew").isEqualTo(Sha256.of(Sha256.newDigest()));
    }

    @Test
    void its_bytes_are_a_copy() {
        Sha256 digest = new Sha256(ABC);
        digest.bytes()[0] = 0;
        assertThat(digest).isEqualTo(new Sha256(ABC));
        assertThat(digest.bytes()[0]).isEqualTo((byte) 0xba);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ba78", ABC + "00", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"})
    void what_is_not_64_lower_case_digits_is_refused(String hex) {
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(() -> new Sha256(hex))
                .satisfies(e -> assertThat(e.field()).isEqualTo("sha256"));
    }
}
