package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page of the console in a real browser, on a desktop and on a phone, in light and dark: with
 * a fleet in trouble, with one whose texts mean harm, and before there is anything.
 */
class ConsolePagesITCase {

  private static final String SHELL = "/io/tocsin/server/console/app.js";
  private static final Pattern ROUTE = Pattern.compile("^  \\[/\\^(\\S+)\\$/,", Pattern.MULTILINE);
  private static final int RESOURCES = 120;
  private static final int INCIDENTS = 30;

  /** What can be told of any page from the page itself; each line is a fault. */
  private static final String FAULTS =
      """
      const faults = [];
      document.querySelectorAll('main details').forEach((each) => { each.open = true; });
      const wide = document.documentElement.scrollWidth;
      if (wide > arguments[0]) {
        const worst = [...document.querySelectorAll('body *')]
          .filter((each) => each.getBoundingClientRect().right > arguments[0] + 1 && !each.closest('.scroll'))
          .slice(0, 4).map((each) => `${each.tagName}.${each.className}`).join(' ');
        faults.push(`it is ${wide} wide, more than ${arguments[0]}: ${worst}`);
      }
      const dialog = document.querySelector('dialog[open]');
      if (dialog && dialog.scrollWidth > dialog.clientWidth) faults.push('the dialog is wider than it looks');
      const titles = document.querySelectorAll('h1').length;
      if (titles !== 1) faults.push(`it has ${titles} h1`);
      const text = document.body.innerText;
      const odd = /.{0,30}(\\bundefined\\b|\\bNaN\\b|\\[object |Invalid Date).{0,30}/.exec(text);
      if (odd) faults.push(`it says "${odd[0]}"`);
      const failed = document.querySelector('main .failure');
      if (failed) faults.push(`it failed: ${failed.innerText}`);
      if (window.__tocsinHacked !== undefined) faults.push('a script from a label ran');
      if (document.querySelector('img[onerror], main script, main iframe[srcdoc*="onerror"]')) faults.push('a label became markup');
      if (document.querySelector('a[href^="javascript:" i]')) faults.push('a link runs a script');
      return faults;
      """;

  @TempDir static Path profile;
  private static Browser browser;

  private record Screen(String name, int width, int height, boolean phone) {}

  private static final List<Screen> SCREENS =
      List.of(new Screen("desktop", 1440, 900, false), new Screen("phone", 390, 844, true));

