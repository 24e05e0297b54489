package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A21, A22: what each kind of answer forbids whoever shows or keeps it. */
@Timeout(120)
class ProtectionTest {
    private static final String BROWSER = "User-Agent: Mozilla/5.0|Accept: text/html";

    @RegisterExtension
    final TestServer server = new TestServer();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "GET /,                                      200",
                "GET /|Accept: text/html,                    200",
                "GET /my-id|Accept: text/html,               404",
                "GET /my-id|User-Agent: WhatsApp/2,          404",
                "GET /my-id,                                 404",
                "GET /my-id|Accept: application/json,        404",
                "GET /send|Accept: text/html,                400",
                "GET /my_id!,                                400",
                "GET /a/b/c,                                 404",
                "GET /api/transfers/my-id,                   404",
                "GET /health,                                200",
                "GET /robots.txt,                            200",
                "GET /favicon.ico,                           200",
                "GET /manifest.webmanifest,                  200",
                "GET /assets/0123456789abcdef/send.js,       200",
                "GET /assets/0123456789abcdef/none.js,       404",
                "DELETE /my-id,                              405",
                "GET /%zz,                                   400",
                "GET /receive/my-id|Upgrade: websocket,      400",
                "POST /|Content-Length: 0|Origin: http://a,  403",
                "PUT /a|Transfer-Encoding: gzip,             501",
                "G@T /,                                      400"
            })
    void an_answer_cannot_be_framed_sniffed_embedded_or_referred_to(String head, int status) throws Exception {
        Reply reply = server.ask(head);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
        assertProtected(reply);
        if (!head.matches(".*(assets|robots|favicon|manifest).*")
                && !reply.body().contains("<title>transit")) {
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void what_tells_of_a_transfer_is_kept_by_nobody() throws Exception {
        RawClient sender = server.put("/my-id/film.mkv", "film");
        for (String head : new String[] {
            "GET /my-id|" + BROWSER, "GET /my-id|User-Agent: WhatsApp/2", "GET /api/transfers/my-id", "HEAD /my-id"
        }) {
            RawClient client = server.request(head);
            Reply reply = head.startsWith("HEAD") ? client.replyToHead() : client.reply();
            assertThat(reply.status()).isEqualTo(200);
            assertProtected(reply);
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        }
        Reply page = server.ask("GET /my-id|" + BROWSER);
        assertThat(page.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(page.header("Permissions-Policy")).contains("camera=()");

        assertFile(server.ask("GET /my-id"));

        Reply delivered = sender.reply();
        assertThat(delivered.status()).isEqualTo(200);
        assertProtected(delivered);
    }

    private static void assertFile(Reply file) {
        assertThat(file.body()).isEqualTo("film");
        assertProtected(file);
        Map.of(
                        "Content-Security-Policy", "sandbox; default-src 'none'",
                        "Cache-Control", "no-store",
                        "Content-Disposition", "attachment; filename=film.mkv")
                .forEach((name, value) -> assertThat(file.header(name)).isEqualTo(value));
    }

    private static void assertProtected(Reply reply) {
        Map.of(
                        "X-Content-Type-Options", "nosniff",
                        "Referrer-Policy", "no-referrer",
                        "Cross-Origin-Resource-Policy", "same-origin")
                .forEach(
                        (name, value) -> assertThat(reply.header(name)).as(name).isEqualTo(value));
    }
}
