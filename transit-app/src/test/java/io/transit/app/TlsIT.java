package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.redis.testing.Certificate;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service with a certificate of its own, and curl and wget at both ends. */
@Timeout(600)
class TlsIT {
    private static final int SIZE = 64 << 20;

    @TempDir
    static Path home;

    private static TransitProcess transit;
    private static URI base;
    private static String curl;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        var certificate = Certificate.create(home, "dns:localhost");
        transit = TransitProcess.start(
                home,
                Map.of(
                        "TRANSIT_TLS_CERTIFICATE",
                        certificate.file().toString(),
                        "TRANSIT_TLS_KEY",
                        certificate.key().toString()));
        base = transit.address();
        curl = "curl -q -sS -f -N --noproxy '*' --cacert " + certificate.file() + " ";
    }

    @AfterAll
    static void stop() {
        if (transit != null) {
            transit.close();
        }
    }

    @Test
    void a_file_of_known_length_goes_from_curl_to_curl_by_a_link_of_the_server() throws Exception {
        Path file = file();
        assertThat(base).hasScheme("https");
        try (Shell sender = Shell.start(directory, curl + "-T film.mkv " + base)) {
            String link = sender.firstLine();
            assertThat(link).startsWith("https://");

            Shell.run(directory, curl + "-o received " + link);

            assertThat(directory.resolve("received")).hasSameBinaryContentAs(file);
            assertThat(sender.exitCode()).as(sender.output()).isZero();
            assertThat(sender.output()).contains("\nDelivered: " + SIZE + " bytes in ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void a_pipe_goes_to_curl_and_to_wget(String program) throws Exception {
        Shell.requireProgram(program);
        Path file = file();
        String link = base + program;
        String get = program.equals("curl")
                ? curl + "-o received '" + link + "?wait=60'"
                : "wget -q --no-proxy --ca-certificate=" + home.resolve("redis.crt") + " -O received '" + link
                        + "?wait=60'";
        try (Shell receiver = Shell.start(directory, get)) {
            String told = Shell.run(directory, "cat film.mkv | " + curl + "-T - " + link + "/");

            assertThat(told).isEqualTo("Transfer complete. " + SIZE + " bytes\n");
            assertThat(receiver.exitCode()).as(receiver.output()).isZero();
            assertThat(directory.resolve("received")).hasSameBinaryContentAs(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-T film.mkv", "-H 'Content-Length:' -H 'Transfer-Encoding: chunked' -T film.mkv"})
    void a_receiver_whose_sender_was_killed_fails(String how) throws Exception {
        file();
        String id = "killed-" + how.length();
        try (Shell receiver = Shell.start(
                        directory,
                        curl + "'" + base + id
                                + "?wait=60' | tee received | head -c 1000000 | wc -c; exit ${PIPESTATUS[0]}");
                Shell sender = Shell.start(directory, curl + "--limit-rate 2M " + how + " " + base + id + "/a")) {
            assertThat(receiver.firstLine()).startsWith("1000000");
            sender.kill();
            assertThat(receiver.exitCode()).as(receiver.output()).isNotZero();
        }
    }

    private Path file() throws Exception {
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        return Files.write(directory.resolve("film.mkv"), bytes);
    }
}
