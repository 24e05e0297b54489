package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file in a form: {@code curl -F}, and pages without scripts. */
@Timeout(120)
class FormTest {
    private static final String FORM = "|Content-Type: multipart/form-data; boundary=xyz";
    private static final String END = "\r\n--xyz--\r\n";

    @RegisterExtension
    final TestServer server = new TestServer(
            HttpSettings.DEFAULT.withMaxSize(100_000).withHeartbeat(Duration.ofMillis(20)), TransferLimits.DEFAULT);

    @RegisterExtension
    final TestServer hasty =
            new TestServer(HttpSettings.DEFAULT.withMetadataDeadline(Duration.ofMillis(300)), TransferLimits.DEFAULT);

    private static String field(String name, String value) {
        return "--xyz\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String name, String content) {
        return "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: text/csv\r\n\r\n" + content;
    }

    private RawClient post(String path, String form) throws IOException {
        RawClient sender = server.request("POST " + path + FORM + "|Content-Length: " + form.length())
                .send(form);
        server.transfers().awaitOffered("my-id");
        return sender;
    }

    @ParameterizedTest
    @CsvSource({"/my-id/, a.csv", "/my-id/b.csv, b.csv", "/my-id/?name=c.csv, c.csv"})
    void the_file_in_a_form_is_sent_under_its_name(String path, String name) throws Exception {
        RawClient sender = post(path, field("comment", "not this") + file("a.csv", "hello") + END);

        Reply file = server.ask("GET /my-id");

        assertThat(file.body()).isEqualTo("hello");
        assertThat(file.whole()).isTrue();
        assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=" + name);
        assertThat(file.header("Content-Type")).isEqualTo("text/csv");
        assertThat(sender.reply().body()).startsWith("Transfer complete. 5 bytes");
    }

    @Test
    void a_form_in_chunks_comes_with_the_link_at_once() throws Exception {
        RawClient sender = server.request("POST /" + FORM + "|Transfer-Encoding: chunked");
        String form = file("a.csv", "hello\r\n--xy") + END;
        for (int i = 0; i < form.length(); i++) {
            sender.send("1\r\n" + form.charAt(i) + "\r\n");
        }
        sender.send("0\r\n\r\n");
        String link = sender.awaitBody("Waiting").body().lines().findFirst().orElseThrow();

        Reply file = server.ask("GET " + link.substring(link.lastIndexOf('/')));

        assertThat(file.body()).isEqualTo("hello\r\n--xy");
        assertThat(sender.reply().lastLine()).startsWith("Delivered: 11 bytes");
    }

