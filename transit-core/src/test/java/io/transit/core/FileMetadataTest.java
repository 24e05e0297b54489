package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FileMetadataTest {
    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    @ParameterizedTest
    @CsvSource({
        "../film.mkv, video/x-matroska, film.mkv, video/x-matroska",
        "film.mkv, '', film.mkv, application/octet-stream",
        "'', text/plain, download, text/plain",
        "CON, not a type, _CON, application/octet-stream",
    })
    void what_a_stranger_wrote_is_cleaned(String name, String type, String cleanName, String cleanType) {
        var metadata = FileMetadata.of(name, OptionalLong.of(5), type);
        assertThat(metadata).isEqualTo(new FileMetadata(cleanName, OptionalLong.of(5), cleanType));
    }

    @Test
    void a_name_is_enough() {
        assertThat(FileMetadata.named("a/b.txt"))
                .isEqualTo(new FileMetadata("b.txt", UNKNOWN, FileMetadata.UNKNOWN_TYPE));
    }

    /** Long blanks hide a device name until the name is cut. */
    @Test
    void of_never_refuses_a_name() {
        assertThat(FileMetadata.named("CON" + " ".repeat(300) + "x.txt").name()).isEqualTo("_CON.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", ".hidden", "CON", "a\nb", "a\u202Eb", "e\u0301", "trailing "})
    void a_name_that_is_not_clean_is_refused(String name) {
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(() -> new FileMetadata(name, UNKNOWN, "text/plain"))
                .satisfies(e -> assertThat(e.field()).isEqualTo("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "text/", "text/plain\r\n"})
    void a_type_that_is_not_well_formed_is_refused(String type) {
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(() -> new FileMetadata("a", UNKNOWN, type))
                .satisfies(e -> assertThat(e.field()).isEqualTo("type"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void a_negative_size_is_refused(long size) {
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(() -> FileMetadata.of("a", OptionalLong.of(size), "text/plain"))
                .satisfies(e -> assertThat(e.field()).isEqualTo("size"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Long.MAX_VALUE})
    void any_other_size_is_taken(long size) {
        assertThat(FileMetadata.of("a", OptionalLong.of(size), "text/plain").size())
                .hasValue(size);
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/, ''",
        "photos, photos",
        "photos/2024/, photos/2024",
        "/photos//2024, photos/2024",
        "../../etc, etc",
        "./a/./b/.., a/b",
        "'C:\\Users\\me', C_/Users/me",
        ".git/CON, git/_CON",
        "a /... / b, a/b",
    })
    void a_folder_is_cleaned_segment_by_segment(String given, String expected) {
        FileMetadata file = FileMetadata.named("x.txt").inFolder(given);
        assertThat(file.folder()).isEqualTo(expected);
        assertThat(file.path()).isEqualTo(expected.isEmpty() ? "x.txt" : expected + "/x.txt");
        assertThat(file.inFolder(file.folder())).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "a/", "/a", "a//b", "a/../b", ".", "a\\b", "a/CON", "a\nb", "a\u202Eb/c"})
    void a_folder_that_is_not_clean_is_refused(String folder) {
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(() -> new FileMetadata("a", UNKNOWN, "text/plain", folder, Optional.empty()))
                .satisfies(e -> assertThat(e.field()).isEqualTo("folder"));
    }

    @Test
    void a_folder_that_is_too_deep_is_refused() {
        FileMetadata file = FileMetadata.named("a");
        assertThat(file.inFolder("abc/".repeat(1_000)).folder()).hasSize(3_999);
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(() -> file.inFolder("abc/".repeat(1_001)))
                .satisfies(e -> assertThat(e.field()).isEqualTo("folder"));
    }

    @Test
    void a_time_is_cut_to_whole_milliseconds() {
        Instant time = Instant.parse("2024-02-29T12:34:56.789Z");
        assertThat(FileMetadata.named("a").withModified(time.plusNanos(999_999)).modified())
                .contains(time);
        assertThat(FileMetadata.named("a").modified()).isEmpty();
    }

    @Test
    void a_time_that_no_archive_can_write_is_not_known() {
        FileMetadata file = FileMetadata.named("a").withModified(Instant.EPOCH);
        assertThat(file.withModified(Instant.MAX).modified()).isEmpty();
        assertThat(file.withModified(Instant.MIN).modified()).isEmpty();
        assertThat(file.withModified(Instant.ofEpochMilli(Long.MAX_VALUE)).modified())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-01-01T00:00:00.000000001Z", "+10000-01-01T00:00:00Z", "0000-12-31T23:59:59Z"})
    void a_time_that_is_not_clean_is_refused(Instant time) {
        assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(() -> new FileMetadata("a", UNKNOWN, "text/plain", "", Optional.of(time)))
                .satisfies(e -> assertThat(e.field()).isEqualTo("modified"));
    }
}
