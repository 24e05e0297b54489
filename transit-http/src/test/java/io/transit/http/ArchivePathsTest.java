package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivePathsTest {
    private static List<FileMetadata> files(String... paths) {
        return Stream.of(paths)
                .map(path -> FileMetadata.of(path, OptionalLong.of(1), FileMetadata.UNKNOWN_TYPE)
                        .inFolder(path.substring(0, Math.max(path.lastIndexOf('/'), 0))))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "a.txt|b/a.txt,             a.txt|b/a.txt",
        "a.txt|a.txt|a.txt,         a.txt|a (2).txt|a (3).txt",
        "a.txt|a (2).txt|a.txt,     a.txt|a (2).txt|a (3).txt",
        "a.txt|a.txt|a (2).txt,     a.txt|a (2).txt|a (2) (2).txt",
        "b.c/a|b.c/a,               b.c/a|b.c/a (2)",
        "a.tar.gz|a.tar.gz,         a.tar.gz|a.tar (2).gz",
        "b|b/a,                     b (2)|b/a",
        "b|b/a/c|b/a,               b (2)|b/a/c|b/a (2)",
        "日本.txt|日本.txt,           日本.txt|日本 (2).txt",
        "A|a,                       A|a"
    })
    void no_two_lie_at_one_place(String paths, String in) {
        assertThat(ArchivePaths.of(files(paths.split("\\|", -1)))).containsExactly(in.split("\\|", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../a",
                "/etc/passwd",
                "..\\..\\a",
                "C:\\a",
                "a/../../b",
                "./a",
                "a//b",
                "\u0000/\u0001",
                "a/b\n"
            })
    void A2_none_leads_out_of_the_folder_in_which_it_is_unpacked(String path) {
        String in = ArchivePaths.of(files(path)).get(0);

        assertThat(in).doesNotStartWith("/").doesNotContain("\\", ":", "\n", "\u0000");
        assertThat(in.split("/", -1)).doesNotContain("", ".", "..");
    }

    @Test
    void many_of_one_name_are_told_apart_in_a_moment() {
        String[] paths = new String[20_000];
        Arrays.fill(paths, "a.txt");

        assertThat(ArchivePaths.of(files(paths))).doesNotHaveDuplicates().contains("a (20000).txt");
    }

    @ParameterizedTest
    @CsvSource({
        "a.txt,                a.txt",
        "b/a.txt,              a.txt",
        "a.txt|c.txt,          transit-my-id",
        "b/a.txt|b/c/d.txt,    b",
        "b/a.txt|c.txt,        transit-my-id",
        "b/a.txt|bc/c.txt,     transit-my-id"
    })
    void an_archive_is_called_as_what_all_have_in_common(String paths, String name) {
        Offer one = Offer.of(new TransferId("my-id"), FileMetadata.named("x"));
        List<FileMetadata> files = files(paths.split("\\|", -1));

        assertThat(ArchivePaths.commonName(new Offer(one.id(), files, false, 1, false, one.patience())))
                .isEqualTo(name);
    }
}
