package io.tocsin.console;

import io.tocsin.schemas.Deadline;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.ServiceLevel;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How fast the console is in a real browser: 5,000 resources of which 500 send a window a second,
 * 500 open incidents. Loads, an event until it can be seen, what people do, at once and with 200 ms
 * of latency; and how many bytes the console is. Not a test: a busy machine must not fail a build.
 * Run its {@code main}; on it are browser and server together.
 */
final class ConsoleSpeed {

  private static final int RESOURCES = 5_000;
  private static final int INCIDENTS = 500;
  private static final int LOADS = 10;
  private static final int EVENTS = 50;
  private static final int FIRST = 700_000; // a multiple of 7: these are P0

  /** Notes when the first incident can be seen, and each that comes later. */
  private static final String WATCH =
      """
      window.__seen = {};
      const painted = () => new Promise((done) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now());
        channel.port2.postMessage(0);
      }));
      window.__painted = painted;
      window.__until = (holds) => new Promise((done) => {
        const look = () => (holds() ? painted().then(done) : requestAnimationFrame(look));
        look();
      });
      new MutationObserver(() => {
        if (!('first' in window.__seen) && document.querySelector('.incident-row')) {
          window.__seen.first = 0;
          painted().then((at) => { window.__seen.first = at; });
        }
        for (const link of document.querySelectorAll('.incident-row a.summary')) {
          const id = link.hash.split('/').at(-1);
          if (id.length > 5 && !(id in window.__seen)) {
            window.__seen[id] = 0;
            painted().then((at) => { window.__seen[id] = performance.timeOrigin + at; });
          }
        }
      }).observe(document, {subtree: true, childList: true});
      """;

  /** Types, opens, goes back, looks at the map; each as long as it takes until it is painted. */
  private static final String ACT =
      """
      const done = arguments[0];
      const took = {};
      const measure = async (name, doing, holds) => {
        const before = performance.now();
        doing();
        const after = await (holds ? __until(holds) : __painted());
        (took[name] ??= []).push(after - before);
      };
      const type = (input, text) => {
        input.value = text;
        input.dispatchEvent(new Event('input', {bubbles: true}));
      };
      const rest = (ms) => new Promise((r) => setTimeout(r, ms));
      (async () => {
        location.hash = '#/';
        await __until(() => document.querySelector('.incident-row'));
        const search = document.querySelector('#search');
        for (const text of ['c', 'c-', 'c-1', 'c-12', 'c-1', 'c-', 'c', '']) {
          await measure('board: a letter of the filter', () => type(search, text));
          await rest(60);
        }
        const chips = [...document.querySelectorAll('.filter-chips button')];
        for (const chip of [...chips, ...chips]) {
          await measure('board: a priority', () => chip.click());
          await rest(60);
        }
        for (let i = 0; i < 6; i++) {
          const link = document.querySelectorAll('.incident-row a.summary')[i];
          const text = link.textContent;
          await measure('open an incident: its head', () => link.click(), () => document.querySelector('h1')?.textContent === text);
          await rest(700);
          await measure('back to the board', () => history.back(), () => document.querySelector('.incident-row'));
          await rest(300);
        }
        await measure('open the fleet', () => { location.hash = '#/fleet'; }, () => document.querySelector('.fleet-map canvas')?.width > 0);
        await rest(1000);
        const map = document.querySelector('.fleet-map');
        const buttons = () => [...document.querySelectorAll('main button.choice')];
        for (const name of ['Summary', 'All', 'Names', 'By service', 'By host']) {
          const button = buttons().find((each) => each.textContent.trim().startsWith(name));
          if (!button) continue;
          await measure('map: zoom and grouping', () => button.click());
          await rest(100);
        }
        const filter = document.querySelector('main input');
        for (const text of ['c', 'c-', 'c-1', 'c-12', 'c-1', 'c-', 'c', '']) {
          await measure('map: a letter of the filter', () => type(filter, text));
          await rest(60);
        }
        const box = map.getBoundingClientRect();
        for (let i = 0; i < 60; i++) {
          const at = {bubbles: true, clientX: box.left + 20 + i * 11, clientY: box.top + 30 + i * 6};
          await measure('map: the mouse moves', () => {
            map.dispatchEvent(new PointerEvent('pointermove', at));
            map.dispatchEvent(new MouseEvent('mousemove', at));
          });
        }
        for (let i = 0; i < 10; i++) {
          await measure('map: scroll', () => { map.scrollTop += 200; });
        }
        location.hash = '#/';
        await __until(() => document.querySelector('.incident-row'));
        done(took);
      })().catch((failed) => done({failed: String(failed.stack)}));
      """;

  private static final String ASSETS =
      """
      return performance.getEntriesByType('resource').filter((each) => !each.name.includes('/api/'))
        .concat(performance.getEntriesByType('navigation'))
        .map((each) => [each.name, each.transferSize, each.encodedBodySize, each.decodedBodySize]);
      """;

  private final Clock clock = Clock.systemUTC();
  private final Browser browser;
  private final ConsoleFixture fixture;
  private final String url;
  private int next = FIRST;

  private ConsoleSpeed(Browser browser, ConsoleFixture fixture) {
    this.browser = browser;
    this.fixture = fixture;
    this.url = "http://127.0.0.1:" + fixture.start(0) + "/";
  }

