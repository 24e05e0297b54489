package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What real programs find in the archives that are made here. */
@Timeout(1_800)
class ArchiveIT {
    private static final Instant CHANGED = Instant.parse("2024-02-29T12:34:56Z");
    private static final String[] FOLDERS = {"", "/a folder", "/名前/-rf", "/" + "long/".repeat(40) + "er"};
    private static final String PYTHON = """
            import sys, zipfile
            archive = zipfile.ZipFile(sys.argv[1])
            assert archive.testzip() is None
            print(len(archive.namelist()), sum(i.file_size for i in archive.infolist()))
            """;

    @RegisterExtension
    final TestServer server = new TestServer();

    @TempDir
    Path home;

    private static Offer offer(List<FileMetadata> files) {
        return new Offer(new TransferId("my-id"), files, true, 1, false, Offer.DEFAULT_PATIENCE);
    }

    private static List<FileMetadata> strange() throws IOException {
        List<StrangeName> names = StrangeName.all();
        List<FileMetadata> files = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String name = names.get(i % names.size()).given();
            files.add(FileMetadata.of(name, OptionalLong.of(i % 700), FileMetadata.UNKNOWN_TYPE)
                    .inFolder("photos" + FOLDERS[i % FOLDERS.length])
                    .withModified(CHANGED.plusSeconds(2L * i)));
        }
        return files;
    }

    private static long size(List<FileMetadata> files) {
        return files.stream().mapToLong(file -> file.size().orElseThrow()).sum();
    }

    private byte[] send(List<FileMetadata> files) {
        byte[] content = SeekingSender.payload((int) size(files));
        SeekingSender.start(server, offer(files), content);
        return content;
    }

    private void curl(String path, String file) throws Exception {
        Program.run(
                home,
                "curl",
                "-q",
                "-sSf",
                "--noproxy",
                "*",
                "-o",
                file,
                server.uri(path).toString());
    }

    /** Every file is where it belongs with what it has, and nothing else is there. */
    private void assertUnpacked(Path directory, List<FileMetadata> files, byte[] content) throws IOException {
        List<String> paths = ArchivePaths.of(files);
        int at = 0;
        for (int i = 0; i < files.size(); i++) {
            Path file = directory.resolve(paths.get(i));
            int end = at + (int) files.get(i).size().orElseThrow();
            assertThat(Files.readAllBytes(file)).as(paths.get(i)).isEqualTo(Arrays.copyOfRange(content, at, end));
            assertThat(Files.getLastModifiedTime(file).toInstant())
                    .isEqualTo(files.get(i).modified().orElseThrow());
            at = end;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(files.size());
        }
    }

    @Test
    void unzip_and_Python_read_a_zip_of_two_thousand_strange_names() throws Exception {
        Program.require("curl", "unzip", "python3");
        List<FileMetadata> files = strange();
        byte[] content = send(files);
        curl("/my-id", "photos.zip");

        assertThat(Program.run(home, "unzip", "-tq", "photos.zip")).contains("No errors detected");
        assertThat(Program.run(home, "python3", "-c", PYTHON, "photos.zip"))
                .isEqualTo(files.size() + " " + content.length + "\n");
        // Else it holds a semicolon at the end for the version of a file of VMS.
        Program.run(home, "unzip", "-qV", "photos.zip", "-d", "unpacked");
        assertUnpacked(home.resolve("unpacked"), files, content);
    }

    @Test
    void tar_reads_a_tar_of_two_thousand_strange_names() throws Exception {
        Program.require("curl", "tar");
        List<FileMetadata> files = strange();
        byte[] content = send(files);
        curl("/my-id?format=tar", "photos.tar");

        assertThat(Program.run(home, "tar", "tf", "photos.tar")).hasLineCount(files.size());
        Files.createDirectory(home.resolve("unpacked"));
        Program.run(home, "tar", "xf", "photos.tar", "-C", "unpacked");
        assertUnpacked(home.resolve("unpacked"), files, content);
    }

    /** Larger than what five killed programs can have read: curl begins with 10 MB at once, whatever its limit is. */
    private static List<FileMetadata> films() {
        return Stream.of(20_000_000L, 10L, 80_000_000L)
                .map(size -> FileMetadata.of("film", OptionalLong.of(size), FileMetadata.UNKNOWN_TYPE)
                        .withModified(Instant.EPOCH))
                .toList();
    }

    @Test
    void curl_goes_on_with_a_zip_after_five_breaks() throws Exception {
        Program.require("curl", "unzip");
        byte[] content = send(films());
        goesOn(curl("films.zip"), "--limit-rate", "4M");
        assertFilms(content);
    }

    @Test
    void wget_goes_on_with_a_zip_after_five_breaks() throws Exception {
        Program.require("wget", "unzip");
        byte[] content = send(films());
        List<String> wget = List.of("wget", "--no-config", "--no-proxy", "-nv", "-c", link(), "-O", "films.zip");
        goesOn(wget, "--limit-rate=4M");
        assertFilms(content);
    }

    @Test
    void curl_goes_on_with_a_file_after_five_breaks() throws Exception {
        Program.require("curl");
        byte[] film = send(films().subList(2, 3));
        goesOn(curl("film"), "--limit-rate", "4M");
        assertThat(home.resolve("film")).hasBinaryContent(film);
    }

    private List<String> curl(String file) {
        return List.of("curl", "-q", "-sSf", "--noproxy", "*", "-C", "-", link(), "-o", file);
    }

    private String link() {
        return server.uri("/my-id").toString();
    }

    /** Runs a command that ends with the name of what it saves to; before, it is killed five times when it is slow. */
    private void goesOn(List<String> command, String... slowly) throws Exception {
        Path file = home.resolve(command.get(command.size() - 1));
        List<String> slow = new ArrayList<>(command);
        slow.addAll(List.of(slowly));
        for (int i = 1; i <= 5; i++) {
            long before = Files.exists(file) ? Files.size(file) : 0;
            try (Program broken = Program.start(home, slow.toArray(String[]::new))) {
                broken.awaitSize(file, before + 1_000_000);
            }
            server.transfers().awaitPaused("my-id", i);
        }
        Program.run(home, command.toArray(String[]::new));
    }

    private void assertFilms(byte[] content) throws Exception {
        Program.run(home, "unzip", "-tq", "films.zip");
        Program.run(home, "unzip", "-q", "films.zip", "-d", "unpacked");
        assertThat(home.resolve("unpacked/film (3)"))
                .hasBinaryContent(Arrays.copyOfRange(content, 20_000_010, content.length));
    }

    /** Of zeros, so that the archive takes hardly any place where it is saved with holes. */
    @Test
    @EnabledIfSystemProperty(named = "transit.large", matches = "true")
    void unzip_and_Python_read_a_zip_of_more_than_4_GiB() throws Exception {
        Program.require("bash", "curl", "unzip", "python3");
        List<FileMetadata> files = Stream.of(1L << 30, (4L << 30) + 1, 5L)
                .map(size -> FileMetadata.of("zeros", OptionalLong.of(size), FileMetadata.UNKNOWN_TYPE))
                .toList();
        SeekingSender.start(
                server, offer(files), (position, target) -> target.put(ByteBuffer.allocate(target.remaining())));
        Program.run(
                home,
                "bash",
                "-c",
                "curl -q -sSf --noproxy '*' " + link() + " | dd of=zeros.zip bs=1M iflag=fullblock conv=sparse");

        assertThat(Program.run(home, "unzip", "-tq", "zeros.zip")).contains("No errors detected");
        assertThat(Program.run(home, "python3", "-c", PYTHON, "zeros.zip")).isEqualTo("3 " + size(files) + "\n");
    }
}