    @Test
    void one_that_waits_for_100_continue_is_told_to_send() throws Exception {
        String form = file("a.csv", "hello") + END;
        RawClient sender =
                server.request("POST /my-id/" + FORM + "|Expect: 100-continue|Content-Length: " + form.length());
        sender.awaitHead("HTTP/1.1 100 Continue\r\n\r\n");
        sender.take("HTTP/1.1 100 Continue\r\n\r\n".length());
        sender.send(form);
        server.transfers().awaitOffered("my-id");

        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void fields_may_follow_the_file() throws Exception {
        RawClient sender = post("/my-id/", file("a.csv", "hello") + "\r\n" + field("send", "Send") + "--xyz--");
        assertThat(server.ask("GET /my-id").body()).isEqualTo("hello");
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @Test
    void the_file_is_not_whole_before_the_closing_boundary() throws Exception {
        String form = file("a.csv", "hello") + END;
        RawClient sender = server.request("POST /my-id/" + FORM + "|Content-Length: " + form.length());
        sender.send(form.substring(0, form.length() - 4));
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        assertThat(receiver.awaitBody("hello").whole()).isFalse();

        sender.send(form.substring(form.length() - 4));

        assertThat(receiver.reply().whole()).isTrue();
        assertThat(sender.reply().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                   closing boundary",
        "'\r\n--xyz',                          closing boundary",
        "'\r\n--xyzzy--\r\n',                  neither its end nor a line",
        "'\r\n--xyz\r\nA: b\r\n\r\n\r\n--xyz', closing boundary"
    })
    void T10_a_form_without_its_end_is_an_incomplete_file(String end, String why) throws Exception {
        RawClient sender = post("/my-id/", file("a.csv", "hello") + end);
        assertIncomplete(sender, why);
    }

    @Test
    void T10_a_second_file_is_refused_and_the_first_is_not_taken_for_all() throws Exception {
        RawClient sender = post("/my-id/", file("a.csv", "hello") + "\r\n" + file("b.csv", "hello") + END);
        assertIncomplete(sender, "more than one file");
    }

    private void assertIncomplete(RawClient sender, String why) throws IOException {
        assertThat(server.get("/my-id").reply().whole()).isFalse();
        Reply answer = sender.reply();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(why);
        assertThat(server.ask("GET /api/transfers/my-id").body()).contains("\"TRUNCATED\"");
    }

    @Test
    void F4_a_form_whose_connection_breaks_is_an_incomplete_file() throws Exception {
        RawClient sender = server.request("POST /my-id/" + FORM + "|Content-Length: 10000");
        sender.send(file("a.csv", "hello"));
        server.transfers().awaitOffered("my-id");
        RawClient receiver = server.get("/my-id");
        receiver.awaitBody("hello");

        sender.finish();

        assertThat(receiver.reply().whole()).isFalse();
        assertThat(sender.reply().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "multipart/form-data,                      no boundary",
        "multipart/form-data; boundary=,           no boundary",
        "multipart/form-data; boundary=\"a\tb\",   no boundary",
        "multipart/form-data; boundary=xyz,        no file",
        "multipart/form-data; boundary=\"xyz\",    no file",
        "Multipart/Form-Data; x=y; BOUNDARY=xyz,   no file"
    })
    void a_form_that_has_no_file_is_400_and_offers_nothing(String type, String why) throws Exception {
        String form = field("comment", "hello") + "--xyz--";
        Reply answer = server.request("POST /my-id/|Content-Type: " + type + "|Content-Length: " + form.length())
                .send(form)
                .reply();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(why);
        assertThat(server.transfers().seen()).isEmpty();
    }

    @Test
    void an_empty_body_is_no_form() throws Exception {
        assertThat(server.ask("POST /my-id/" + FORM).status()).isEqualTo(400);
        assertThat(server.ask("POST /my-id/" + FORM + "|Content-Length: 0").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {65_537, 200_000})
    void A11_a_field_is_bounded(int length) throws Exception {
        String form = field("comment", "x".repeat(length)) + file("a.csv", "hello") + END;
        Reply answer = server.request("POST /my-id/" + FORM + "|Content-Length: " + form.length())
                .send(form)
                .reply();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("a field of this form");
    }

    @Test
    void a_file_over_the_limit_is_413() throws Exception {
        String form = file("a.csv", "x".repeat(100_001)) + END;
        RawClient sender = server.request("POST /my-id/" + FORM + "|Content-Length: " + form.length());
        var sent = server.beside(() -> sender.send(form));
        server.transfers().awaitOffered("my-id");
        assertThat(server.get("/my-id").reply().whole()).isFalse();
        assertThat(sender.reply().status()).isEqualTo(413);
        sent.get();
    }

    @Test
    void A28_a_form_whose_file_does_not_begin_is_408() throws Exception {
        Reply answer = hasty.request("POST /my-id/" + FORM + "|Content-Length: 1000")
                .send(field("comment", "hello"))
                .reply();
        assertThat(answer.status()).isEqualTo(408);
    }

    @Test
    void a_PUT_of_that_type_is_a_file_as_it_is() throws Exception {
        String form = file("a.csv", "hello") + END;
        RawClient sender = server.request("PUT /my-id/form" + FORM + "|Content-Length: " + form.length())
                .send(form);
        server.transfers().awaitOffered("my-id");
        assertThat(server.ask("GET /my-id").body()).isEqualTo(form);
        assertThat(sender.reply().status()).isEqualTo(200);
    }
}
