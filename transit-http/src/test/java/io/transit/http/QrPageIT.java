package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The QR code that the sending page shows, in a browser. */
@Timeout(120)
class QrPageIT {
    @RegisterExtension
    static final Browser browser = new Browser();

    @RegisterExtension
    final TestServer server = new TestServer();

    @TempDir
    Path directory;

    @Test
    void the_page_shows_the_code_of_its_link() throws IOException {
        browser.open(server.uri("/"));
        browser.find("#file")
                .sendKeys(Files.writeString(directory.resolve("film.mkv"), "hello")
                        .toString());
        browser.awaitState("waiting");

        String link = Objects.requireNonNull(browser.find("#link").getDomProperty("value"));
        List<String> code = modules(QrImage.of(link).orElseThrow());
        assertThat(browser.runWith(new Assets(BasePath.ROOT), """
                const image = document.querySelector('#qr');
                if (image.naturalWidth === 0) {
                    await new Promise(shown => image.addEventListener('load', shown, {once: true}));
                }
                const size = %d;
                const canvas = document.createElement('canvas');
                canvas.width = canvas.height = 4 * size;
                const context = canvas.getContext('2d');
                context.drawImage(image, 0, 0, 4 * size, 4 * size);
                const pixels = context.getImageData(0, 0, 4 * size, 4 * size).data;
                const at = (x, y) => pixels[4 * (4 * size * (4 * y + 2) + 4 * x + 2)] < 128 ? '#' : '.';
                const all = [...Array(size).keys()];
                return all.map(y => all.map(x => at(x, y)).join(''));""".replace("%d", "" + code.size())))
                .isEqualTo(code);
        assertThat(browser.complaints()).isEmpty();

        browser.find(".cancel").click();
        browser.awaitState("choose");
    }

    /** With its border of four. */
    private static List<String> modules(QrImage image) {
        int end = image.code().size + 4;
        var lines = new ArrayList<String>();
        for (int y = -4; y < end; y++) {
            var line = new StringBuilder();
            for (int x = -4; x < end; x++) {
                line.append(image.code().getModule(x, y) ? '#' : '.');
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
