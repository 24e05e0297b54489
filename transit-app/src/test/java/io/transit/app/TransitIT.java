package io.transit.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of the process: how it starts, how it refuses to, and how it ends. */
@Timeout(60)
class TransitIT {
    @TempDir
    Path directory;

    @Test
    void it_announces_its_address_answers_and_ends_when_told() throws Exception {
        try (var transit = TransitProcess.start(directory, Map.of("TRANSIT_DRAIN", "5s"));
                var client = HttpClient.newHttpClient()) {
            URI base = transit.address();
            for (String question : new String[] {"live", "ready", "started"}) {
                var request = HttpRequest.newBuilder(base.resolve("/observe/health/" + question))
                        .build();
                assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(200);
            }

            long told = System.nanoTime();
            transit.terminate();

            assertThat(transit.exitCode()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(5 + 20));
            assertThat(transit.errors().lines())
                    .as("one line as it begins to drain, one as it is through, and no noise")
                    .satisfiesExactly(
                            line -> assertThat(line).contains("no new transfers", "5000 ms"),
                            line -> assertThat(line).endsWith("stopped"));
        }
    }

    @Test
    void the_jar_may_ask_the_kernel_for_one_connection() throws Exception {
        try (var jar = new JarFile(Path.of("target", "transit.jar").toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Enable-Native-Access"))
                    .as("without it the whole table is read for each file, see docs/adr/0018")
                    .isEqualTo("ALL-UNNAMED");
        }
    }

    @Test
    void a_request_that_hides_in_the_body_of_another_is_never_answered() throws Exception {
        try (var transit = TransitProcess.start(directory, Map.of());
                var socket = new Socket("localhost", transit.address().getPort())) {
            String hidden = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
            String head = "GET /observe/health/live HTTP/1.1\r\nHost: a\r\nContent-Length: ";
            socket.getOutputStream().write((head + hidden.length() + "\r\n\r\n" + hidden).getBytes(US_ASCII));

            String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);

            assertThat(answers).startsWith("HTTP/1.1 200 ").containsOnlyOnce("HTTP/1.1");
        }
    }

    /** Ids, names, agents and more of what a log could mention, with controls of all kinds: raw, and encoded. */
    @Test
    void A23_whatever_strangers_send_the_log_is_whole_lines_of_its_own() throws Exception {
        try (var transit = TransitProcess.start(directory, Map.of())) {
            URI base = transit.address();
            for (int control = 0; control < 0xa0; control = control == 0x1f ? 0x7f : control + 1) {
                String encoded = (control < 0x80 ? "" : "%C2") + String.format("%%%02X", control) + "2026-FORGED";
                String raw = (char) control + "2026-FORGED";
                for (String head : new String[] {
                    "GET /bad" + encoded + " HTTP/1.1\r\nHost: a\r\n",
                    "GET /bad" + raw + " HTTP/1.1\r\nHost: a\r\n",
                    "GET /id?download=" + encoded + " HTTP/1.1\r\nHost: a" + raw + "\r\n",
                    "GET /id HTTP/1.1\r\nHost: a\r\nUser-Agent: b" + raw + "\r\nAccept: text/html\r\n",
                    "GET /id HTTP/1.1\r\nHost: a\r\nRange: b" + raw + "\r\nOrigin: http://a" + raw + "\r\n",
                    "PUT /id/" + encoded + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + raw + "\r\n",
                    "PUT /forged-id-" + control + "/name" + encoded + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                            + "Content-Type: text/html" + raw + "\r\nUser-Agent: a" + raw + "\r\n",
                    "B" + raw + "D / HTTP/1.1\r\nHost: a\r\n"
                }) {
                    try (var socket = new Socket("localhost", base.getPort())) {
                        socket.getOutputStream().write((head + "\r\n").getBytes(ISO_8859_1));
                        if (!head.contains("forged-id")) {
                            socket.shutdownOutput();
                            socket.getInputStream().readAllBytes();
                        }
                    } catch (SocketException e) {
                        // The server has had enough of it.
                    }
                }
            }
            transit.terminate();
            assertThat(transit.exitCode()).isEqualTo(143);

            assertThat(transit.errors().lines())
                    .allMatch(line ->
                            line.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z [A-Z]+ io\\.[a-zA-Z.]+: [^\\p{Cc}\\p{Cf}]+"))
                    .noneMatch(line -> line.contains("forged-id"))
                    .anyMatch(line -> line.contains("transfer forg"));
        }
    }

    @Test
    void a_file_in_the_working_directory_is_read() throws Exception {
        Files.writeString(directory.resolve("transit.yaml"), "transit: {stall: soon}");
        refused(78, "transit: transit.stall is \"soon\" (key transit.stall in transit.yaml); it must be a time");
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSIT_STALL, 60, 'transit: transit.stall is \"60\" (environment variable TRANSIT_STALL); it must be a time'",
        "TRANSIT_STAL, 60s, transit: there is no environment variable TRANSIT_STAL; did you mean TRANSIT_STALL?",
        "TRANSIT_CONFIG, no.yaml, transit: the configuration file no.yaml cannot be read",
        "REDIS_URL, localhost, transit: transit.redis.url is set (environment variable REDIS_URL); it must be"
    })
    void a_wrong_configuration_ends_it_with_one_line(String variable, String value, String line) throws Exception {
        try (var transit = TransitProcess.start(directory, Map.of(variable, value))) {
            assertThat(transit.exitCode()).isEqualTo(78);
            assertThat(transit.errors()).startsWith(line).hasLineCount(1);
        }
    }

    @Test
    void a_file_that_was_asked_for_must_be_there() throws Exception {
        refused(78, "transit: the configuration file no.yaml cannot be read", "--config", "no.yaml");
    }

    @Test
    void an_unknown_argument_ends_it_with_the_usage() throws Exception {
        try (var transit = TransitProcess.start(directory, Map.of(), "--port")) {
            assertThat(transit.exitCode()).isEqualTo(64);
            assertThat(transit.errors()).startsWith("transit: there is no argument --port\nUsage: transit ");
        }
    }

    @Test
    void it_tells_its_version() throws Exception {
        try (var transit = TransitProcess.start(directory, Map.of(), "--version")) {
            assertThat(transit.exitCode()).isZero();
            assertThat(transit.output()).matches("transit \\d+\\.\\d+\\.\\d+.*");
        }
    }

    @Test
    void an_address_that_is_not_of_this_machine_ends_it() throws Exception {
        // From a block that is reserved for documentation: RFC 5737.
        try (var transit = TransitProcess.start(directory, Map.of("SERVER_HOST", "203.0.113.1"))) {
            assertThat(transit.exitCode()).isEqualTo(71);
            assertThat(transit.errors())
                    .endsWith("transit: cannot listen on 203.0.113.1, port 0: is it in use, or not of this machine?");
        }
    }

    private void refused(int code, String line, String... arguments) throws Exception {
        try (var transit = TransitProcess.start(directory, Map.of(), arguments)) {
            assertThat(transit.exitCode()).isEqualTo(code);
            assertThat(transit.errors()).startsWith(line).hasLineCount(1);
        }
    }
}
