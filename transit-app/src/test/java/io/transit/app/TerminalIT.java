package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed for a terminal to run is run here: the commands of the help, and those of the text beside a link. */
@Timeout(600)
class TerminalIT {
    private static final int SIZE = 6 << 20;

    private static final String RECEIVE = "Receive it with:  ";
    private static final String GO_ON = "If it breaks off:  ";

    @TempDir
    static Path home;

    private static TransitProcess transit;
    private static URI base;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        Shell.requireProgram("curl");
        Shell.requireProgram("wget");
        transit = TransitProcess.byScript(home);
        base = transit.address();
    }

    @AfterAll
    static void stop() throws Exception {
        if (transit != null) {
            transit.terminate();
        }
    }

    private Path received() throws IOException {
        return Files.createDirectories(directory.resolve("received"));
    }

    private Path file(String name) throws IOException {
        byte[] bytes = new byte[SIZE];
        new Random(name.length()).nextBytes(bytes);
        return Files.write(directory.resolve(name), bytes);
    }

    /** The commands of the help; what they send and receive is called what it is called there. */
    private List<String> commands() throws Exception {
        return Shell.run(directory, "curl -sS " + base + "help")
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
    }

    private static String quiet(String command) {
        return command.replace("curl ", "curl -sS -N ").replace("wget ", "wget -nv ");
    }

    /** The first of the commands that send, or that receive, in that way. */
    private static String only(List<String> commands, String part) {
        List<String> all =
                commands.stream().filter(command -> command.contains(part)).toList();
        assertThat(all).as(part).hasSize(1);
        return quiet(all.get(0));
    }

    @Test
    void every_command_of_the_help_does_what_it_says() throws Exception {
        Path film = file("film.mkv");
        Files.createDirectories(directory.resolve("photos"));
        file("photos/one.jpg");
        List<String> commands = commands();
        assertThat(commands).hasSize(12);

        for (String send : List.of("-T film.mkv " + base, "-F file=@film.mkv", "/?name=photos.tar")) {
            String sending = send.startsWith("-T")
                    ? quiet(commands.stream()
                            .filter(command -> command.endsWith(send))
                            .findFirst()
                            .orElseThrow())
                    : only(commands, send);
            try (Shell sender = Shell.start(directory, sending)) {
                Shell.run(received(), quiet(sender.rest(RECEIVE)));
                assertThat(sender.output()).contains("\nDelivered: ");
                assertThat(sender.exitCode()).isZero();
            }
            if (!sending.contains("tar")) {
                assertReceived(film);
            }
        }
        Shell.run(received(), "tar xf photos.tar && cmp photos/one.jpg ../photos/one.jpg");

        String waiting = only(commands, "curl -OJ \"");
        assertPasses(
                film,
                quiet(commands.stream()
                        .filter(it -> it.endsWith("/my-id/"))
                        .findFirst()
                        .orElseThrow()),
                waiting);
        assertPasses(film, only(commands, "?progress"), waiting);
        assertPasses(film, only(commands, "?progress"), only(commands, "format=tar"));
        String progress = only(commands, "?progress");
        assertPasses(film, progress, retrying(quiet("curl -OJ " + base + "my-id"), commands));
        assertPasses(
                film,
                progress,
                "until " + quiet("wget --content-disposition " + base + "my-id") + "; do sleep 0.1; done");
        assertThat(commands).contains("wget --content-disposition " + base + "my-id");
    }

    @Test
    void the_help_is_what_a_terminal_gets_that_asks_for_nothing() throws Exception {
        assertThat(Shell.run(directory, "curl -sS localhost:" + base.getPort()))
                .isEqualTo(Shell.run(directory, "curl -sS " + base + "help"))
                .contains(base + "my-id");
    }

    @Test
    void the_commands_of_the_readme_are_those_of_the_help() throws Exception {
        String help = String.join("\n", commands()) + "\n";
        List<String> commands = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.matches("(curl|wget|tar) .*localhost:8080/.*"))
                .map(line -> line.replaceAll("\\s+#.*", "").replace("localhost:8080/", base.toString()))
                .toList();
        assertThat(commands).hasSize(8).allSatisfy(command -> assertThat(help).contains(command + "\n"));
    }

    private static String retrying(String command, List<String> commands) {
        assertThat(commands.stream().map(TerminalIT::quiet)).contains(command);
        return command.replace("curl ", "curl -f --retry 50 --retry-all-errors --retry-delay 1 ");
    }

    private void assertPasses(Path film, String send, String receive) throws Exception {
        try (Shell looker = Shell.start(directory, only(commands(), "/events"));
                Shell sender = Shell.start(directory, send)) {
            Shell.run(received(), receive);
            assertThat(sender.exitCode()).as(sender.output()).isZero();
            assertThat(sender.output()).containsAnyOf("Transfer complete. " + SIZE, "\nDelivered: " + SIZE);
            assertThat(looker.output()).contains("\"state\":\"completed\"", "event: end");
        }
        assertReceived(film);
        assertThat(Shell.run(directory, quiet("curl " + base + "api/transfers/my-id")))
                .contains("\"bytes\":" + SIZE);
    }

    private void assertReceived(Path file) throws IOException {
        Path copy = received().resolve(file.getFileName().toString());
        assertThat(copy).hasSameBinaryContentAs(file);
        Files.delete(copy);
    }

    /** Names that a shell, or curl, would make something else of. */
    @ParameterizedTest
    @ValueSource(strings = {"film.mkv", "it's [1-3] {a,b} $HOME `id`; größe.mkv", "-o"})
    void the_command_beside_the_link_sends_the_rest_when_the_sender_was_killed(String name) throws Exception {
        Path film = file(name);
        String send = "exec curl -sS -N -g --limit-rate 1M -T './" + name.replace("'", "'\\''") + "' " + base;
        try (Shell sender = Shell.start(directory, send)) {
            String link = sender.firstLine();
            try (Shell receiver = Shell.start(received(), "exec curl -sS -o part " + link)) {
                Shell.run(received(), "until [ -s part ]; do sleep 0.1; done");
                sender.kill();
                assertThat(receiver.exitCode()).as(receiver.output()).isEqualTo(18);
            }
            assertThat(received().resolve("part")).isNotEmptyFile();
            assertThat(Files.size(received().resolve("part"))).isLessThan(SIZE);
            Files.move(received().resolve("part"), received().resolve(name));
            String goOn = sender.rest(GO_ON);
            assertThat(goOn).contains("?token=");
            try (Shell again = Shell.start(directory, goOn.replace("?token=", "?progress&token="))) {
                Shell.run(received(), quiet(again.rest(RECEIVE)));

                assertThat(again.exitCode()).as(again.output()).isZero();
                assertThat(again.output()).contains("\nDelivered: " + SIZE + " bytes");
            }
            assertThat(received().resolve(name)).hasSameBinaryContentAs(film);
        }
    }

    @Test
    void the_command_beside_the_link_sends_the_rest_when_the_receiver_was_killed() throws Exception {
        Path film = file("film.mkv");
        List<String> commands = commands();
        String send = only(commands, "?progress").replace("curl ", "curl --limit-rate 1M ");
        try (Shell sender = Shell.start(directory, send)) {
            String receive = "exec " + quiet(sender.rest(RECEIVE));
            try (Shell receiver = Shell.start(received(), receive)) {
                Shell.run(received(), "until [ -s film.mkv ]; do sleep 0.1; done");
                receiver.kill();
                assertThat(sender.exitCode()).isEqualTo(18);
            }
            assertThat(sender.output()).contains("Failed: ", "(RECEIVER_LEFT)");
            try (Shell again = Shell.start(directory, sender.rest(GO_ON))) {
                Shell.run(received(), only(commands, "-C - -o film.mkv"));

                assertThat(again.exitCode()).as(again.output()).isZero();
                assertThat(again.output()).contains("Transfer complete. " + SIZE + " bytes");
            }
            assertReceived(film);
        }
    }

    @Test
    void a_link_of_ones_own_fails_with_22_where_that_was_asked_for() throws Exception {
        file("film.mkv");
        try (Shell sender = Shell.start(directory, "curl -sS --fail-with-body -T film.mkv " + base + "send/")) {
            assertThat(sender.exitCode()).isEqualTo(22);
            assertThat(sender.output()).contains("this id is reserved");
        }
    }
}
