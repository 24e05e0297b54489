package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table <em>Older clients</em> of docs/http-api.md, row by row: what programs and pages that exist look for. */
@Timeout(120)
class CompatibilityTest {
    private static final String BROWSER = "|Accept: text/html|User-Agent: Mozilla/5.0 (X11) Firefox/140.0";

    @RegisterExtension
    final TestServer server = new TestServer();

    @RegisterExtension
    final TestServer impatient =
            new TestServer(HttpSettings.DEFAULT.withWaitReceiver(Duration.ofMillis(300)), TransferLimits.DEFAULT);

    @Test
    void row_1_a_PUT_that_was_delivered() throws Exception {
        RawClient sender = server.put("/my-id/a.bin", "some");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("some");
        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("Transfer complete.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_id!", "bad%20id"})
    void row_2_a_malformed_id(String id) throws Exception {
        assertThat(server.ask("GET /" + id).status()).isEqualTo(400);
        assertThat(server.ask("PUT /" + id + "/a.bin|Content-Length: 0").status())
                .isEqualTo(400);
        for (String end : new String[] {"/send/", "/receive/"}) {
            assertThat(server.ask("GET " + end + id
                                    + "|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13"
                                    + "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void row_3_an_id_with_slashes() throws Exception {
        assertThat(server.ask("GET /id/with/slash").status()).isEqualTo(404);
    }

    @Test
    void row_4_an_id_in_use() throws Exception {
        RawClient sender = server.put("/my-id/a.bin", "some");
        assertThat(server.ask("PUT /my-id/b.bin|Content-Length: 0").status()).isEqualTo(409);
        RawWebSocket second = server.webSocket("/send/my-id").text(RawWebSocket.metadata("4"));
        assertThat(second.awaitClose().lastWords()).isEqualTo("Error: Transfer ID is already used.");
        sender.vanish();
    }

    @Test
    void row_5_a_receiver_is_there_already() throws Exception {
        RawWebSocket sender = server.offer("my-id", "8");
        RawClient receiver = server.get("/my-id");
        sender.awaitText(RawWebSocket.GO).binary("some");
        receiver.awaitBody("some");
        assertThat(server.ask("GET /my-id").status()).isEqualTo(409);
        sender.binary("more");
        assertThat(receiver.reply().body()).isEqualTo("somemore");
    }

    @Test
    void row_6_no_receiver_in_time() throws Exception {
        assertThat(impatient.put("/my-id/a.bin", "some").reply().status()).isEqualTo(408);
        assertThat(impatient.offer("your-id", "4").awaitClose().lastWords())
                .isEqualTo("Error: Receiver did not connect in time.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no JSON                                          | Error: Cannot decode file metadata JSON header.",
                "[1]                                              | Error: Cannot decode file metadata JSON header.",
                "{}                                               | Error: Invalid file metadata JSON header.",
                "{'file_name':1,'file_size':1,'file_type':'a/b'}  | Error: Invalid file metadata JSON header.",
                "{'file_name':'a','file_size':'b','file_type':''} | Error: Invalid file metadata JSON header."
            })
    void row_7_metadata_that_is_none(String metadata, String words) throws Exception {
        RawWebSocket sender = server.webSocket("/send/my-id").text(metadata.replace('\'', '"'));
        RawWebSocket.Closed end = sender.awaitClose();
        assertThat(end.lastWords()).isEqualTo(words);
        assertThat(end.code()).isEqualTo(1008);
    }

    @Test
    void row_8_the_receiver_leaves_midway() throws Exception {
        RawWebSocket sender = server.offer("my-id", "8");
        RawClient receiver = server.get("/my-id");
        sender.awaitText(RawWebSocket.GO).binary("some");
        receiver.awaitBody("some");
        receiver.vanish();
        var sending = server.beside(() -> sender.binary("mor").binary("e"));
        String words = "Transfer was interrupted by the receiver.";
        assertThat(sender.awaitClose()).isEqualTo(new RawWebSocket.Closed(1011, words, "Error: " + words));
        sending.get();
    }

    @Test
    void row_9_the_go_ahead_in_both_directions() throws Exception {
        RawWebSocket sender = server.offer("my-id", "4");
        RawWebSocket receiver = server.webSocket("/receive/my-id").awaitText(RawWebSocket.metadata("4"));
        receiver.text("Go for file chunks");
        sender.awaitText("Go for file chunks").binary("some");
        receiver.awaitPayload("some");
        assertThat(receiver.nextMessage()).isEqualTo(new RawWebSocket.Frame(0x82, ""));
        assertThat(receiver.awaitClose().code()).isEqualTo(1000);
        assertThat(sender.awaitClose().code()).isEqualTo(1000);
    }

    @Test
    void row_9_the_same_with_the_client_of_the_JDK() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            JavaWebSocket sender = JavaWebSocket.open(http, server, "/send/my-id");
            sender.send(RawWebSocket.metadata("4"));
            server.transfers().awaitOffered("my-id");
            JavaWebSocket receiver = JavaWebSocket.open(http, server, "/receive/my-id");
            var received = server.beside(receiver::receive);
            assertThat(sender.awaitText("Go")).isEqualTo("Go for file chunks");
            sender.send("some".getBytes(StandardCharsets.US_ASCII));
            assertThat(received.get().metadata()).isEqualTo(RawWebSocket.metadata("4"));
            assertThat(received.get().payload()).asString().isEqualTo("some");
        }
    }

    @Test
    void row_10_nothing_to_receive() throws Exception {
        assertThat(server.webSocket("/receive/my-id").awaitClose().lastWords()).isEqualTo("File not found");
    }

    @Test
    void row_11_a_browser_gets_a_page_as_served() throws Exception {
        RawClient sender = server.put("/my-id/a.bin", "some");
        Reply page = server.ask("GET /my-id" + BROWSER);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("Ready to download", "Download File");
        sender.vanish();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "facebookexternalhit",
                "WhatsApp",
                "Twitterbot",
                "Slackbot-LinkExpanding",
                "Discordbot",
                "Googlebot",
                "bingbot",
                "LinkedInBot",
                "Pinterestbot",
                "TelegramBot"
            })
    void row_12_a_bot_gets_a_preview(String agent) throws Exception {
        RawClient sender = server.put("/my-id/a.bin", "some");
        for (String link : new String[] {"/my-id", "/my-id?download=true"}) {
            Reply page = server.ask("GET " + link + "|User-Agent: " + agent + "/1.0");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.body()).doesNotContain("Ready to download", "Download File");
        }
        sender.vanish();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "|User-Agent: curl/8.5", BROWSER, "|User-Agent: node"})
    void row_13_download_gets_the_file(String agent) throws Exception {
        RawClient sender = server.put("/my-id/a.bin", "some");
        Reply file = server.ask("GET /my-id?download=true" + agent);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Length")).isEqualTo("4");
        assertThat(file.header("Content-Disposition")).contains("filename=a.bin");
        assertThat(file.body()).isEqualTo("some");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void row_14_health() throws Exception {
        assertThat(server.ask("GET /health").body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'file_name':'a.bin','file_size':4,'file_type':'text/plain'}",
                "{'name':'a.bin','size':4,'type':'text/plain'}",
                "{'file_name':'a.bin','size':4,'file_type':'text/plain','colour':['red']}"
            })
    void row_15_the_names_of_metadata(String metadata) throws Exception {
        RawWebSocket sender = server.webSocket("/send/my-id").text(metadata.replace('\'', '"'));
        server.transfers().awaitOffered("my-id");
        RawWebSocket receiver = server.webSocket("/receive/my-id");
        receiver.awaitText("{\"file_name\":\"a.bin\",\"file_size\":4,\"file_type\":\"text/plain\"}");
        sender.close(1000).client().rest();
    }
}
