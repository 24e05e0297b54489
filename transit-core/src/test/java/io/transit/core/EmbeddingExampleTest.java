package io.transit.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the README, as it stands there. */
@Timeout(60)
class EmbeddingExampleTest {
    @Test
    void the_example_passes_a_text_from_one_thread_to_another() throws IOException {
        String received;
        try (Rendezvous rendezvous = new InMemoryRendezvous()) {
            Offer offer = Offer.of(new TransferId("my-id"), FileMetadata.named("hello.txt"));
            Sender sender = rendezvous.offer(offer);
            Thread.ofVirtual().start(() -> sendHello(sender));

            try (InputStream in = TransferStreams.input(rendezvous.claim(Claim.of(offer.id())))) {
                received = new String(in.readAllBytes(), UTF_8);
            }
        }
        assertThat(received).isEqualTo("Hello!");
    }

    void sendHello(Sender sender) {
        try (sender) {
            if (sender.awaitReceiver(Duration.ofMinutes(1)).isPresent()) {
                TransferStreams.output(sender).write("Hello!".getBytes(UTF_8));
                sender.done();
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_readme_shows_the_code_that_runs_here() throws IOException {
        List<String> source = trimmed(Path.of("src/test/java/io/transit/core/EmbeddingExampleTest.java"));
        List<String> readme = trimmed(Path.of("../README.md"));
        int marker = readme.indexOf("<!-- EmbeddingExampleTest compiles and runs this -->");
        int end = readme.indexOf("`transit-http` makes a Helidon SE server of it:");
        assertThat(marker).isNotNegative().isLessThan(end);
        List<String> shown = readme.subList(marker + 1, end).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("```"))
                .toList();
        assertThat(shown).hasSizeGreaterThan(15).isSubsetOf(source);
    }

    private static List<String> trimmed(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(String::strip).toList();
    }
}
