package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.e2e.RealPart;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real browser that shows the console: Debian's Chromium, driven by its own driver, with a
 * profile of its own in a directory of the test's. Nothing is downloaded.
 */
public final class Browser implements AutoCloseable {

  /** Warns of every Chromium newer than itself, though nothing here needs to know its version. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Counts requests that have no answer yet: a page is there when none has, and it says so. */
  private static final String WATCH_REQUESTS =
      """
      if (!window.__inFlight) {
        window.__inFlight = {now: 0, last: performance.now()};
        const real = window.fetch;
        window.fetch = async (...all) => {
          __inFlight.now++;
          try { return await real(...all); }
          finally { __inFlight.now--; __inFlight.last = performance.now(); }
        };
      }
      """;

  private static final String IS_QUIET =
      """
      return __inFlight.now === 0 && performance.now() - __inFlight.last > 120
        && document.querySelector('main h1') !== null
        && !document.querySelector('main').innerText.includes('loading …');
      """;

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one; the test is skipped where Chromium or its driver is missing. */
  public static Browser start(Path profile) throws InterruptedException {
    String advice = "install chromium and chromium-driver";
    RealPart.need("Chromium", advice, "chromium", "--version");
    RealPart.need("ChromeDriver", advice, "chromedriver", "--version");
    SELENIUM.setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(onPath("chromium").toString());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(onPath("chromedriver"))
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static File onPath(String program) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      File file = new File(directory, program);
      if (file.canExecute()) {
        return file;
      }
    }
    throw new IllegalStateException(program + " is not on the PATH");
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Opens the console; {@link #go} shows its pages from then on. */
  public void open(String url) {
    driver.get("about:blank"); // what the page before says of its server is no matter
    errors();
    driver.get(url);
    script(WATCH_REQUESTS);
  }

  /** Shows a page of the console, by the part of its address after the hash, and waits for it. */
  public void go(String path) {
    script("__inFlight.last = performance.now(); location.hash = arguments[0]", "#" + path);
    settle();
  }

  /** Waits until all that the page asked for has come. */
  public void settle() {
    await("the page is there: " + driver.getCurrentUrl())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(40))
        .until(() -> Boolean.TRUE.equals(script(IS_QUIET)));
  }

  /** Runs JavaScript in the page. */
  public Object script(String text, Object... arguments) {
    return driver.executeScript(text, arguments);
  }

  /** The text of an element; empty if it is not there (any more). */
  public String text(String css) {
    Object text = script("return document.querySelector(arguments[0])?.innerText ?? ''", css);
    return (String) text;
  }

  /** Waits for a button of some text within an element, and presses it. */
  public void press(String css, String label) {
    await("a button " + label + " in " + css)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              for (WebElement button : driver.findElements(By.cssSelector(css + " button"))) {
                if (button.isDisplayed() && button.getText().startsWith(label)) {
                  button.click();
                  return true;
                }
              }
              return false;
            });
  }

  /** As wide and high as a screen; a phone is told as one. */
  void size(int width, int height, boolean phone) {
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  /** What the viewer prefers: {@code light} or {@code dark}. */
  void scheme(String scheme) {
    cdp(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  Map<String, Object> cdp(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, parameters);
  }

  /** Errors in the browser's console since the last time, failed requests among them. */
  public List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /**
   * What axe-core says is serious or critical: rule, what is wrong, where.
   *
   * @param part {@code document}, or a selector of what is looked at
   */
  @SuppressWarnings("unchecked")
  List<String> axe(String part, String... onlyRules) {
    if (!Boolean.TRUE.equals(script("return 'axe' in window"))) {
      script(axeSource());
    }
    Object found =
        driver.executeAsyncScript(
            """
            const [part, only, done] = arguments;
            axe.run(part === 'document' ? document : part, {resultTypes: ['violations'], ...(only.length ? {runOnly: only} : {})})
              .then((all) => done(all.violations.filter((v) => ['serious', 'critical'].includes(v.impact))
                .map((v) => `${v.id}: ${v.help}: ` + v.nodes.slice(0, 3)
                  .map((n) => `${n.target} ${n.html.slice(0, 160)} ${n.any[0]?.message ?? ''}`).join(' | '))),
                (failed) => done([String(failed)]));
            """,
            part,
            List.of(onlyRules));
    return (List<String>) found;
  }

  private static String axeSource() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      assertThat(in).as("axe-core on the class path").isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Keeps a picture for people, if {@code -Dtocsin.pictures=DIRECTORY} asks for them. */
  public void picture(String name) {
    String directory = System.getProperty("tocsin.pictures");
    if (directory == null) {
      return;
    }
    Object png =
        cdp("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
            .get("data");
    try {
      Files.createDirectories(Path.of(directory));
      Files.write(Path.of(directory, name + ".png"), Base64.getDecoder().decode((String) png));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
