package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file goes from a browser or curl to a browser or curl, through the real endpoints, and both ends are told. */
@Timeout(300)
class BrowserTransferIT {
    private static final int MIB = 1 << 20;
    private static final long LARGE = 300;
    private static final String ODD_NAME = "Ünïcode – it's 100 % & #1; (“quoted”) 文件 😀.tar.gz";

    @RegisterExtension
    static final Browser sender = new Browser();

    @RegisterExtension
    static final Browser receiver = new Browser();

    @RegisterExtension
    final TestServer server = new TestServer();

    @TempDir
    Path directory;

    /** Who sends, and who receives. */
    enum Ends {
        BROWSER_TO_BROWSER,
        BROWSER_TO_CURL,
        CURL_TO_BROWSER
    }

    @AfterEach
    void leave() {
        sender.leave();
        receiver.leave();
    }

    @ParameterizedTest
    @EnumSource
    void a_file_of_300_MiB_arrives_as_it_was(Ends ends) throws Exception {
        Path file = directory.resolve(ends + ".bin");
        var piece = new byte[MIB];
        new Random(1).nextBytes(piece);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < LARGE; i++) {
                // No piece is like another.
                ByteBuffer.wrap(piece).putInt(i);
                out.write(piece);
            }
        }
        transfer(ends, file);
    }

    @ParameterizedTest
    @EnumSource
    void an_empty_file_arrives_as_one(Ends ends) throws Exception {
        transfer(ends, Files.createFile(directory.resolve(ends + ".empty")));
    }

    @ParameterizedTest
    @EnumSource
    void an_odd_name_stays_what_it_is(Ends ends) throws Exception {
        transfer(ends, Files.writeString(directory.resolve(ends + " " + ODD_NAME), "hello"));
    }

    @Test
    void of_several_files_one_is_had_by_itself_and_then_all_of_them() throws Exception {
        Path one = Files.writeString(directory.resolve("one.txt"), "one");
        Path two = Files.writeString(directory.resolve("two.txt"), "two!");
        sender.open(server.uri("/")).find("#file").sendKeys(one + "\n" + two);
        sender.awaitText("#until", "The link works until ");
        sender.run("""
                window.seen = [];
                const main = document.querySelector('main');
                new MutationObserver(() => seen.push(main.dataset.state)).observe(main, {attributes: true});""");
        receiver.open(sender.link()).awaitState("ready");

        receiver.find(".files li:nth-child(2) button").click();
        assertThat(receiver.awaitDownload("two.txt", 4)).hasContent("two!");
        receiver.await("document.querySelector('main[data-state=ready] .files li:nth-child(2)[data-mark=had]')");
        sender.awaitState("partly");
        assertThat(sender.text("main")).startsWith("1 of 2 files delivered");
        assertThat(sender.text(".amount").replace('\u00a0', ' ')).isEqualTo("4 bytes of 7 bytes · 57 %");
        receiver.find(".files li:nth-child(1) button").click();
        assertThat(receiver.awaitDownload("one.txt", 3)).hasContent("one");
        receiver.awaitState("delivered");
        sender.awaitState("delivered");
        assertThat(sender.run("return seen")).asInstanceOf(LIST).doesNotContain("paused");
        assertThat(receiver.complaints()).isEmpty();
    }

    private void transfer(Ends ends, Path file) throws Exception {
        switch (ends) {
            case BROWSER_TO_BROWSER -> {
                URI link = sender.offer(server.uri("/"), file);
                download(link, file);
                isDelivered(file);
            }
            case BROWSER_TO_CURL -> {
                URI link = sender.offer(server.uri("/"), file);
                Path copy = directory.resolve("copy");
                try (Curl curl = Curl.receive(link, copy)) {
                    assertThat(curl.exitCode()).isZero();
                }
                assertThat(Files.mismatch(copy, file)).isEqualTo(-1);
                isDelivered(file);
            }
            case CURL_TO_BROWSER -> {
                try (Curl curl = Curl.start("-T", file, server.uri("/my-id/"))) {
                    server.transfers().awaitOffered("my-id");
                    download(server.uri("/my-id"), file);
                    assertThat(curl.exitCode()).isZero();
                }
            }
        }
        // A server may have no QR codes.
        assertThat(sender.complaints()).allMatch(complaint -> complaint.contains("/qr - "));
        assertThat(receiver.complaints()).isEmpty();
    }

    private static void download(URI link, Path file) throws IOException, InterruptedException {
        receiver.open(link).awaitState("ready");
        assertThat(receiver.text("#name")).isEqualTo(file.getFileName().toString());
        receiver.find("#form button").click();
        receiver.awaitState("delivered");
        Path saved = receiver.awaitDownload(file.getFileName().toString());
        assertThat(Files.mismatch(saved, file)).isEqualTo(-1);
        Files.delete(saved);
    }

    private static void isDelivered(Path file) throws IOException {
        sender.awaitState("delivered");
        assertThat(sender.text("#summary").replace('\u00a0', ' '))
                .startsWith(HumanSize.of(Files.size(file)).replace('\u00a0', ' ') + " in ");
        assertThat(sender.title()).startsWith("Delivered");
    }
}
