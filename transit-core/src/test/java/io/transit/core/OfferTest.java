package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Offers and the claims on them. */
@Timeout(60)
class OfferTest {
    private static final TransferId ID = new TransferId("id");
    private static final FileMetadata FILE = FileMetadata.named("file.txt");
    private static final Offer PLAIN = Offer.of(ID, FILE);

    @Test
    void the_plainest_offer_is_one_file_for_one_receiver() {
        assertThat(PLAIN).isEqualTo(new Offer(ID, List.of(FILE), false, 1, false, Duration.ofMinutes(15)));
    }

    @Test
    void each_part_is_added_alone() {
        assertThat(PLAIN.withSeekable().withReceivers(3).withDigest().withPatience(Duration.ofNanos(1)))
                .isEqualTo(new Offer(ID, List.of(FILE), true, 3, true, Duration.ofNanos(1)));
    }

    @Test
    void what_cannot_be_offered_is_refused() {
        assertRejected("files", () -> new Offer(ID, List.of(), false, 1, false, Duration.ofMinutes(15)));
        assertRejected("receivers", () -> PLAIN.withReceivers(0));
        assertRejected("receivers", () -> PLAIN.withReceivers(-1));
        assertRejected("patience", () -> PLAIN.withPatience(Duration.ZERO));
        assertRejected("patience", () -> PLAIN.withPatience(Duration.ofNanos(-1)));
    }

    @Test
    void files_are_copied() {
        List<FileMetadata> files = new ArrayList<>(List.of(FILE));
        var offer = new Offer(ID, files, false, 1, false, Offer.DEFAULT_PATIENCE);
        files.clear();
        assertThat(offer.files()).containsExactly(FILE);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "1 2 3, 6", "9223372036854775807 0, 9223372036854775807"})
    void its_size_is_that_of_all_files(String sizes, long sum) {
        assertThat(offer(sizes).size()).hasValue(sum);
    }

    @Test
    void the_size_of_one_file_may_be_unknown_those_of_several_may_not() {
        assertThat(PLAIN.size()).isEmpty();
        var known = FileMetadata.of("a", OptionalLong.of(1), "text/plain");
        var files = List.of(known, FILE, known);
        assertRejected("files", () -> new Offer(ID, files, false, 1, false, Offer.DEFAULT_PATIENCE));
    }

    @Test
    void the_plainest_claim_is_for_the_whole_file() {
        assertThat(Claim.of(ID)).isEqualTo(new Claim(ID, 0, false, Optional.empty()));
        assertThat(Claim.of(ID).from(7).withDigest()).isEqualTo(new Claim(ID, 7, true, Optional.empty()));
        assertThat(Claim.of(ID).withDigest().from(7)).isEqualTo(new Claim(ID, 7, true, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void a_claim_begins_at_a_byte(long offset) {
        assertRejected("offset", () -> Claim.of(ID).from(offset));
    }

    private static Offer offer(String sizes) {
        LongStream each = Arrays.stream(sizes.split(" ")).mapToLong(Long::parseLong);
        List<FileMetadata> files = each.mapToObj(size -> FileMetadata.of("a", OptionalLong.of(size), "text/plain"))
                .toList();
        return new Offer(ID, files, false, 1, false, Offer.DEFAULT_PATIENCE);
    }

    private static void assertRejected(String field, ThrowingCallable call) {
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
}
