package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What people do with it: {@code ./transit}, and then curl and wget at both ends. Where curl writes to a pipe, not to a terminal, it
 * needs {@code -N} to pass on what it gets at once.
 */
@Timeout(600)
class CurlIT {
    private static final long MIB = 1 << 20;

    @TempDir
    static Path home;

    private static TransitProcess transit;
    private static URI base;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        transit = TransitProcess.byScript(home);
        base = transit.address();
    }

    @AfterAll
    static void stop() throws Exception {
        if (transit != null) {
            transit.terminate();
            assertThat(transit.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void the_two_commands_of_the_readme_pass_a_file() throws Exception {
        List<String> commands = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.startsWith("$ "))
                .map(line -> line.substring(2).replaceAll("\\s+#.*", "").replace("curl ", "curl -sS -N "))
                .toList();
        assertThat(commands).hasSize(2);
        Path file = file("film.mkv", MIB);
        String send = commands.get(0).replace("localhost:8080", base.getAuthority());
        try (Shell sender = Shell.start(directory, send)) {
            Shell.run(received(), commands.get(1).replaceAll("http://\\S+", sender.firstLine()));

            assertThat(received().resolve("film.mkv")).hasSameBinaryContentAs(file);
            assertThat(sender.output()).contains("\nDelivered: ");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 65_535, 65_536, MIB, 20 * MIB + 7})
    void a_file_goes_from_curl_to_curl_by_a_link_of_the_server(long size) throws Exception {
        Path file = file("film.mkv", size);
        try (Shell sender = Shell.start(directory, "curl -sS -N -T film.mkv " + base)) {
            String link = sender.firstLine();
            assertThat(link).matches("http://localhost:\\d+/[0-9a-z]{4}(-[0-9a-z]{4}){3}");

            Shell.run(received(), "curl -sS -OJ " + link);

            assertThat(received().resolve("film.mkv")).hasSameBinaryContentAs(file);
            assertThat(sender.exitCode()).as(sender.output()).isZero();
            assertThat(sender.output()).contains("\nDelivered: " + size + " bytes in ");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, MIB, 20 * MIB + 7})
    void a_file_goes_from_curl_to_curl_by_a_link_of_the_sender(long size) throws Exception {
        Path file = file("film.mkv", size);
        try (Shell sender = Shell.start(directory, "curl -sS -N -T film.mkv " + base + "my-id/")) {
            Shell.run(received(), retrying("curl -sS -f -OJ " + base + "my-id"));

            assertThat(received().resolve("film.mkv")).hasSameBinaryContentAs(file);
            assertThat(sender.exitCode()).as(sender.output()).isZero();
            assertThat(sender.output()).isEqualTo("Transfer complete. " + size + " bytes\n");
        }
    }

    @Test
    void a_receiver_may_come_before_its_sender() throws Exception {
        Path file = file("film.mkv", MIB);
        try (Shell receiver = Shell.start(received(), "curl -sS -f -OJ '" + base + "my-id?wait=60'")) {
            Shell.run(directory, "curl -sS -f -T film.mkv " + base + "my-id/");

            assertThat(receiver.exitCode()).as(receiver.output()).isZero();
            assertThat(received().resolve("film.mkv")).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void both_sides_can_have_the_digest() throws Exception {
        Path file = file("film.mkv", MIB);
        String sum = Shell.run(directory, "sha256sum film.mkv").substring(0, 64);
        String receive = "curl -sS -f -D head -H 'TE: trailers' -OJ '" + base + "my-id?wait=60&digest'";
        try (Shell receiver = Shell.start(received(), receive)) {
            String told = Shell.run(directory, "curl -sS -f -T film.mkv '" + base + "my-id/?digest'");

            assertThat(told).isEqualTo("Transfer complete. " + MIB + " bytes\nsha256 " + sum + "\n");
            assertThat(receiver.exitCode()).as(receiver.output()).isZero();
            assertThat(received().resolve("film.mkv")).hasSameBinaryContentAs(file);
            String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sum));
            assertThat(received().resolve("head")).content().contains("\nRepr-Digest: sha-256=:" + digest + ":");
        }
    }

    @Test
    void a_pipe_of_unknown_length_goes_from_tar_to_tar() throws Exception {
        Path folder = directory.resolve("photos");
        Files.createDirectory(folder);
        Files.write(folder.resolve("one.jpg"), bytes(3 * MIB));
        Files.write(folder.resolve("two.jpg"), bytes(1));
        String send = "tar c photos | curl -sS -N -T - '" + base + "?name=photos.tar'";
        try (Shell sender = Shell.start(directory, send)) {
            Shell.run(received(), "curl -sS " + sender.firstLine() + " | tar x");

            assertThat(received().resolve("photos/one.jpg")).hasSameBinaryContentAs(folder.resolve("one.jpg"));
            assertThat(received().resolve("photos/two.jpg")).hasSameBinaryContentAs(folder.resolve("two.jpg"));
            assertThat(sender.exitCode()).as(sender.output()).isZero();
            assertThat(sender.output()).contains("\nDelivered: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "my-id/"})
    void a_pipe_of_unknown_length_goes_to_either_kind_of_link(String path) throws Exception {
        Path file = file("film.mkv", 5 * MIB + 1);
        try (Shell sender = Shell.start(directory, "cat film.mkv | curl -sS -N -T - " + base + path)) {
            String link = path.isEmpty() ? sender.firstLine() : base + "my-id";
            Shell.run(received(), retrying("curl -sS -f -OJ " + link));

            assertThat(received().resolve("download")).hasSameBinaryContentAs(file);
            assertThat(sender.exitCode()).as(sender.output()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, MIB})
    void wget_receives_by_name(long size) throws Exception {
        Shell.requireProgram("wget");
        Path file = file("film.mkv", size);
        try (Shell sender = Shell.start(directory, "curl -sS -N -T film.mkv " + base)) {
            Shell.run(received(), "wget -nv --content-disposition " + sender.firstLine());

            assertThat(received().resolve("film.mkv")).hasSameBinaryContentAs(file);
            assertThat(sender.exitCode()).as(sender.output()).isZero();
        }
    }

    @Test
    void wget_sends_to_a_link_of_its_own() throws Exception {
        Shell.requireProgram("wget");
        Path file = file("film.mkv", 3 * MIB);
        String send = "wget -qO- --method=PUT --body-file=film.mkv " + base + "my-id/film.mkv";
        try (Shell sender = Shell.start(directory, send)) {
            Shell.run(received(), retrying("curl -sS -f -OJ " + base + "my-id"));

            assertThat(received().resolve("film.mkv")).hasSameBinaryContentAs(file);
            assertThat(sender.exitCode()).isZero();
            assertThat(sender.output()).startsWith("Transfer complete.");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_file_of_5_GiB_needs_less_than_200_MiB_of_memory() throws Exception {
        long size = 5 * 1024 * MIB;
        try (var file = new RandomAccessFile(directory.resolve("film.mkv").toFile(), "rw")) {
            file.setLength(size);
            for (long at = 0; at < size - MIB; at += 97 * MIB) {
                file.seek(at);
                file.write(bytes(4096));
            }
        }
        try (Shell sender = Shell.start(directory, "curl -sS -N -T film.mkv " + base)) {
            String link = sender.firstLine();
            Shell.run(directory, "curl -sS " + link + " | cmp - film.mkv");
            assertThat(sender.output()).contains("\nDelivered: " + size + " bytes in ");
        }
        assertThat(transit.peakMemory()).isLessThan(200 * MIB);
    }

    @Test
    void a_receiver_that_is_killed_makes_curl_fail_with_the_reason() throws Exception {
        file("film.mkv", 20 * MIB);
        try (Shell sender = Shell.start(directory, "curl -sS -N -T film.mkv " + base)) {
            Shell.run(received(), "curl -sS " + sender.firstLine() + " | head -c 100000 | wc -c || true");

            assertThat(sender.exitCode()).isNotZero();
            assertThat(sender.output()).contains("Failed: the receiver left", "(RECEIVER_LEFT)");
        }
    }

    /** Of known and of unknown length; slow enough to be killed before its end. */
    @ParameterizedTest
    @ValueSource(strings = {"curl -T film.mkv", "curl -T - < film.mkv"})
    void a_sender_that_is_killed_makes_curl_fail(String curl) throws Exception {
        file("film.mkv", 20 * MIB);
        String send = curl.replace("curl", "exec curl -sS -N --limit-rate 1M " + base);
        try (Shell sender = Shell.start(directory, send);
                Shell receiver = Shell.start(received(), "exec curl -sS -o film.mkv " + sender.firstLine())) {
            Shell.run(received(), "until [ -s film.mkv ]; do sleep 0.1; done");
            sender.kill();

            assertThat(receiver.exitCode()).as(receiver.output()).isNotZero();
        }
    }

    /** A receiver that may come before the sender's request has arrived. */
    private static String retrying(String curl) {
        return curl + " --retry 50 --retry-all-errors --retry-delay 1 --retry-connrefused";
    }

    private Path received() {
        return directory.resolve("received");
    }

    private Path file(String name, long size) throws IOException {
        return Files.write(directory.resolve(name), bytes(size));
    }

    private static byte[] bytes(long size) {
        byte[] bytes = new byte[Math.toIntExact(size)];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
