package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.transit.core.FrameCodec.MalformedRecord;
import io.transit.core.FrameCodec.Sequenced;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden vectors in {@code frames} are the specification of the record; one file each, named by what it shows. */
@Timeout(60)
class FrameCodecTest {
    private static final int VECTORS = 44;
    private static final HexFormat HEX = HexFormat.of();

    static List<Path> vectors() throws IOException, URISyntaxException {
        var folder = Objects.requireNonNull(FrameCodecTest.class.getResource("/frames"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }

    @Test
    void no_vector_is_missing() throws Exception {
        assertThat(vectors()).hasSizeGreaterThanOrEqualTo(VECTORS);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void T4_T8_records_are_read_and_written_as_the_vectors_say(Path file) throws IOException {
        Map<String, String> vector = read(file);
        byte[] record = HEX.parseHex(field(vector, "record"));
        if (field(vector, "expect").equals("malformed")) {
            assertThatExceptionOfType(MalformedRecord.class)
                    .isThrownBy(() -> FrameCodec.decode(ByteBuffer.wrap(record)))
                    .withMessageContaining(field(vector, "error"));
        } else {
            Sequenced expected = new Sequenced(Long.parseLong(field(vector, "sequence")), frame(vector));
            assertThat(FrameCodec.decode(ByteBuffer.wrap(record))).isEqualTo(expected);
            assertThat(encode(expected)).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_frames_come_back_as_they_went(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var sent = new Sequenced(random.nextLong(Long.MAX_VALUE), randomFrame(random));
            assertThat(FrameCodec.decode(ByteBuffer.wrap(encode(sent)))).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_bytes_are_malformed_or_the_only_record_of_their_frame(long seed) {
        var random = new Random(seed);
        int wellFormed = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] record = randomRecord(random);
            try {
                assertThat(encode(FrameCodec.decode(ByteBuffer.wrap(record)))).isEqualTo(record);
                wellFormed++;
            } catch (MalformedRecord refused) {
                assertThat(refused).hasMessageMatching("[ -~]+");
            }
        }
        assertThat(wellFormed).isPositive();
    }

    @Test
    void only_what_lies_between_position_and_limit_is_the_record() {
        ByteBuffer around = ByteBuffer.wrap(HEX.parseHex("ffff" + "00000000000000000161" + "ffff"))
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(2)
                .limit(12);
        assertThat(FrameCodec.decode(around)).isEqualTo(new Sequenced(1, data("61")));
        assertThat(around.position()).isEqualTo(2);
        assertThat(around.limit()).isEqualTo(12);
    }

    @Test
    void a_record_is_written_at_the_position_and_the_payload_stays_unread() {
        ByteBuffer payload =
                ByteBuffer.wrap(HEX.parseHex("00dead00")).position(1).limit(3);
        ByteBuffer target =
                ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).position(3);
        FrameCodec.encode(258, new Frame.Data(payload), target);
        assertThat(target.position()).isEqualTo(14);
        assertThat(HEX.formatHex(target.array(), 3, 14)).isEqualTo("000000000000000102" + "dead");
        assertThat(payload.remaining()).isEqualTo(2);
    }

    @Test
    void payload_is_a_view_of_the_record() {
        byte[] record = HEX.parseHex("00000000000000000161");
        Frame frame = FrameCodec.decode(ByteBuffer.wrap(record)).frame();
        record[9] = 'b';
        assertThat(frame).isEqualTo(data("62"));
    }

    @Test
    void too_little_room_is_refused() {
        ByteBuffer target = ByteBuffer.allocate(10);
        assertThatExceptionOfType(BufferOverflowException.class)
                .isThrownBy(() -> FrameCodec.encode(0, data("dead"), target));
        assertThat(target.position()).isZero();
    }

    @Test
    void a_negative_sequence_number_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrameCodec.encode(-1, data(""), ByteBuffer.allocate(9)))
                .withMessageContaining("-1");
    }

    private static Map<String, String> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split(": ?", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1]));
    }

    private static String field(Map<String, String> vector, String key) {
        return Objects.requireNonNull(vector.get(key), key);
    }

    private static Frame frame(Map<String, String> vector) {
        return switch (field(vector, "expect")) {
            case "data" -> data(field(vector, "payload"));
            case "done" ->
                new Frame.Done(
                        Long.parseLong(field(vector, "total")),
                        vector.containsKey("crc32c")
                                ? OptionalInt.of(HexFormat.fromHexDigits(field(vector, "crc32c")))
                                : OptionalInt.empty(),
                        Optional.ofNullable(vector.get("sha256")).map(Sha256::new));
            case "interrupt" -> new Frame.Interrupt(InterruptReason.valueOf(field(vector, "reason")));
            default -> throw new AssertionError("unknown expectation: " + vector);
        };
    }

    private static Frame data(String hex) {
        return new Frame.Data(ByteBuffer.wrap(HEX.parseHex(hex)));
    }

    private static byte[] encode(Sequenced sequenced) {
        ByteBuffer target = ByteBuffer.allocate(FrameCodec.size(sequenced.frame()));
        FrameCodec.encode(sequenced.sequence(), sequenced.frame(), target);
        assertThat(target.hasRemaining()).isFalse();
        return target.array();
    }

    private static Frame randomFrame(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Frame.Data(ByteBuffer.wrap(randomBytes(random, random.nextInt(100))));
            case 1 ->
                new Frame.Done(
                        random.nextLong(Long.MAX_VALUE),
                        random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty(),
                        random.nextBoolean()
                                ? Optional.of(new Sha256(HEX.formatHex(randomBytes(random, Sha256.BYTES))))
                                : Optional.empty());
            default -> {
                var reasons = InterruptReason.values();
                yield new Frame.Interrupt(reasons[random.nextInt(reasons.length)]);
            }
        };
    }

    /** Half of them are records with one byte changed, cut off or added, which get further than noise. */
    private static byte[] randomRecord(Random random) {
        if (random.nextBoolean()) {
            return randomBytes(random, random.nextInt(70));
        }
        byte[] record = encode(new Sequenced(random.nextLong(Long.MAX_VALUE), randomFrame(random)));
        record[random.nextInt(record.length)] = (byte) random.nextInt();
        return Arrays.copyOf(record, record.length + random.nextInt(3) - 1);
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
