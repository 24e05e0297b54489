package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A name comes from the path, else from {@code ?name=}, else from {@code X-Transit-Name}, and goes out clean. */
@Timeout(120)
class FileNamesTest {
    @RegisterExtension
    final TestServer server = new TestServer();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "/id/film.mkv,                X-A: b,                    attachment; filename=film.mkv",
                "/id/,                        X-A: b,                    attachment; filename=download",
                "/id/?name=a.txt,             X-A: b,                    attachment; filename=a.txt",
                "/id/,                        X-Transit-Name: b.txt,     attachment; filename=b.txt",
                "/id/,                        x-transit-name: b.txt,     attachment; filename=b.txt",
                "/id/?name=a.txt,             X-Transit-Name: b.txt,     attachment; filename=a.txt",
                "/id/?name=,                  X-Transit-Name: b.txt,     attachment; filename=b.txt",
                "/id/c.txt?name=a.txt,        X-Transit-Name: b.txt,     attachment; filename=c.txt",
                "/id/c.txt?name=a&name=b,     X-A: b,                    attachment; filename=c.txt",
                "/id/?name=a&name=b,          X-A: b,                    attachment; filename=a",
                "/id/x,                       X-A: b,                    attachment; filename=x",
                "/id/health,                  X-A: b,                    attachment; filename=health"
            })
    void the_first_of_path_query_and_header_names_the_file(String path, String header, String disposition)
            throws Exception {
        assertThat(dispositionOf(path, header)).isEqualTo(disposition);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "/id/a%20b.txt,               |attachment; filename=\"a b.txt\"|",
                "/id/100%25,                  |attachment; filename=\"100_\"; filename*=UTF-8''100%25|",
                "/id/%E6%97%A5.txt,           |attachment; filename=\"_.txt\"; filename*=UTF-8''%E6%97%A5.txt|",
                "/id/?name=%E6%97%A5.txt,     |attachment; filename=\"_.txt\"; filename*=UTF-8''%E6%97%A5.txt|",
                "/id/%F0%9F%98%80,            |attachment; filename=\"_\"; filename*=UTF-8''%F0%9F%98%80|",
                "/id/e%CC%81,                 |attachment; filename=\"_\"; filename*=UTF-8''%C3%A9|"
            })
    void A6_names_of_any_language_survive(String path, String disposition) throws Exception {
        assertThat(dispositionOf(path, "X-A: b")).isEqualTo(disposition);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "/id/%2Fetc%2Fpasswd,         attachment; filename=passwd",
                "/id/..%2F..%2Fx,             attachment; filename=x",
                "/id/..%5C..%5Cx,             attachment; filename=x",
                "/id/?name=/etc/passwd,       attachment; filename=passwd",
                "/id/?name=..%2Fx,            attachment; filename=x",
                "/id/%2E%2E,                  attachment; filename=download",
                "/id/.bashrc,                 attachment; filename=bashrc",
                "/id/C%3A%5Cx,                attachment; filename=x",
                "/id/CON.txt,                 attachment; filename=_CON.txt",
                "/id/a%0D%0ASet-Cookie%3Ab,   attachment; filename=aSet-Cookie_b",
                "/id/a%00b,                   attachment; filename=ab",
                "/id/a%1B[2Jb,                |attachment; filename=\"a[2Jb\"|",
                "/id/%E2%80%AEgpj.exe,        attachment; filename=gpj.exe"
            })
    void A2_A3_A4_A5_what_is_dangerous_in_a_name_does_not_come_out(String path, String disposition) throws Exception {
        assertThat(dispositionOf(path.replace("[", "%5B"), "X-A: b")).isEqualTo(disposition);
    }

    /** Strange names of all kinds, wherever a name can be given; read by another account of the RFCs than what wrote them. */
    @ParameterizedTest
    @EnumSource(StrangeName.Place.class)
    void A2_A3_A4_A5_A6_every_name_of_the_corpus_comes_out_as_its_rule_says(StrangeName.Place place) throws Exception {
        List<StrangeName> names = StrangeName.all();
        assertThat(names).hasSize(300);
        for (int i = 0; i < names.size(); i++) {
            StrangeName name = names.get(i);
            if (name.places().contains(place)) {
                Callable<Boolean> delivery = name.offer(server, "n" + i, place, "x");
                try (RawClient receiver = server.get("/n" + i)) {
                    // Which has read every line of the head strictly.
                    String header = receiver.reply().header("Content-Disposition");
                    Disposition disposition = Disposition.parse(header);
                    assertThat(disposition.type()).isEqualTo("attachment");
                    assertThat(disposition.name()).as(header).isEqualTo(name.saved());
                    assertThat(disposition.plainName()).as(header).isEqualTo(name.plain());
                }
                assertThat(delivery.call()).isTrue();
            }
        }
    }

    private String dispositionOf(String path, String header) throws Exception {
        RawClient sender = server.request("PUT " + path + "|Content-Length: 1|" + header);
        server.transfers().awaitOffered("id");
        sender.send("x");
        Reply file = server.ask("GET /id");
        assertThat(sender.reply().status()).isEqualTo(200);
        return file.header("Content-Disposition");
    }
}
