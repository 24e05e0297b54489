package io.transit.app;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;

/** A browser without a window, at the pages of a node. */
final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(50);

    static {
        // Says of each browser that it speaks a newer protocol, of which nothing is used here.
        Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
    }

    private final ChromeDriver driver;
    private final Path downloads;

    private Chromium(ChromeDriver driver, Path downloads) {
        this.driver = driver;
        this.downloads = downloads;
    }

    /** Starts one, whose downloads, and all else, go into this directory. */
    static Chromium start(Path directory) throws Exception {
        Path downloads = Files.createDirectories(directory.resolve("downloads"));
        // Where the library finds it; it would download one otherwise.
        System.setProperty(
                "webdriver.chrome.driver",
                Shell.run(directory, "command -v chromedriver").strip());
        var options = new ChromeOptions();
        options.setBinary(Shell.run(directory, "command -v chromium").strip());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + directory.resolve("profile"));
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()));
        var driver = new ChromeDriver(options);
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return new Chromium(driver, downloads);
    }

    /** Offers a file on the page that sends; returns the path of its link once it works. */
    String offer(URI node, Path file) {
        driver.get(node.toString());
        driver.findElement(By.id("file")).sendKeys(file.toString());
        awaitState("waiting");
        await("return document.querySelector('#until').textContent.startsWith('The link works until ')");
        String link = driver.findElement(By.id("link")).getDomProperty("value");
        return URI.create(Objects.requireNonNull(link)).getPath();
    }

    /** Downloads a file from the page that receives; returns where it is. */
    Path download(URI link, String name) {
        driver.get(link.toString());
        awaitState("ready");
        driver.findElement(By.cssSelector("#form button")).click();
        awaitState("delivered");
        Path file = downloads.resolve(name);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(file) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return file;
    }

    /** Opens a page, and waits until it is in a state. */
    Chromium open(URI page, String state) {
        driver.get(page.toString());
        awaitState(state);
        return this;
    }

    /** What a field of the page holds for its reader to copy. */
    String value(String id) {
        return Objects.requireNonNull(driver.findElement(By.id(id)).getDomProperty("value"));
    }

    /** Waits until the page says that. */
    void awaitState(String state) {
        await("return document.querySelector('main').dataset.state === '" + state + "'");
    }

    private void await(String condition) {
        driver.executeAsyncScript("""
                const [isTrue, done] = [new Function(arguments[0]), arguments[1]];
                const look = () => isTrue() ? done() : setTimeout(look, 50);
                look();""", condition);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
