package io.transit.http;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.UnexpectedAlertBehaviour;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A Chromium without a window, for the tests of one class. Where there is none they are skipped, and say what to install;
 * with {@code -Dtransit.e2e=required}, or in continuous integration, they fail.
 */
final class Browser implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a slow machine needs for a large file. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(2);

    private static final String FIX = "install Chromium and its driver (Debian: chromium and chromium-driver)";

    /** Says of each browser that it speaks a newer protocol, of which nothing is used here. */
    private static final Logger CHATTER = Logger.getLogger("org.openqa.selenium");

    static {
        CHATTER.setLevel(Level.SEVERE);
    }

    /** A download that is under way, under its id. */
    private static final String PART = "([0-9a-f-]{36})(\\.crdownload)?";

    private @Nullable ChromeDriver driver;
    private @Nullable Path byId;
    private @Nullable Path directory;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Optional<File> chromium = program("chromium", "chromium-browser", "google-chrome");
        Optional<File> service = program("chromedriver");
        if (chromium.isEmpty() || service.isEmpty()) {
            assertThat(isRequired())
                    .as("no browser can be missing here: " + FIX)
                    .isFalse();
            Assumptions.abort("there is no browser: " + FIX);
        }
        directory = Files.createTempDirectory("transit-browser");
        Files.createDirectory(downloads());
        // Where the library finds it; it would download one otherwise.
        System.setProperty("webdriver.chrome.driver", service.get().getPath());
        driver = new ChromeDriver(options(chromium.get(), directory));
        driver.manage().timeouts().scriptTimeout(LONG_PATIENCE).pageLoadTimeout(PATIENCE);
    }

    private static boolean isRequired() {
        return "required".equals(System.getProperty("transit.e2e")) || "true".equals(System.getenv("CI"));
    }

    private static Optional<File> program(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(path -> new File(path, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    private static ChromeOptions options(File chromium, Path directory) {
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(chromium);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + directory.resolve("profile"));
        options.setExperimentalOption(
                "prefs",
                Map.of(
                        "download.default_directory",
                        directory.resolve("downloads").toString(),
                        // One after the other, without asking.
                        "profile.default_content_setting_values.automatic_downloads",
                        1));
        options.setCapability("goog:loggingPrefs", logs);
        // A page that holds on to its user is left all the same.
        options.setUnhandledPromptBehaviour(UnexpectedAlertBehaviour.ACCEPT);
        return options;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        leave();
        driver().executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        saveDownloads("allow", downloads());
        complaints();
    }

    /** Leaves the page, so that nothing of what it does goes on. */
    void leave() {
        driver().get("about:blank");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (driver != null) {
            driver.quit();
        }
        if (directory != null) {
            try (Stream<Path> files = Files.walk(directory)) {
                // Not as files: the names that a browser chose need not be ones that this system's locale can spell.
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private ChromeDriver driver() {
        return Objects.requireNonNull(driver, "only while a test runs");
    }

    /** Where what it downloads is saved. */
    Path downloads() {
        return Objects.requireNonNull(directory).resolve("downloads");
    }

    /** Saves what it downloads in another directory, from now on. */
    void saveIn(Path folder) {
        saveDownloads("allow", folder);
    }

    /** Where a download that is saved under that name is, once all of it is there. */
    Path awaitDownload(String name) throws IOException, InterruptedException {
        return awaitFile(downloads(), file -> file.getFileName().toString().equals(name));
    }

    /** The same for one of so many bytes: its name may be there a moment before them. */
    Path awaitDownload(String name, long size) throws IOException, InterruptedException {
        return awaitFile(
                downloads(),
                file -> file.getFileName().toString().equals(name)
                        && file.toFile().length() == size);
    }

    /** Stops what is being downloaded, as its user can in the browser's own list of downloads. */
    void cancelDownload() throws IOException, InterruptedException {
        Path part = awaitFile(
                Objects.requireNonNull(byId),
                file -> file.getFileName().toString().matches(PART));
        String id = part.getFileName().toString().replaceAll(PART, "$1");
        driver().executeCdpCommand("Browser.cancelDownload", Map.of("guid", id));
    }

    private static Path awaitFile(Path folder, Predicate<Path> condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, ENTRY_CREATE, ENTRY_MODIFY);
            while (true) {
                try (Stream<Path> files = Files.list(folder)) {
                    Optional<Path> found = files.filter(condition).findFirst();
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
                WatchKey key = watch.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                assertThat(key).as("nothing more is downloaded").isNotNull();
                key.pollEvents();
                key.reset();
            }
        }
    }

    /**
     * Names what is downloaded by an id from now on, so that it {@linkplain #cancelDownload can be cancelled}; in a directory
     * of its own, where no earlier one is taken for it.
     */
    void nameDownloadsById() throws IOException {
        Path folder = Files.createTempDirectory(directory, "by-id");
        byId = folder;
        saveDownloads("allowAndName", folder);
    }

    private void saveDownloads(String behaviour, Path folder) {
        driver().executeCdpCommand(
                        "Browser.setDownloadBehavior",
                        Map.of("behavior", behaviour, "downloadPath", folder.toString()));
    }

    Browser open(URI address) {
        driver().get(address.toString());
        return this;
    }

    void reload() {
        driver().navigate().refresh();
    }

    void back() {
        driver().navigate().back();
    }

    /** Closes the tab, without a word to the page in it, and goes on in a new one. */
    void closeTab() {
        String old = driver().getWindowHandle();
        driver().switchTo().newWindow(WindowType.TAB);
        String next = driver().getWindowHandle();
        driver().switchTo().window(old).close();
        driver().switchTo().window(next);
    }

    /** Lets no more than so many bytes in, a second, in this tab. */
    void throttle(long bytes) {
        driver().executeCdpCommand("Network.enable", Map.of());
        driver().executeCdpCommand(
                        "Network.emulateNetworkConditions",
                        Map.of("offline", false, "latency", 0, "downloadThroughput", bytes, "uploadThroughput", -1));
    }

    /** Has the page offer a file, and returns its link once it works. */
    URI offer(URI page, Path file) {
        open(page).find("#file").sendKeys(file.toString());
        awaitState("waiting");
        // The link is shown at once; that it works, a moment later.
        awaitText("#until", "The link works until ");
        return link();
    }

    /** The link that the page shows. */
    URI link() {
        return URI.create(Objects.requireNonNull(find("#link").getDomProperty("value")));
    }

    /** Shows pages without their scripts, until the next test. */
    void disableScripts() {
        driver().executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    }

    /** Shows pages as a screen of that width does, until the next test. */
    void resize(int width) {
        resize(width, 640);
    }

    private void resize(int width, int height) {
        driver().executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Shows pages on such a screen, in light or dark and without motion, until the next test. */
    void showOn(int width, int height, String scheme) {
        resize(width, height);
        preferStill(scheme);
    }

    /** Saves what is on the screen, with all of its images. */
    void photograph(Path file) throws IOException {
        runAsync("""
                const done = arguments[arguments.length - 1];
                const shown = [...document.images].filter(image => image.getClientRects().length);
                Promise.all(shown.map(image => image.decode())).then(() => requestAnimationFrame(() => setTimeout(done, 250)));""");
        Files.write(file, driver().getScreenshotAs(OutputType.BYTES));
    }

    /** Shows pages in light or dark, until the next test. */
    void prefer(String scheme) {
        driver().executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Shows pages in light or dark and without motion, until the next test. */
    void preferStill(String scheme) {
        driver().executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(
                                        Map.of("name", "prefers-color-scheme", "value", scheme),
                                        Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Presses Tab until the focus is back where it was; returns what it did not come to, and what did not show it. */
    List<String> walkByKeyboard() {
        run("document.activeElement.blur(); window.scrollTo(0, 0)");
        var wrong = new ArrayList<String>();
        var missed = new ArrayList<String>(strings("""
                return [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
                    .filter(e => !e.disabled && e.getClientRects().length).map(e => e.outerHTML)"""));
        for (int presses = 3 * missed.size() + 3; presses > 0 && !missed.isEmpty(); presses--) {
            new Actions(driver()).sendKeys(Keys.TAB).perform();
            for (String focused : strings("""
                    const e = document.activeElement;
                    const ring = e.matches('.unseen') ? e.nextElementSibling : e;
                    const {outlineStyle, outlineWidth} = getComputedStyle(ring);
                    const shows = e === document.body || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
                    return shows ? [e.outerHTML] : [e.outerHTML, 'shows no focus: ' + e.outerHTML];""")) {
                if (focused.startsWith("shows no focus")) {
                    wrong.add(focused);
                } else {
                    missed.remove(focused);
                }
            }
        }
        missed.forEach(element -> wrong.add("is not reached: " + element));
        return wrong;
    }

    private List<String> strings(String script) {
        return ((List<?>) Objects.requireNonNull(run(script)))
                .stream().map(Object::toString).toList();
    }

    /** Returns what is shown with a contrast below 4.5 (WCAG 1.4.3), or is smaller than a finger (44 pixels, WCAG 2.5.5). */
    List<?> hardToUse() {
        return (List<?>) Objects.requireNonNull(run("""
                const channels = color => color.match(/[\\d.]+/g).map(Number);
                const light = color => channels(color).slice(0, 3).map(c => c / 255)
                    .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
                    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
                const isClear = color => channels(color)[3] === 0;
                const behind = e => {
                    const color = getComputedStyle(e).backgroundColor;
                    return isClear(color) && e.parentElement ? behind(e.parentElement) : color;
                };
                const contrast = e => {
                    const [dark, bright] = [light(getComputedStyle(e).color), light(behind(e))].sort((a, b) => a - b);
                    return (bright + .05) / (dark + .05);
                };
                const shown = [...document.body.querySelectorAll('*:not(.unseen)')].filter(e => e.getClientRects().length);
                const hasText = e => e.matches('input') || [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
                const isSmall = ({width, height}) => width < 44 || height < 44;
                return [
                    ...shown.filter(hasText).filter(e => contrast(e) < 4.5).map(e => `${e.outerHTML}: ${contrast(e)}`),
                    ...shown.filter(e => e.matches('a, button, summary, input, label.button'))
                        .filter(e => isSmall(e.getBoundingClientRect())).map(e => e.outerHTML)];"""));
    }

    /** Whether something is wider than the screen. */
    boolean isScrolledSideways() {
        return Objects.equals(
                run("const root = document.documentElement; return root.scrollWidth > root.clientWidth"), true);
    }

    String title() {
        return Objects.requireNonNull(driver().getTitle());
    }

    WebElement find(String selector) {
        return driver().findElement(By.cssSelector(selector));
    }

    List<WebElement> findAll(String selector) {
        return driver().findElements(By.cssSelector(selector));
    }

    String text(String selector) {
        return find(selector).getText();
    }

    /** Runs the body of a function, and returns what it does. */
    @Nullable
    Object run(String script, Object... arguments) {
        return driver().executeScript(script, arguments);
    }

    /** Runs the body of a function whose last argument is to be called with what it returns. */
    @Nullable
    Object runAsync(String script, Object... arguments) {
        return driver().executeAsyncScript(script, arguments);
    }

    /** Runs the body of an async function with {@code web}, which imports one of the page's modules; returns what it does. */
    @Nullable
    Object runWith(Assets assets, String script) {
        return driver().executeAsyncScript("""
                        const done = arguments[arguments.length - 1];
                        const web = name => import(arguments[0] + name);
                        (async () => { %s })().then(done, error => done('failed: ' + error));""".formatted(script), assets.path());
    }

    /** Waits until the page is in that state. */
    void awaitState(String state) {
        await("document.querySelector('main').dataset.state === arguments[0]", state);
    }

    /** Waits until an element's text begins so. */
    void awaitText(String selector, String beginning) {
        await("document.querySelector(arguments[0])?.textContent.startsWith(arguments[1])", selector, beginning);
    }

    /** Waits until an expression is true; it is looked at whenever something in the page changes. */
    void await(String expression, Object... arguments) {
        driver().executeAsyncScript("""
                        const done = arguments[arguments.length - 1];
                        const look = () => (%s) && (observer.disconnect(), done());
                        const observer = new MutationObserver(look);
                        observer.observe(document, {subtree: true, attributes: true, childList: true, characterData: true});
                        look();""".formatted(expression), arguments);
    }

    /** Returns what its console has said since it was asked the last time: errors, and violations of a page's policy. */
    List<String> complaints() {
        return driver().manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }
}
