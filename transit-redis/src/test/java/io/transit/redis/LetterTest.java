package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.InterruptReason;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one node writes another reads, even if that is of an earlier version. */
class LetterTest {
    private static final int LEFT = InterruptReason.RECEIVER_LEFT.code();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Long.MAX_VALUE})
    void a_receiver_that_leaves_says_how_far_it_came(long position) {
        var letter = new Letter.Leave("guest", position);
        assertThat(Letter.write(letter)).isEqualTo("leave guest " + position);
        assertThat(Letter.read(Letter.write(letter))).isEqualTo(letter);
        assertThat(Letter.read("leave guest")).isEqualTo(new Letter.Leave("guest"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Long.MAX_VALUE})
    void a_sender_that_is_paused_reads_how_far_its_receiver_came(long position) {
        var letter = new Letter.Paused(InterruptReason.RECEIVER_LEFT, OptionalLong.of(position), false);
        assertThat(Letter.write(letter)).isEqualTo("paused " + LEFT + " " + position);
        assertThat(Letter.read(Letter.write(letter))).isEqualTo(letter);
    }

    @Test
    void a_sender_that_is_paused_reads_whether_its_receiver_has_its_part() {
        var letter = new Letter.Paused(InterruptReason.RECEIVER_LEFT, OptionalLong.of(7), true);
        assertThat(Letter.write(letter)).isEqualTo("paused " + LEFT + " 7 completed");
        assertThat(Letter.read(Letter.write(letter))).isEqualTo(letter);
    }

    @Test
    void an_earlier_version_does_not_say_how_far_the_receiver_came() {
        var letter = new Letter.Paused(InterruptReason.RECEIVER_LEFT, OptionalLong.empty(), false);
        assertThat(Letter.read("paused " + LEFT)).isEqualTo(letter);
        assertThat(Letter.read(Letter.write(letter))).isEqualTo(letter);
    }
}
