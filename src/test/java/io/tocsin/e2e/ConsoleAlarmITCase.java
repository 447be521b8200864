package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.console.Browser;
import io.tocsin.demo.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody on call does, in a real browser on a real pipeline: a service dies, they see it,
 * take it, let the plan to restart it go ahead, and see that it helped. The page is never loaded
 * again.
 */
class ConsoleAlarmITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(45);

  @TempDir Path directory;

  @Test
  void anAlarmIsSeenTakenApprovedAndOverWithoutAReload() throws Exception {
    try (Browser browser = Browser.start(directory.resolve("profile"));
        Shop shop =
            new Shop(Path.of("..").toAbsolutePath().normalize(), directory.resolve("shop"))) {
      shop.start();
      TestInstallation installation = new TestInstallation(directory);
      installation.configure(config(shop));
      try (TocsinProcess process = installation.up()) {
        await("the shop was seen up")
            .atMost(PATIENCE)
            .until(() -> installation.text("/api/v1/resources").contains("endpoint/shop"));
        browser.open("http://127.0.0.1:" + installation.apiPort() + "/");
        browser.settle();
        String first = browser.text("main");
        assertThat(first)
            .contains("Nothing is open", "Watched now", "What would ring", "Three things to try");
        browser.picture("alarm-1-first-visit");
        String token = UUID.randomUUID().toString();
        browser.script("window.__untouched = arguments[0]", token);

        shop.kill();
        await(process.report())
            .atMost(PATIENCE)
            .until(() -> has(browser, ".incident-row", "endpoint/shop"));
        browser.picture("alarm-2-board");
        assertThat(browser.text("main")).doesNotContain("Nothing is open");

        browser.script("document.querySelector('.incident-row a.summary').click()");
        awaitText(browser, "h1", "endpoint/shop");
        browser.settle();
        browser.press(".incident-head", "Acknowledge for 1 h");
        awaitText(browser, ".incident-head", "local until");
        browser.picture("alarm-3-taken");

        browser.press(".next-step", "Approve");
        browser.press("dialog", "Approve");
        awaitText(browser, ".incident-head .facts", "resolved");
        List.of("signal", "decision", "action", "verification")
            .forEach(lane -> awaitText(browser, ".axis-list", lane));
        awaitText(browser, ".next-step", "It is over");
        browser.picture("alarm-4-over");

        browser.go("/");
        assertThat(browser.text("main")).contains("Just resolved");
        assertThat(browser.script("return window.__untouched"))
            .as("the page was never loaded again")
            .isEqualTo(token);
        assertThat(browser.errors()).isEmpty();
      }
    }
  }

  private static boolean has(Browser browser, String css, String text) {
    return browser.text(css).toLowerCase(Locale.ROOT).contains(text);
  }

  private static void awaitText(Browser browser, String css, String text) {
    await(text + " in " + css)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> has(browser, css, text.toLowerCase(Locale.ROOT)));
  }

  private static String config(Shop shop) throws Exception {
    return """
        checks:
          - {id: shop, service: shop, tier: core, interval: 1s, http: {url: "%s", body-contains: ok}}
        rules:
          - {name: service-down, signal: health, clear-for: 1s, summary: "{resource} of {service} does not answer"}
        healing:
          mode: approve
          actions:
            - name: restart-shop
              does: {exec: {argv: %s}}
              targets: [endpoint/shop]
              verify: {by: probes, healthy-probes: 1, within: 20s}
        """
        .formatted(shop.healthUrl(), new ObjectMapper().writeValueAsString(shop.restartArgv()));
  }
}
