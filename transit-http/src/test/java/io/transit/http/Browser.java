package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import org.openqa.selenium.UnexpectedAlertBehaviour;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A Chromium without a window, for the tests of one class. Where there is none they are skipped, and say what to install;
 * with {@code -Dtransit.e2e=required}, or in continuous integration, they fail.
 */
final class Browser implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FIX = "install Chromium and its driver (Debian: chromium and chromium-driver)";

    /** Says of each browser that it speaks a newer protocol, of which nothing is used here. */
    private static final Logger CHATTER = Logger.getLogger("org.openqa.selenium");

    static {
        CHATTER.setLevel(Level.SEVERE);
    }

    private @Nullable ChromeDriver driver;
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
        // Where the library finds it; it would download one otherwise.
        System.setProperty("webdriver.chrome.driver", service.get().getPath());
        driver = new ChromeDriver(options(chromium.get(), directory));
        driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
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
        driver().get("about:blank");
        driver().executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        complaints();
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
        driver().executeCdpCommand(
                        "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    Browser open(URI address) {
        driver().get(address.toString());
        return this;
    }

    /** Shows pages without their scripts, until the next test. */
    void disableScripts() {
        driver().executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    }

    /** Shows pages as a screen of that width does, until the next test. */
    void resize(int width) {
        driver().executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", 640, "deviceScaleFactor", 1, "mobile", false));
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
        driver().executeAsyncScript("""
                        const [state, done] = arguments;
                        const main = document.querySelector('main');
                        const look = () => main.dataset.state === state && done();
                        new MutationObserver(look).observe(main, {attributes: true});
                        look();""", state);
    }

    /** Returns what its console has said since it was asked the last time: errors, and violations of a page's policy. */
    List<String> complaints() {
        return driver().manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }
}
