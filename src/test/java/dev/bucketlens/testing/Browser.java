package dev.bucketlens.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.FluentWait;

/** A headless Chromium of this machine. What it waits for, it waits for long: CI is slow. */
public final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<Path> BROWSERS =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Whether there is a browser, and the program that drives it. */
  public static boolean isInstalled() {
    return binary().isPresent() && Files.isExecutable(DRIVER);
  }

  /** Skips a test on a machine that has none, but never in continuous integration. */
  public static void assumeInstalled() {
    boolean onCi = "true".equals(System.getenv("CI"));
    assumeTrue(
        onCi || isInstalled(),
        "No Chromium with its driver is installed, so the page is not tested.");
  }

  private static Optional<Path> binary() {
    return BROWSERS.stream().filter(Files::isExecutable).findFirst();
  }

  /**
   * Starts one with a profile of its own.
   *
   * @param more options of its command line
   */
  public static Browser start(String... more) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(binary().orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--lang=en");
    options.addArguments(more);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** Sets the window's size in CSS pixels, and whether the user prefers a dark page. */
  public void look(int width, int height, boolean dark) {
    boolean phone = width < 600;
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width,
            "height", height,
            "deviceScaleFactor", phone ? 2 : 1,
            "mobile", phone));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  public void open(String url) {
    driver.get(url);
  }

  /** Cuts the page off from every server, or lets it through again. */
  public void offline(boolean offline) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The texts of all elements that fit, as a reader sees them; empty while they change. */
  public List<String> texts(String selector) {
    try {
      return all(selector).stream().map(WebElement::getText).toList();
    } catch (StaleElementReferenceException e) {
      return List.of();
    }
  }

  public void click(String selector) {
    find(selector).click();
  }

  public void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Presses Tab until the element with the focus fits {@code selector}. */
  public void tabTo(String selector) {
    for (int i = 0; i < 100; i++) {
      press(Keys.TAB);
      if (Boolean.TRUE.equals(
          run("return document.activeElement.matches(arguments[0])", selector))) {
        return;
      }
    }
    throw new AssertionError("The Tab key never reaches " + selector);
  }

  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /**
   * Waits until {@code condition} holds. What it looks for may be not yet there, or no more, while
   * one page gives way to another: this is no end of the wait, but its cause if it lasts.
   */
  public void await(String what, Supplier<Boolean> condition) {
    new FluentWait<>(driver)
        .withTimeout(PATIENCE)
        .pollingEvery(Duration.ofMillis(50))
        .ignoring(WebDriverException.class)
        .withMessage(
            () -> what + "; the page says: " + find("body").getText() + "; lost: " + lost())
        .until(ignored -> condition.get());
  }

  /** Which of the page's requests have no good answer, with their status. */
  private Object lost() {
    return run(
        """
        return performance.getEntriesByType('resource')
          .filter((it) => it.responseStatus === 0 || it.responseStatus >= 400)
          .map((it) => `${it.responseStatus} ${it.name}`);
        """);
  }

  /** Waits until the pictures in view are loaded, and takes a picture of it all. */
  public void screenshot(Path file) {
    await(
        "all pictures loaded",
        () -> Boolean.TRUE.equals(run("return [...document.images].every((i) => i.complete)")));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what axe-core finds wrong with the page for people with disabilities, a line each. */
  public List<String> accessibilityViolations() {
    driver.executeScript(axe());
    Object violations =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run().then((result) => done(result.violations.flatMap((violation) =>
                violation.nodes.map((node) => `${violation.id}: ${node.html} ${node.failureSummary}`))));
            """);
    return ((List<?>) violations).stream().map(Object::toString).toList();
  }

  /** Returns what the page was refused by its own Content-Security-Policy. */
  public List<String> policyViolations() {
    return Stream.of(LogType.BROWSER)
        .flatMap(type -> driver.manage().logs().get(type).getAll().stream())
        .map(entry -> entry.getMessage())
        .filter(message -> message.contains("Content Security Policy"))
        .toList();
  }

  private static String axe() {
    try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
