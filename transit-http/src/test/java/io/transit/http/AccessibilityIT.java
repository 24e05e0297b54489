package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages in each of their states, in light and dark, on a narrow and a wide screen, without motion, as far as a program can
 * tell whether everybody can use them. With {@code -Dtransit.axe=/path/to/axe.min.js} that looks at them too.
 */
@Timeout(300)
class AccessibilityIT {
    private static final TransferId ONE = new TransferId("one");
    private static final TransferId SEVERAL = new TransferId("several");

    @RegisterExtension
    static final Browser browser = new Browser();

    @RegisterExtension
    final PageServer server = new PageServer();

    private void openPage(String path) {
        var photo = FileMetadata.of("IMG_0412.jpg", OptionalLong.of(2_000_000), "image/jpeg")
                .inFolder("photos/2026-08 Sicily");
        server.offer(Offer.of(ONE, PageServer.FILM));
        server.offer(new Offer(SEVERAL, List.of(photo, PageServer.FILM), true, 1, false, Offer.DEFAULT_PATIENCE));
        browser.open(server.uri(path));
        browser.await("document.querySelector('main').dataset.state !== ''");
    }

    /** The states that a page has, by what is there in each. */
    private static Set<String> states() {
        var states = new LinkedHashSet<String>();
        browser.findAll("[data-in]")
                .forEach(element -> states.addAll(List.of(Objects.requireNonNull(element.getDomAttribute("data-in"))
                        .split(" "))));
        return states;
    }

    private static void enter(String state) {
        browser.run("""
                document.querySelector('main').dataset.state = arguments[0];
                for (const row of document.querySelectorAll('.files li')) {
                    row.dataset.mark = row.dataset.part === '1' ? 'had' : 'here';
                    const mark = row.querySelector('.mark');
                    if (mark) {
                        mark.textContent = row.dataset.mark;
                    }
                }
                for (const details of document.querySelectorAll('details')) {
                    details.open = true;
                }""", state);
    }

    @ParameterizedTest
    @CsvSource({
        "/, light, 1280", "/, dark, 1280", "/, light, 320", "/, dark, 320",
        "/one, light, 1280", "/one, dark, 1280", "/one, light, 320", "/one, dark, 320",
        "/several, light, 1280", "/several, dark, 1280", "/several, light, 320", "/several, dark, 320"
    })
    void nothing_is_wrong_with_a_page_in_any_of_its_states(String path, String scheme, int width) throws IOException {
        String check = script();
        browser.resize(width);
        browser.preferStill(scheme);
        openPage(path);
        for (String state : states()) {
            enter(state);
            assertThat((List<?>) browser.run(check))
                    .as("in the state %s", state)
                    .isEmpty();
            assertThat(axe()).as("axe, in the state %s", state).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void nothing_is_wrong_with_an_error(String scheme) throws IOException {
        browser.prefer(scheme);
        browser.open(server.uri("/error"));
        assertThat((List<?>) browser.run(script()))
                .filteredOn(line -> !line.equals("4.1.3 nothing tells of what happens"))
                .isEmpty();
        assertThat(axe()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/, light", "/, dark", "/one, light", "/one, dark", "/several, light", "/several, dark"})
    void all_that_can_be_operated_is_reached_by_the_keyboard_and_shows_it(String path, String scheme) {
        browser.prefer(scheme);
        openPage(path);
        for (String state : states()) {
            enter(state);
            assertThat(browser.walkByKeyboard()).as("in the state %s", state).isEmpty();
        }
    }

    private static String script() throws IOException {
        try (InputStream in = AccessibilityIT.class.getResourceAsStream("/pages/accessibility.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What axe finds, if it is there: it is not ours to hand on. */
    private static List<?> axe() throws IOException {
        String place = System.getProperty("transit.axe");
        if (place == null) {
            return List.of();
        }
        browser.run(Files.readString(Path.of(place)));
        return (List<?>) Objects.requireNonNull(browser.runAsync("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(({violations}) => done(violations.flatMap(({id, nodes}) =>
                    nodes.map(({html, failureSummary}) => `${id}: ${html} ${failureSummary}`))), error => done([String(error)]));"""));
    }
}
