package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OfferCodecTest {
    private static final TransferId ID = new TransferId("my-id");
    private static final FileMetadata PLAIN = FileMetadata.of("a.bin", OptionalLong.of(5), "text/plain");

    /** Version, seekable, receivers, digest, patience; one file: its name, size and type. */
    private static final String PLAIN_BYTES = "01" + "00" + "00000001" + "00" + utf("PT15M") + "00000001" + utf("a.bin")
            + "0000000000000005" + utf("text/plain");

    @Test
    void an_offer_comes_back_as_it_was() {
        Instant time = Instant.parse("1969-07-20T20:17:40.123Z");
        var offer = new Offer(
                ID,
                List.of(
                        PLAIN,
                        PLAIN.inFolder("photos/2024").withModified(time),
                        FileMetadata.of("\u65e5\u672c.txt", OptionalLong.of(0), "a/b")
                                .inFolder("\u65e5")),
                true,
                1,
                true,
                Duration.ofSeconds(7));
        assertThat(OfferCodec.decode(ID, OfferCodec.encode(offer))).isEqualTo(offer);
    }

    @Test
    void a_file_of_which_only_name_size_and_type_are_known_is_written_as_ever() {
        Offer offer = Offer.of(ID, PLAIN);
        assertThat(hex(OfferCodec.encode(offer))).isEqualTo(PLAIN_BYTES);
        assertThat(OfferCodec.decode(ID, bytes(PLAIN_BYTES))).isEqualTo(offer);
    }

    @Test
    void what_is_known_beyond_that_stands_behind_all_that_was_ever_there() {
        Offer offer = Offer.of(ID, PLAIN.inFolder("f").withModified(Instant.ofEpochMilli(2)));
        assertThat(hex(OfferCodec.encode(offer))).isEqualTo(PLAIN_BYTES + utf("f") + "0000000000000002");
    }

    @Test
    void an_offer_that_is_cut_off_is_none() {
        assertThatThrownBy(() -> OfferCodec.decode(ID, bytes(PLAIN_BYTES + utf("f") + "00")))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static String utf(String text) {
        return "%04x".formatted(text.length()) + hex(Text.bytes(text));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
