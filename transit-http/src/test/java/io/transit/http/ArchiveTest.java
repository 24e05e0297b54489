package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.transit.core.FileMetadata;
import io.transit.http.Archive.Place;
import io.transit.http.Checksums.Mark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives by themselves: other programs read them in ArchiveIT. */
class ArchiveTest {
    private static final Instant CHANGED = Instant.parse("2024-02-29T12:34:57.890Z");
    private static final int[] SIZES = {0, 1, 511, 512, 513, 0, 70_000, 0};

    @TempDir
    Path home;

    static List<ArchiveFormat> formats() {
        return List.of(ArchiveFormat.ZIP, ArchiveFormat.TAR);
    }

    private static List<FileMetadata> files(int... sizes) {
        return IntStream.range(0, sizes.length)
                .mapToObj(i -> FileMetadata.of("né-" + i, OptionalLong.of(sizes[i]), FileMetadata.UNKNOWN_TYPE)
                        .inFolder("folder")
                        .withModified(CHANGED))
                .toList();
    }

    private static byte[] bytes(int... sizes) {
        return SeekingSender.payload(IntStream.of(sizes).sum());
    }

    /** Makes the rest of an archive from some byte on, of content that comes and is taken in pieces. */
    private static byte[] rest(
            Archive archive, Checksums sums, long firstByte, byte[] content, IntUnaryOperator pieces, int upTo)
            throws IOException {
        Place place = archive.place(firstByte);
        Mark from = archive.hasChecksums() ? sums.nearest(place) : new Mark(place, 0);
        var out = new ByteArrayOutputStream();
        WritableByteChannel target = Channels.newChannel(out);
        var channel = new ArchiveChannel(archive, sums, from, firstByte, new Taking(target, pieces));
        int at = (int) archive.streamed(from.place());
        while (at < upTo) {
            int length = pieces.applyAsInt(upTo - at);
            at += channel.write(ByteBuffer.wrap(content, at, length));
        }
        if (upTo == content.length) {
            channel.finish();
        }
        return out.toByteArray();
    }

    private record Taking(WritableByteChannel target, IntUnaryOperator pieces) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int length = pieces.applyAsInt(bytes.remaining());
            int count = target.write(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static byte[] whole(ArchiveFormat format, byte[] content, int... sizes) throws IOException {
        Archive archive = Archive.of(format, files(sizes));
        return rest(archive, new Checksums(sizes.length), 0, content, Pieces.whole(), content.length);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void it_is_as_long_as_was_said_before(ArchiveFormat format) throws IOException {
        for (int[] sizes : new int[][] {{0}, {1}, {0, 0}, {512, 0}, SIZES}) {
            assertThat(whole(format, bytes(sizes), sizes))
                    .hasSize(Math.toIntExact(Archive.of(format, files(sizes)).length()));
        }
    }

    @Test
    void a_zip_has_every_byte_under_its_name_with_its_time() throws IOException {
        byte[] content = bytes(SIZES);
        Path path = Files.write(home.resolve("a.zip"), whole(ArchiveFormat.ZIP, content, SIZES));
        try (var zip = new ZipFile(path.toFile())) {
            assertThat(zip.size()).isEqualTo(SIZES.length);
            int at = 0;
            for (int i = 0; i < SIZES.length; i++) {
                ZipEntry entry = zip.getEntry("folder/né-" + i);
                assertThat(zip.getInputStream(entry).readAllBytes())
                        .isEqualTo(Arrays.copyOfRange(content, at, at + SIZES[i]));
                assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(CHANGED.minusMillis(890));
                at += SIZES[i];
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void its_rest_from_any_byte_is_the_rest_whatever_is_known_of_the_checksums(ArchiveFormat format)
            throws IOException {
        int[] sizes = {0, 3, 0, 600, 20, 0};
        byte[] content = bytes(sizes);
        byte[] whole = whole(format, content, sizes);
        Archive archive = Archive.of(format, files(sizes));
        for (int first = 0; first < whole.length; first++) {
            for (int known : new int[] {0, 2, 300, content.length}) {
                var sums = new Checksums(sizes.length);
                byte[] before = rest(archive, sums, 0, content, Pieces.of(7), known);
                assertThat(before).isEqualTo(Arrays.copyOf(whole, before.length));
                assertThat(rest(archive, sums, first, content, Pieces.of(11), content.length))
                        .as("from " + first + " of " + whole.length)
                        .isEqualTo(Arrays.copyOfRange(whole, first, whole.length));
            }
        }
    }

    @Test
    void the_rest_of_a_zip_begins_at_a_place_that_was_passed_lately() throws IOException {
        int[] sizes = {100, 40 << 20};
        byte[] content = bytes(sizes);
        Archive archive = Archive.of(ArchiveFormat.ZIP, files(sizes));
        var sums = new Checksums(2);
        var random = new Random(1);
        int passed = 30 << 20;
        byte[] before = rest(archive, sums, 0, content, Pieces.upTo(100_000, random), passed);
        byte[] whole = whole(ArchiveFormat.ZIP, content, sizes);
        for (int first : new int[] {before.length - (5 << 20), before.length, before.length + 1}) {
            long wanted = archive.streamed(archive.place(first));
            long from = archive.streamed(sums.nearest(archive.place(first)).place());
            assertThat(from).isBetween(wanted - (1 << 20) - 200_000, wanted);
            assertThat(rest(archive, sums, first, content, Pieces.upTo(100_000, random), content.length))
                    .isEqualTo(Arrays.copyOfRange(whole, first, whole.length));
        }
    }

    @Test
    void what_is_too_large_for_32_bits_is_in_zip64() {
        long gib = 1L << 30;
        List<FileMetadata> files = Stream.of(0xffff_fffeL, 0xffff_ffffL, 6 * gib, 1L)
                .map(size -> FileMetadata.of("a", OptionalLong.of(size), FileMetadata.UNKNOWN_TYPE))
                .toList();
        Archive archive = Archive.of(ArchiveFormat.ZIP, files);

        assertThat(archive.behind(0, 1)).hasSize(16);
        assertThat(archive.behind(1, 1)).hasSize(24);
        assertThat(archive.before(1)).hasSize(30 + "a (2)".length() + 20);
        assertThat(archive.end(new int[4]))
                .contains(new byte[] {0x50, 0x4b, 6, 6})
                .contains(new byte[] {0x50, 0x4b, 6, 7});
        Place place = archive.place(7 * gib);
        assertThat(place.file()).isEqualTo(1);
        assertThat(archive.position(place)).isEqualTo(7 * gib);
        assertThat(archive.place(archive.length() - 1)).isEqualTo(new Place(3, 1));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void it_is_not_made_of_fewer_or_more_bytes_than_the_files_have(ArchiveFormat format) throws IOException {
        Archive archive = Archive.of(format, files(3, 3));
        var out = new ByteArrayOutputStream();
        var channel = new ArchiveChannel(archive, new Checksums(2), Mark.START, 0, Channels.newChannel(out));
        while (out.size() < archive.length()) {
            assertThatIOException().isThrownBy(channel::finish);
            channel.write(ByteBuffer.allocate(1));
        }
        channel.finish();
        assertThatIOException().isThrownBy(() -> channel.write(ByteBuffer.allocate(1)));
    }
}
