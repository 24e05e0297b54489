package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
}