  public static void main(String[] arguments) throws Exception {
    Path profile = Files.createTempDirectory("tocsin-console-speed");
    try (Browser browser = Browser.start(profile);
        ConsoleFixture fixture =
            new ConsoleFixture(RESOURCES, INCIDENTS, false, Clock.systemUTC())) {
      new ConsoleSpeed(browser, fixture).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    browser.size(1440, 900, false);
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
    browser.cdp("Network.enable", Map.of());
    browser.driver().manage().timeouts().scriptTimeout(java.time.Duration.ofMinutes(3));
    assets();
    loads(2, true); // warms up server and browser
    for (int latency : new int[] {0, 200}) {
      System.out.printf("%n%d ms of latency; load of the machine %.1f%n", latency, load());
      latency(latency);
      print("first load: something is painted", loads(LOADS, true).get("painted"));
      print("first load: first incident is seen", loads(LOADS, true).get("first"));
      print("load again: something is painted", loads(LOADS, false).get("painted"));
      print("load again: first incident is seen", loads(LOADS, false).get("first"));
      print("an event until it is seen", events());
      acts().forEach(ConsoleSpeed::print);
    }
    System.out.printf("load of the machine %.1f%n", load());
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private void latency(int ms) {
    browser.cdp(
        "Network.emulateNetworkConditions",
        Map.of("offline", false, "latency", ms, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  @SuppressWarnings("unchecked")
  private void assets() {
    Map<String, List<?>> all = new LinkedHashMap<>();
    browser.cdp("Network.setCacheDisabled", Map.of("cacheDisabled", true));
    browser.driver().get(url);
    browser.open(url + "#/");
    for (String page :
        List.of(
            "/",
            "/incidents/" + fixture.incidents().get(0).getId(),
            "/fleet",
            "/network",
            "/resources/host%2Fhost-1",
            "/bottlenecks",
            "/healing",
            "/rules",
            "/rules/cpu-saturated",
            "/silences",
            "/security",
            "/capacity",
            "/pipeline",
            "/audit",
            "/access",
            "/sign-in")) {
      browser.go(page);
    }
    for (List<?> each : (List<List<?>>) browser.script(ASSETS)) {
      all.put((String) each.get(0), each);
    }
    System.out.printf(
        "assets of all pages: %d files, %,d bytes over the wire, %,d packed, %,d unpacked%n",
        all.size(), sum(all, 1), sum(all, 2), sum(all, 3));
    all.values().stream()
        .filter(each -> number(each.get(2)) == number(each.get(3)) && number(each.get(3)) > 2_000)
        .forEach(each -> System.out.println("  not packed: " + each));
  }

  private static long sum(Map<String, List<?>> all, int column) {
    return all.values().stream().mapToLong(each -> (long) number(each.get(column))).sum();
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private Map<String, List<Double>> loads(int times, boolean cold) throws InterruptedException {
    browser.cdp("Network.setCacheDisabled", Map.of("cacheDisabled", cold));
    Map<String, List<Double>> took = new LinkedHashMap<>();
    for (int i = 0; i < times; i++) {
      browser.driver().get("about:blank");
      browser.driver().get(url);
      double first = 0;
      for (int tries = 0; tries < 400 && first == 0; tries++) {
        TimeUnit.MILLISECONDS.sleep(25);
        first = number(browser.script("return window.__seen.first ?? 0"));
      }
      took.computeIfAbsent("first", any -> new ArrayList<>()).add(first);
      took.computeIfAbsent("painted", any -> new ArrayList<>())
          .add(
              number(
                  browser.script(
                      "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")));
    }
    return took;
  }

  /** Each is the most urgent, so that it is on the screen. */
  private List<Double> events() throws InterruptedException {
    browser.driver().get("about:blank");
    browser.open(url);
    browser.settle();
    TimeUnit.SECONDS.sleep(2);
    List<Double> took = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      Incident incident = fixture.made(next);
      next += 7;
      Instant due = Instant.EPOCH.plusSeconds(2L * FIRST - next); // before all that came earlier
      ServiceLevel level =
          ServiceLevel.newBuilder()
              .setAcknowledge(Deadline.newBuilder().setDueAt(due).build())
              .setMitigate(Deadline.newBuilder().setDueAt(due).build())
              .setResolve(Deadline.newBuilder().setDueAt(due).build())
              .build();
      Incident worst =
          Incident.newBuilder(incident)
              .setServiceLevel(level)
              .setState(IncidentState.OPEN)
              .setAcknowledgement(null)
              .build();
      double sent = clock.millis();
      fixture.publish(worst);
      double seen = 0;
      for (int tries = 0; tries < 200 && seen == 0; tries++) {
        TimeUnit.MILLISECONDS.sleep(25);
        seen = number(browser.script("return window.__seen[arguments[0]] ?? 0", worst.getId()));
      }
      took.add(seen == 0 ? Double.NaN : seen - sent);
    }
    return took;
  }

  @SuppressWarnings("unchecked")
  private Map<String, List<Double>> acts() {
    Map<String, List<Double>> took = new LinkedHashMap<>();
    Map<String, Object> answer = (Map<String, Object>) browser.driver().executeAsyncScript(ACT);
    answer.forEach(
        (name, values) -> {
          if (values instanceof List<?> list) {
            took.put(name, list.stream().map(ConsoleSpeed::number).toList());
          } else {
            System.out.println(name + ": " + values);
          }
        });
    return took;
  }

  private static void print(String name, List<Double> took) {
    double[] sorted = took.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "%-40s %3d × p50 %7.0f ms  p95 %7.0f ms  max %7.0f ms%n",
        name,
        sorted.length,
        at(sorted, .5),
        at(sorted, .95),
        Arrays.stream(sorted).max().orElse(Double.NaN));
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }
}
