package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

/** The page that sends, in a browser. */
@Timeout(120)
class SendPageIT {
    @RegisterExtension
    static final Browser browser = new Browser();

    @RegisterExtension
    final PageServer server = new PageServer();

    @TempDir
    Path directory;

    private void open() {
        browser.open(server.uri("/"));
        browser.run("""
                window.seen = [];
                const main = document.querySelector('main');
                new MutationObserver(() => seen.push(main.dataset.state)).observe(main, {attributes: true});""");
    }

    private void isOffered() {
        browser.awaitState("waiting");
        assertThat(browser.run("return seen")).isEqualTo(List.of("waiting"));
        String link = browser.find("#link").getDomProperty("value");
        assertThat(link)
                .startsWith(server.uri("/").toString())
                .matches(".*/[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}");
        assertThat(browser.find("#command").getDomProperty("value")).isEqualTo("curl -OJ " + link);
        assertThat(browser.text("#name")).isEqualTo("film.mkv");
        assertThat(browser.text("#size")).isEqualTo("5 bytes");
        browser.find(".cancel").click();
    }

    @Test
    void it_loads_without_an_error_or_a_violation_of_its_policy() {
        browser.open(server.uri("/"));
        assertThat(browser.run("return document.documentElement.dataset.ready")).isEqualTo("choose");
        assertThat(browser.title()).isEqualTo("transit");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_chosen_file_has_a_link_at_once() throws IOException {
        Path film = Files.writeString(directory.resolve("film.mkv"), "hello");
        open();
        browser.find("#file").sendKeys(film.toString());
        isOffered();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "document.dispatchEvent(new DragEvent('drop', {dataTransfer: data}))",
                "document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data}))"
            })
    void a_dropped_or_pasted_file_has_one_too(String event) {
        open();
        browser.run("const data = new DataTransfer(); data.items.add(new File(['hello'], 'film.mkv')); " + event);
        isOffered();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "document.dispatchEvent(new DragEvent('drop', {dataTransfer: data}))",
                "document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data}))"
            })
    void a_dropped_or_pasted_text_is_sent_as_a_file(String event) {
        open();
        browser.run("const data = new DataTransfer(); data.setData('text/plain', 'Grüße'); " + event);
        browser.awaitState("waiting");
        assertThat(browser.text("#name")).isEqualTo("text.txt");
        assertThat(browser.text("#size")).isEqualTo("7 bytes");
        browser.find(".cancel").click();
    }

    /** As an installed page gets it from the system: a form, sent by nobody who knows of files and paths. */
    @ParameterizedTest
    @CsvSource({"file, film.mkv, 5 bytes", "'', text.txt, 27 bytes"})
    void what_another_program_shares_is_taken_and_never_goes_to_the_server(String file, String name, String size) {
        open();
        browser.runWith(server.assets(), """
                await navigator.serviceWorker.register('/assets/shared/inbox.js');
                const registration = await navigator.serviceWorker.getRegistration('/assets/shared/');
                const worker = registration.installing ?? registration.waiting ?? registration.active;
                await new Promise(active => worker.state === 'activated' ? active()
                    : worker.addEventListener('statechange', () => worker.state === 'activated' && active()));
                const form = document.createElement('form');
                form.method = 'post';
                form.enctype = 'multipart/form-data';
                form.action = '/assets/shared/';
                form.innerHTML = '<input name=title><input name=url><input type=file name=file><button id=pass-on>x</button>';
                const [title, url, file] = form.elements;
                title.value = 'Film';
                url.value = 'https://film.example/x';
                if ('%s') {
                    const data = new DataTransfer();
                    data.items.add(new File(['hello'], 'film.mkv'));
                    file.files = data.files;
                } else {
                    file.remove();
                }
                document.body.prepend(form);""".formatted(file));
        browser.find("#pass-on").click();
        browser.awaitState("waiting");
        assertThat(browser.text("#name")).isEqualTo(name);
        assertThat(browser.text("#size").replace('\u00a0', ' ')).isEqualTo(size);
        assertThat(browser.run("return location.search")).isEqualTo("");
        browser.find(".cancel").click();
    }

    @Test
    void what_is_pasted_into_the_field_for_a_text_stays_there() {
        open();
        browser.find("#write").click();
        browser.awaitState("write");
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("text");
        browser.run("""
                const data = new DataTransfer();
                data.setData('text/plain', 'hello');
                text.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));""");
        browser.find("#write-back").click();
        browser.awaitState("choose");
        assertThat(browser.run("return seen")).isEqualTo(List.of("write", "choose"));
    }

    @Test
    void of_many_files_it_shows_how_many_there_are_and_which() throws IOException {
        open();
        Path first = Files.writeString(directory.resolve("first.txt"), "hello");
        Path second = Files.writeString(directory.resolve("second.txt"), "hello, world");
        browser.find("#file").sendKeys(first + "\n" + second);
        browser.awaitState("waiting");
        assertThat(browser.text("#many summary")).isEqualTo("2 files 17 bytes");
        browser.find("#many summary").click();
        assertThat(browser.findAll("#files li").stream().map(WebElement::getText))
                .containsExactly("first.txt\n5 bytes", "second.txt\n12 bytes");
        browser.find(".cancel").click();
    }

    @Test
    void the_files_of_a_folder_and_those_below_it_are_listed_with_their_paths() throws IOException {
        open();
        Files.createDirectories(directory.resolve("photos/b/c"));
        for (String name : List.of("photos/z.txt", "photos/b/y.txt", "photos/b/c/x.txt")) {
            Files.writeString(directory.resolve(name), name);
        }
        browser.find("#folder").sendKeys(directory.resolve("photos").toString());
        browser.awaitState("waiting");
        assertThat(browser.text("#count")).isEqualTo("3 files");
        browser.find("#many summary").click();
        assertThat(browser.findAll("#files bdi").stream().map(WebElement::getText))
                .containsExactlyInAnyOrder("photos/z.txt", "photos/b/y.txt", "photos/b/c/x.txt");
        browser.find(".cancel").click();
    }

    @Test
    void a_dropped_folder_is_walked_in_the_order_of_names_however_many_parts_it_is_read_in() {
        open();
        browser.run("""
                const file = path => ({name: path.split('/').pop(), isDirectory: false, fullPath: path,
                    file: resolve => resolve(new File(['x'], path.split('/').pop()))});
                const folder = (path, ...parts) => ({name: path.split('/').pop(), isDirectory: true, fullPath: path,
                    createReader: () => {
                        const left = [...parts, []];
                        return {readEntries: resolve => resolve(left.shift())};
                    }});
                const entry = folder('/p', [file('/p/b'), folder('/p/c', [file('/p/c/d')])], [file('/p/a')]);
                const item = {kind: 'file', getAsFile: () => null, webkitGetAsEntry: () => entry};
                const drop = new Event('drop');
                drop.dataTransfer = {items: [item], types: ['Files'], getData: () => ''};
                document.dispatchEvent(drop);""");
        browser.awaitState("waiting");
        browser.find("#many summary").click();
        assertThat(browser.findAll("#files bdi").stream().map(WebElement::getText))
                .containsExactly("p/a", "p/b", "p/c/d");
        browser.find(".cancel").click();
    }

    @Test
    void too_many_files_or_none_are_refused_in_plain_words() {
        open();
        for (var files : List.of(
                List.of("0", "There is no file in it."),
                List.of("10001", "These are too many files to be sent at once."))) {
            browser.run("""
                    const entries = Array.from({length: %s}, (_, i) => ({name: String(i), fullPath: '/' + i,
                        file: resolve => resolve(new File([], String(i)))}));
                    const left = [entries, []];
                    const entry = {isDirectory: true, createReader: () => ({readEntries: done => done(left.shift())})};
                    const drop = new Event('drop');
                    drop.dataTransfer = {types: ['Files'], getData: () => '',
                        items: [{kind: 'file', getAsFile: () => null, webkitGetAsEntry: () => entry}]};
                    document.dispatchEvent(drop);""".formatted(files.get(0)));
            browser.await("document.getElementById('notice').textContent.includes(arguments[0])", files.get(1));
        }
        assertThat(browser.run("return document.querySelector('main').dataset.state"))
                .isEqualTo("choose");
    }

    @Test
    void a_server_that_cannot_be_reached_is_told_and_the_file_can_be_tried_again() throws IOException {
        Path film = Files.writeString(directory.resolve("film.mkv"), "hello");
        open();
        int port = server.port();
        server.stop();
        browser.find("#file").sendKeys(film.toString());
        browser.awaitState("failed");
        String link = browser.find("#link").getDomProperty("value");
        assertThat(browser.text("main"))
                .startsWith("Not delivered")
                .contains("The server cannot be reached", "Try again");
        assertThat(browser.text("#said")).startsWith("Not delivered. The server cannot be reached");

        server.startAgain(port);
        browser.run("seen.length = 0");
        browser.find("#retry").click();
        isOffered();
        assertThat(browser.find("#link").getDomProperty("value")).isNotEqualTo(link);
    }

    @Test
    void the_tab_is_guarded_only_while_there_is_something_to_lose() throws IOException {
        open();
        assertThat(isGuarded()).isFalse();
        browser.find("#file")
                .sendKeys(Files.writeString(directory.resolve("film.mkv"), "hello")
                        .toString());
        browser.awaitState("waiting");
        assertThat(isGuarded()).isTrue();
        browser.find(".cancel").click();
        browser.awaitState("choose");
        assertThat(isGuarded()).isFalse();
    }

    private static boolean isGuarded() {
        return Objects.equals(browser.run("""
                const event = new Event('beforeunload', {cancelable: true});
                dispatchEvent(event);
                return event.defaultPrevented"""), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Object.defineProperty(navigator, 'clipboard', {value: undefined})"})
    void the_link_is_copied_with_and_without_the_clipboard_of_secure_pages(String lack) throws IOException {
        open();
        browser.run(lack);
        browser.find("#file")
                .sendKeys(Files.writeString(directory.resolve("film.mkv"), "hello")
                        .toString());
        browser.awaitState("waiting");
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("link");
        browser.find("#copy-link").click();
        browser.awaitText("#said", "Copied.");
        assertThat(browser.text("#copy-link")).isEqualTo("Copied");
        browser.find(".cancel").click();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void all_of_it_can_be_read_and_touched(String scheme) {
        browser.resize(320);
        browser.prefer(scheme);
        open();
        browser.run(
                "document.querySelector('details').open = true; notice.textContent = 'x'; summary.textContent = 'x'");
        for (String state : List.of(
                "choose", "write", "waiting", "sending", "paused", "partly", "delivered", "expired", "failed")) {
            browser.run("document.querySelector('main').dataset.state = arguments[0]", state);
            assertThat(browser.hardToUse()).as("in the state %s", state).isEmpty();
        }
    }

    @Test
    void a_server_without_codes_for_phones_leaves_no_gap() throws IOException {
        open();
        browser.find("#file")
                .sendKeys(Files.writeString(directory.resolve("film.mkv"), "hello")
                        .toString());
        browser.awaitState("waiting");
        // Or the page would ask for the code yet.
        browser.awaitText("#until", "The link works until ");
        assertThat(browser.find("#qr-figure").isDisplayed()).isTrue();
        browser.run("document.getElementById('qr').src = '/my-id'");
        browser.await("document.getElementById('qr-figure').hidden");
        browser.find(".cancel").click();
    }

    @ParameterizedTest
    @CsvSource({
        "de, de, Dateien direkt weitergeben",
        "fr-CH, fr, Envoyez des fichiers directement à quelqu’un",
        "en, en, Send files straight to someone",
        "tlh, en, Send files straight to someone"
    })
    void it_speaks_the_language_that_is_asked_for_and_else_English(String asked, String spoken, String title) {
        browser.open(server.uri("/?lang=" + asked));
        browser.await("document.documentElement.dataset.ready");
        assertThat(browser.find("html").getDomAttribute("lang")).isEqualTo(spoken);
        assertThat(browser.text("h1")).isEqualTo(title);
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 768, 1280})
    void it_fits_screens_of_any_width(int width) {
        browser.resize(width);
        open();
        assertThat(browser.isScrolledSideways()).isFalse();
    }

    @Test
    void whatever_can_be_operated_has_a_name_for_those_who_do_not_see_it() {
        open();
        assertThat(browser.findAll("main input, main button, main progress, main img"))
                .isNotEmpty()
                .allSatisfy(element -> assertThat(name(element))
                        .as("the name of %s", element.getDomAttribute("id"))
                        .isNotBlank());
    }

    /** What is not shown yet has no computed name. */
    private static String name(WebElement element) {
        return String.valueOf(browser.run("""
                const [e] = arguments;
                return [e.ariaLabel, e.alt, e.labels?.[0]?.textContent, e.textContent].find(name => name?.trim());""", element));
    }

    @Test
    void an_id_has_80_random_bits() {
        open();
        assertThat(browser.runWith(server.assets(), """
                        const {newId} = await web('id.js');
                        const ids = Array.from({length: 2000}, newId);
                        const symbols = new Set(ids.join('').replaceAll('-', ''));
                        return [new Set(ids).size, [...symbols].sort().join(''),
                            ids.every(id => /^(\\w{4}-){3}\\w{4}$/.test(id))];"""))
                .isEqualTo(List.of(2000L, "0123456789abcdefghjkmnpqrstvwxyz", true));
    }

    @Test
    void it_writes_sizes_as_the_server_does() {
        open();
        var random = new Random(1);
        List<Long> sizes = LongStream.concat(
                        LongStream.of(0, 1, 999, 1000, 1449, 1450, 99949, 99950, 999499, 999500),
                        random.longs(500, 0, 53).map(bits -> random.nextLong(1L << bits)))
                .boxed()
                .toList();
        assertThat(browser.runWith(
                        server.assets(), "const {size} = await web('format.js'); return " + sizes + ".map(size);"))
                .isEqualTo(sizes.stream().map(HumanSize::of).toList());
    }

    /** The check value of the catalogue of CRCs, and that of RFC 3720, B.4. */
    @Test
    void a_checksum_is_the_CRC_32C_of_the_last_whole_MiB() {
        open();
        assertThat(browser.runWith(server.assets(), """
                        const {crc32c, crc32cBefore} = await web('crc32c.js');
                        const mib = 1024 * 1024;
                        const file = new Blob([new Uint8Array(mib).fill(1), new Uint8Array(mib).fill(2), 'rest']);
                        return [crc32c(new TextEncoder().encode('123456789')), crc32c(new Uint8Array(32)),
                            await crc32cBefore(file, 2 * mib + 3) === crc32c(new Uint8Array(mib).fill(2)),
                            await crc32cBefore(file, mib) === crc32c(new Uint8Array(mib).fill(1))];""")).isEqualTo(List.of(0xe3069283L, 0x8a9136aaL, true, true));
    }

    @Test
    void a_file_is_read_in_pieces_of_256_KiB_at_most_and_whole() {
        open();
        assertThat(browser.runWith(server.assets(), """
                        const {PIECE, pieces} = await web('pieces.js');
                        const wrong = [];
                        for (const length of [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7]) {
                            const bytes = new Uint8Array(length).map((_, i) => i * 31 >> 3);
                            const read = [];
                            for await (const piece of pieces(new Blob([bytes]))) {
                                new Uint8Array(piece.byteLength > PIECE ? 0 : piece).forEach(byte => read.push(byte));
                            }
                            if (read.length !== length || read.some((byte, i) => byte !== bytes[i])) {
                                wrong.push(length);
                            }
                        }
                        return wrong;""")).isEqualTo(List.of());
    }

    @Test
    void it_tells_how_fast_it_goes_and_for_how_long_yet() {
        open();
        assertThat(browser.runWith(server.assets(), """
                        const {Progress} = await web('progress.js');
                        let now = 0;
                        performance.now = () => now;
                        const root = document.getElementById('progress');
                        const progress = new Progress(root, 4_000_000);
                        const told = [[100, 50_000], [1_000, 1_000_000], [2_000, 2_000_000], [9_000, 2_000_000]].map(([at, bytes]) => {
                            now = at;
                            return progress.show(bytes) + ' ' + root.querySelector('.rest').textContent;
                        });
                        return told.join('|').replaceAll('\u00a0', ' ');"""))
                .isEqualTo("1 |25 1 MB/s · 3 s left|50 1 MB/s · 2 s left|50 No byte has moved for a while");
    }

    @Test
    void the_tab_shows_how_far_it_is() {
        open();
        assertThat(browser.runWith(server.assets(), """
                        const {showInTab} = await web('tab.js');
                        const icon = document.querySelector('link[rel=icon]');
                        const plain = icon.href;
                        showInTab('37 %', 37);
                        const [title, ring] = [document.title, decodeURIComponent(icon.href)];
                        showInTab('');
                        return [title, ring.includes('stroke-dasharray="37 100"'), document.title, icon.href === plain];""")).isEqualTo(List.of("37 % – transit", true, "transit", true));
    }

    @Test
    void the_link_is_handed_to_the_share_dialog_where_there_is_one() {
        open();
        assertThat(browser.runWith(server.assets(), """
                        const {shares} = await web('share.js');
                        const given = [];
                        const button = () => {
                            const made = document.createElement('button');
                            shares(made, () => 'https://transit.example/x');
                            return made;
                        };
                        Object.defineProperty(navigator, 'share', {value: undefined, configurable: true});
                        const without = button().hidden;
                        Object.defineProperty(navigator, 'share', {value: async it => given.push(it.url)});
                        const it = button();
                        it.click();
                        return [without, it.hidden, ...given];""")).isEqualTo(List.of(true, false, "https://transit.example/x"));
    }

    /**
     * Each step is the byte where a receiver begins, and the one up to which it has all, with = between if it has completed; of files
     * of 3, 0, 4 and 5 bytes.
     */
    @ParameterizedTest
    @CsvSource({
        "0-12, 12 0",
        "0-5 3-12, 12 0",
        "0-5 5-6, 6 0",
        "7-12, 5 1",
        "7-12 0-3, 8 2",
        "7-12 0-3 3-7, 12 3",
        "3-7 3-7, 4 1",
        "3=3 3=3, 0 1",
        "3-3, 0 0",
        "3=3 3-3, 0 1",
        "3-3 3=7, 4 1",
        "7-9 9-12, 5 1",
        "3-7 0-3 7-11, 11 2",
        "7-12 0-12, 12 1"
    })
    void what_receivers_have_is_counted_once_in_whatever_order_they_take_it(String steps, String bytesAndFiles) {
        open();
        assertThat(browser.runWith(server.assets(), """
                        const {Received} = await web('received.js');
                        const received = new Received([3, 0, 4, 5].map(size => ({file: {size}})));
                        let last;
                        for (const [from, to, isCompleted] of '%s'.split(' ').map(step => [...step.split(/[-=]/).map(Number), step.includes('=')])) {
                            received.begin(from);
                            last = received.bytes(to);
                            received.end(to, isCompleted);
                        }
                        return last + ' ' + received.count;""".formatted(steps))).isEqualTo(bytesAndFiles);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.4|less than a second",
                "38|38 s",
                "125|2 min 5 s",
                "3600|1 h",
                "4320|1 h 12 min",
                "90000|1 d 1 h"
            })
    void a_time_is_in_two_units_at_most(String secondsAndText) {
        open();
        String[] parts = secondsAndText.split("\\|", -1);
        Object text = browser.runWith(
                server.assets(), "const {time} = await web('format.js'); return time(" + parts[0] + ");");
        assertThat(String.valueOf(text).replace('\u00a0', ' ')).isEqualTo(parts[1]);
    }
}
