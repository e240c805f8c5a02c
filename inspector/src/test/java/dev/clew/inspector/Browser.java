package dev.clew.inspector;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with nothing remembered. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final List<Path> BROWSERS = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"), Path.of("/usr/bin/chromium-browser"));
    private static final List<Path> DRIVERS =
            List.of(Path.of("/usr/bin/chromedriver"), Path.of("/usr/lib/chromium/chromedriver"));
    private static final Pattern MAJOR = Pattern.compile(" (\\d+)\\.");

    private final ChromeDriver driver;
    private final Path profile;

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** Why there is no browser to test with; empty if there is one. */
    static Optional<String> missing() {
        return Found.MISSING;
    }

    /** Asked once: a program takes a while to say its version. */
    private static final class Found {
        static final Optional<String> MISSING = look();

        private Found() {}
    }

    private static Optional<String> look() {
        Optional<Path> browser = first(BROWSERS);
        Optional<Path> driver = first(DRIVERS);
        if (browser.isEmpty() || driver.isEmpty()) {
            return Optional.of("there is no chromium with a chromedriver; apt-get install chromium chromium-driver");
        }
        String one = major(browser.get());
        String other = major(driver.get());
        return one.equals(other)
                ? Optional.empty()
                : Optional.of("chromium " + one + " and chromedriver " + other + " are not of one version");
    }

    private static Optional<Path> first(List<Path> places) {
        return places.stream().filter(Files::isExecutable).findFirst();
    }

    private static String major(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            boolean unused = process.waitFor(20, TimeUnit.SECONDS);
            Matcher matcher = MAJOR.matcher(said);
            return matcher.find() ? matcher.group(1) : said;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + program + " was asked for its version", stop);
        }
    }

    /** Opens one whose window is this wide, in a light or a dark scheme. */
    static Browser open(int width, int height, boolean dark) {
        try {
            Path profile = Files.createTempDirectory("inspector-browser");
            ChromeOptions options = new ChromeOptions();
            options.setBinary(first(BROWSERS).orElseThrow().toFile());
            options.addArguments(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--lang=en",
                    "--user-data-dir=" + profile);
            LoggingPreferences logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, Level.ALL);
            logs.enable(LogType.PERFORMANCE, Level.ALL);
            options.setCapability("goog:loggingPrefs", logs);
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(first(DRIVERS).orElseThrow().toFile())
                    .usingAnyFreePort()
                    .withEnvironment(Map.of("SE_OFFLINE", "true"))
                    .build();
            Browser browser = new Browser(new ChromeDriver(service, options), profile);
            browser.size(width, height);
            browser.scheme(dark);
            return browser;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The size of the page, also below the narrowest window. */
    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(Math.max(600, width), height));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void scheme(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** As it was opened, but for its profile. */
    void reset() {
        size(1280, 900);
        scheme(false);
        visit("about:blank");
        mistakes();
        asked();
    }

    void visit(String address) {
        driver.get(address);
    }

    String address() {
        return driver.getCurrentUrl();
    }

    private static ConditionFactory patient(String words) {
        return await(words)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(25))
                .atMost(PATIENCE)
                // The page makes elements anew as it likes.
                .ignoreException(StaleElementReferenceException.class);
    }

    /** The first element that is there, waiting for it. */
    WebElement find(String css) {
        return patient("for " + css)
                .until(() -> all(css).stream().findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Asks in one call: a driver answers slowly for each element. */
    private boolean says(String css, String text) {
        return Boolean.TRUE.equals(run("""
                return [...document.querySelectorAll(arguments[0])].some((each) =>
                  each.checkVisibility() && (each.innerText ?? each.textContent).includes(arguments[1]));
                """, css, text));
    }

    /** Waits until an element says something. */
    void sees(String css, String text) {
        try {
            patient("for '" + text + "' in " + css).until(() -> says(css, text));
        } catch (ConditionTimeoutException never) {
            throw new AssertionError(
                    "'" + text + "' is not in " + css + " of " + address() + ", which says:\n"
                            + find("body").getText() + "\n" + mistakes(),
                    never);
        }
    }

    /** Waits until no such element says it. */
    void seesNot(String css, String text) {
        patient("for no '" + text + "' in " + css).until(() -> !says(css, text));
    }

    /** Presses a button, or follows a link, with these words. */
    void press(String within, String words) {
        patient("for '" + words + "' in " + within)
                .ignoreExceptionsMatching(thrown -> thrown instanceof StaleElementReferenceException
                        || thrown instanceof ElementClickInterceptedException)
                .until(() -> {
                    WebElement found = (WebElement) run("""
                            const [within, words] = arguments;
                            return [...document.querySelectorAll(`${within} button, ${within} a, ${within} summary`)].find((each) =>
                              each.checkVisibility() && !each.disabled && each.innerText.trim().startsWith(words)) ?? null;
                            """, within, words);
                    if (found == null) {
                        return false;
                    }
                    found.click();
                    return true;
                });
    }

    /** The input that a label of these words is for. */
    WebElement field(String within, String label) {
        return patient("for the field " + label)
                .until(() -> labelled(within, label), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<WebElement> labelled(String within, String label) {
        for (WebElement each : all(within + " label")) {
            if (each.getText().strip().startsWith(label)) {
                String id = each.getDomAttribute("for");
                return id == null || id.isEmpty()
                        ? each.findElements(By.cssSelector("input, select, textarea")).stream()
                                .findFirst()
                        : Optional.of(driver.findElement(By.id(id)));
            }
        }
        return Optional.empty();
    }

    void type(String within, String label, String text) {
        WebElement field = field(within, label);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        field.sendKeys(text);
    }

    void choose(String within, String label, String option) {
        patient("for the option " + option + " of " + label).until(() -> {
            Optional<WebElement> found = field(within, label).findElements(By.tagName("option")).stream()
                    .filter(each -> each.getText().equals(option))
                    .findFirst();
            found.ifPresent(WebElement::click);
            return found.isPresent();
        });
    }

    /** Keys for whatever has the focus. */
    void keys(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Drags over an element, between two shares of its width. */
    void drag(String css, double from, double until) {
        WebElement over = find(css);
        int width = over.getSize().getWidth();
        new Actions(driver)
                .moveToElement(over, (int) Math.round(width * (from - 0.5)), 0)
                .clickAndHold()
                .moveToElement(over, (int) Math.round(width * (until - 0.5)), 0)
                .release()
                .perform();
    }

    Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    /** Waits until a JavaScript condition holds. */
    void until(String condition) {
        patient("until " + condition).until(() -> Boolean.TRUE.equals(run("return " + condition)));
    }

    Object runAsync(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        return ((JavascriptExecutor) driver).executeAsyncScript(script, arguments);
    }

    /** What the console said that is a mistake: violations of the content policy are among it. */
    List<String> mistakes() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** The addresses that were asked for since this was called last. */
    List<String> asked() {
        Pattern url = Pattern.compile("\"Network\\.requestWillBeSent\".*?\"url\":\"([^\"]+)\"");
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> url.matcher(entry.getMessage()))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .distinct()
                .toList();
    }

    void shoot(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                boolean unused = file.toFile().delete();
            });
        } catch (IOException | UncheckedIOException left) {
            // A browser that is about to end may still write there.
            profile.toFile().deleteOnExit();
        }
    }
}