  @BeforeAll
  static void openBrowser() throws Exception {
    browser = Browser.start(profile);
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  /** The pages that the shell knows, so that none can be forgotten here. */
  private static List<String> pages(ConsoleFixture fixture) throws IOException {
    List<String> pages = new ArrayList<>();
    try (InputStream in = ConsolePagesITCase.class.getResourceAsStream(SHELL)) {
      Matcher routes = ROUTE.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      while (routes.find()) {
        pages.addAll(examples(routes.group(1).replace("\\/", "/"), fixture));
      }
    }
    assertThat(pages).as("pages of app.js").hasSizeGreaterThan(12);
    return pages;
  }

  private static List<String> examples(String route, ConsoleFixture fixture) {
    int hole = route.indexOf('(');
    if (hole < 0) {
      return List.of(route);
    }
    String start = route.substring(0, hole);
    Stream<String> ids =
        switch (start) {
          case "/incidents/" -> fixture.incidents().stream().map(Incident::getId).limit(1);
          case "/rules/" -> fixture.rules().stream().limit(1);
          case "/resources/" -> oneOfEachKind(fixture.resources());
          default -> throw new AssertionError("give " + route + " an example here");
        };
    return ids.map(id -> start + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"))
        .toList();
  }

  private static Stream<String> oneOfEachKind(List<Resource> all) {
    return all.stream()
        .map(Resource::getKind)
        .distinct()
        .map(kind -> all.stream().filter(each -> each.getKind() == kind).reduce((a, b) -> b))
        .map(each -> each.orElseThrow().getId());
  }

  @Test
  void aFaultWouldBeSeen() {
    Screen phone = SCREENS.get(1);
    try (ConsoleFixture fixture = ConsoleFixture.empty(Clock.systemUTC())) {
      browser.size(phone.width, phone.height, phone.phone);
      browser.open("http://127.0.0.1:" + fixture.start(0) + "/");
      browser.settle();
      browser.script(
          """
          document.querySelector('main').insertAdjacentHTML('beforeend',
            '<h1>undefined</h1><button></button><p class="soft">' + 'x'.repeat(900) + '</p>'
            + '<a href="javascript:1">a</a><img onerror="1">');
          document.querySelector('main p:last-of-type').style.setProperty('overflow-wrap', 'normal');
          fetch('api/v1/nothing');
          """);
      assertThat(faults(phone)).hasSize(5);
      assertThat(browser.axe("document")).anyMatch(line -> line.startsWith("button-name"));
      await("the failed request").until(() -> !browser.errors().isEmpty());
    }
  }

  @Test
  void everyPageIsWholeAndReadableByEverybody() throws Exception {
    try (ConsoleFixture fixture =
        new ConsoleFixture(RESOURCES, INCIDENTS, false, Clock.systemUTC())) {
      look("calm", fixture, true);
    }
  }

  @Test
  void whatForeignTextSaysIsOnlyEverShown() throws Exception {
    try (ConsoleFixture fixture =
        new ConsoleFixture(RESOURCES, INCIDENTS, true, Clock.systemUTC())) {
      look("hostile", fixture, false);
    }
  }

  @Test
  void everyPageSaysSomethingBeforeThereIsAnything() throws Exception {
    try (ConsoleFixture fixture = ConsoleFixture.empty(Clock.systemUTC())) {
      look("empty", fixture, false);
    }
  }

  @Test
  void everyQuestionThatAButtonAsksIsReadableToo() throws Exception {
    Screen phone = SCREENS.get(1);
    SoftAssertions soft = new SoftAssertions();
    Set<String> seen = new HashSet<>();
    try (ConsoleFixture fixture =
        new ConsoleFixture(RESOURCES, INCIDENTS, true, Clock.systemUTC())) {
      browser.size(phone.width, phone.height, phone.phone);
      browser.open("http://127.0.0.1:" + fixture.start(0) + "/");
      for (String page : pages(fixture)) {
        browser.go(page);
        for (String button : askingButtons()) {
          if (!seen.add(page.replaceAll("^(/[^/]*).*", "$1") + button)) {
            continue; // as on another page of its kind
          }
          browser.press("main", button);
          await(page + ", " + button)
              .atMost(Duration.ofSeconds(60))
              .until(() -> !browser.text("dialog[open] h2").isEmpty());
          soft.assertThat(faults(phone)).as("%s, %s", page, button).isEmpty();
          soft.assertThat(browser.axe("dialog[open]")).as("axe: %s, %s", page, button).isEmpty();
          browser.picture(file("question", phone, page + "-" + button, "light"));
          browser.press("dialog[open]", "Cancel");
        }
      }
    }
    soft.assertThat(seen).as("questions").hasSizeGreaterThan(8);
    soft.assertThat(browser.errors()).isEmpty();
    soft.assertAll();
  }

  /** A button whose words end in dots asks something before it does anything. */
  @SuppressWarnings("unchecked")
  private static List<String> askingButtons() {
    return (List<String>)
        browser.script(
            """
            return [...new Set([...document.querySelectorAll('main button')]
              .filter((each) => each.checkVisibility()).map((each) => each.innerText)
              .filter((text) => text.endsWith('…')))];
            """);
  }

  /** Without history, questions about capacity are refused, which the page puts into words. */
  private static void look(String name, ConsoleFixture fixture, boolean withAxe)
      throws IOException {
    SoftAssertions soft = new SoftAssertions();
    String url = "http://127.0.0.1:" + fixture.start(0) + "/";
    for (Screen screen : SCREENS) {
      browser.size(screen.width, screen.height, screen.phone);
      String scheme = withAxe && screen.phone ? "dark" : "light";
      browser.scheme(scheme);
      browser.open(url);
      for (String page : pages(fixture)) {
        String where = "%s, %s, %s".formatted(name, screen.name, page);
        browser.go(page);
        soft.assertThat(faults(screen)).as(where).isEmpty();
        browser.picture(file(name, screen, page, scheme));
        if (withAxe) {
          soft.assertThat(browser.axe("document")).as("axe: " + where).isEmpty();
        }
        if (withAxe && !screen.phone) { // the phone's colours are the same
          browser.scheme("dark");
          soft.assertThat(browser.axe("document", "color-contrast"))
              .as("axe, dark: " + where)
              .isEmpty();
          browser.picture(file(name, screen, page, "dark"));
          browser.scheme(scheme);
        }
        soft.assertThat(browser.errors())
            .as("errors: " + where)
            .allMatch(line -> name.equals("empty") && line.contains("/capacity/"));
      }
    }
    soft.assertAll();
  }

  @SuppressWarnings("unchecked")
  private static List<String> faults(Screen screen) {
    return (List<String>) browser.script(FAULTS, screen.width);
  }

  private static String file(String name, Screen screen, String page, String scheme) {
    String plain = page.replaceAll("[^A-Za-z0-9]+", "-");
    return "%s-%s%s-%s"
        .formatted(name, screen.name, plain.substring(0, Math.min(60, plain.length())), scheme);
  }
}
