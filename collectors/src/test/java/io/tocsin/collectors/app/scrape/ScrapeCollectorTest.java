package io.tocsin.collectors.app.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.parts.HeldPort;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Measurement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Targets that behave in ways that no target should. */
@Timeout(120)
class ScrapeCollectorTest {

  private static final String TEXT = "text/plain; version=0.0.4";

  private final List<RawTarget> targets = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (RawTarget target : targets) {
      target.close();
    }
  }

  @Test
  void eachSeriesIsAMeasurementOfTheConfiguredService() throws Exception {
    RawTarget target = target(RawTarget.with("200 OK", TEXT, "a 1\nb 2 1767268800000\n"));

    Reading reading = collector(target.url(), null, null, null).collect();

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.measurements())
        .extracting(
            Measurement.Builder::getResourceId,
            Measurement.Builder::getName,
            Measurement.Builder::getValue)
        .containsExactly(tuple("service/shop", "a", 1.0), tuple("service/shop", "b", 2.0));
    assertThat(target.requests.get(0)).contains("Accept: application/openmetrics-text");
  }

  @Test
  void seriesAreToldFromThoseOfAnotherTargetOfTheServiceUnlessTheTargetDoesSo() throws Exception {
    RawTarget target = target(RawTarget.with("200 OK", TEXT, "a 1\nb{instance=\"web-7\"} 2\n"));

    Reading reading = collector(target.url(), null, null, null).collect();

    assertThat(reading.measurements())
        .extracting(measurement -> measurement.getLabels().get("instance"))
        .containsExactly("shop", "web-7");
  }

  @Test
  void anAnswerThatNeverEndsGivesWhatCameInTime() throws Exception {
    RawTarget target =
        target(
            out -> {
              RawTarget.write(out, "HTTP/1.1 200 OK\r\nContent-Type: " + TEXT + "\r\n\r\na 1\nb ");
              while (true) {
                RawTarget.write(out, "1");
                Thread.sleep(10);
              }
            });

    Reading reading = within(target.url(), Duration.ofSeconds(4)).collect();

    assertThat(names(reading)).containsExactly("a");
    assertThat(reading.problems()).extracting(Problem::reason).containsExactly(Reason.DEADLINE);
  }

  @Test
  void anEndlessAnswerIsReadUpToTheLimit() throws Exception {
    RawTarget target =
        target(
            out -> {
              RawTarget.write(out, "HTTP/1.1 200 OK\r\nContent-Type: " + TEXT + "\r\n\r\n");
              while (true) {
                RawTarget.write(out, "a 1\n".repeat(1000));
              }
            });

    Reading reading = collector(target.url(), 4096, null, null).collect();

    assertThat(reading.measurements()).hasSize(1024);
    assertThat(reading.problems()).extracting(Problem::reason).containsExactly(Reason.OVER_LIMIT);
  }

  @Test
  void whatIsOverTheSeriesLimitIsCounted() throws Exception {
    RawTarget target = target(RawTarget.with("200 OK", TEXT, "a 1\n".repeat(30)));

    Reading reading = collector(target.url(), null, 10, null).collect();

    assertThat(reading.measurements()).hasSize(10);
    assertThat(reading.problems()).hasSize(20);
    assertThat(reading.problems()).extracting(Problem::reason).containsOnly(Reason.OVER_LIMIT);
  }

  @Test
  void aHistogramThatWasCutOffIsLeftOut() throws Exception {
    RawTarget target =
        target(
            out ->
                RawTarget.write(
                    out,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 999\r\n\r\n"
                        + "# TYPE h histogram\na 1\nh_bucket{le=\"1\"} 3\n"));

    Reading reading = collector(target.url(), null, null, null).collect();

    assertThat(names(reading)).containsExactly("a");
    assertThat(reading.problems())
        .extracting(Problem::reason)
        .containsExactlyInAnyOrder(Reason.TRUNCATED, Reason.TRUNCATED);
  }

  @Test
  void aSilentTargetIsGivenUpAtTheTimeoutAndAskedAgain() throws Exception {
    boolean[] silent = {true};
    RawTarget target =
        target(
            out -> {
              if (silent[0]) {
                new CountDownLatch(1).await();
              }
              RawTarget.with("200 OK", TEXT, "a 1\n").answer(out);
            });
    Collector collector = within(target.url(), Duration.ofSeconds(5));

    assertThat(failure(collector).reason()).isEqualTo(Reason.DEADLINE);
    silent[0] = false;
    assertThat(names(collector.collect())).containsExactly("a");
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    RawTarget other = target(RawTarget.with("200 OK", TEXT, "a 1\n"));
    RawTarget target =
        target(
            out ->
                RawTarget.write(
                    out,
                    "HTTP/1.1 302 Found\r\nLocation: "
                        + other.url()
                        + "\r\nContent-Length: 0\r\n\r\n"));

    Problem problem = failure(collector(target.url(), null, null, null));

    assertThat(problem.what()).isEqualTo("answered 302; redirects are not followed");
    assertThat(other.requests).isEmpty();
  }

  @Test
  void anErrorIsToldAtOnceThoughItsBodyHasNoEnd() throws Exception {
    RawTarget target =
        target(
            out -> {
              RawTarget.write(out, "HTTP/1.1 404 Not Found\r\n\r\n");
              while (true) {
                RawTarget.write(out, "x".repeat(10_000));
              }
            });

    assertThat(failure(collector(target.url(), null, null, null)).what())
        .startsWith("answered 404");
  }

  @Test
  void aWebPageIsNoExposition() throws Exception {
    RawTarget target = target(RawTarget.with("200 OK", "text/html", "<html></html>"));

    assertThat(failure(collector(target.url(), null, null, null)).reason())
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void anEmptyAnswerIsAnError() throws Exception {
    RawTarget target = target(RawTarget.with("200 OK", TEXT, ""));

    assertThat(failure(collector(target.url(), null, null, null)).what())
        .isEqualTo("the answer is empty");
  }

  @Test
  void nothingListeningIsMissing() throws Exception {
    try (HeldPort nobody = new HeldPort()) {
      URI url = URI.create("http://127.0.0.1:" + nobody.number() + "/metrics");

      assertThat(failure(collector(url, null, null, null)).reason()).isEqualTo(Reason.MISSING);
    }
  }

  @Test
  void theTokenIsReadAgainForEachScrape(@TempDir Path folder) throws Exception {
    RawTarget target = target(RawTarget.with("200 OK", TEXT, "a 1\n"));
    Path token = folder.resolve("token");
    Collector collector = collector(target.url(), null, null, token);

    assertThat(failure(collector).where()).isEqualTo(token.toString());
    Files.writeString(token, "first\n");
    collector.collect();
    Files.writeString(token, "second");
    collector.collect();
    Files.writeString(token, "in\njected: header");
    assertThat(failure(collector).reason()).isEqualTo(Reason.MALFORMED);

    assertThat(target.requests).hasSize(2);
    assertThat(target.requests.get(0)).contains("Authorization: Bearer first\r\n");
    assertThat(target.requests.get(1)).contains("Authorization: Bearer second\r\n");
  }

  @Test
  void tenMegabytesOfGarbageAreCountedAndForgotten() throws Exception {
    String line = "\u0000\u0007{{{{\"\\\n";
    RawTarget target = target(RawTarget.with("200 OK", TEXT, line.repeat(1_000_000) + "a 1\n"));

    Reading reading = within(target.url(), Duration.ofSeconds(50)).collect();

    assertThat(names(reading)).containsExactly("a");
    assertThat(reading.problems()).hasSize(100_000);
    assertThat(reading.problems().stream().distinct()).hasSize(6);
  }

  private RawTarget target(RawTarget.Manners manners) throws IOException {
    RawTarget target = new RawTarget(manners);
    targets.add(target);
    return target;
  }

  private static List<String> names(Reading reading) {
    return reading.measurements().stream().map(Measurement.Builder::getName).toList();
  }

  private static Problem failure(Collector collector) {
    return catchThrowableOfType(CollectorException.class, collector::collect).problem();
  }

  /** For what is about time, and for what takes long. */
  private static Collector within(URI url, Duration timeout) {
    return over(
        new ScrapeConfig(
            "shop", url, Duration.ofMinutes(1), timeout, null, null, null, null, null, true));
  }

  private static Collector collector(URI url, Integer body, Integer series, Path token) {
    return over(
        new ScrapeConfig(
            "shop",
            url,
            Duration.ofMinutes(1),
            Duration.ofSeconds(15),
            null,
            null,
            body,
            series,
            token,
            true));
  }

  private static Collector over(ScrapeConfig config) {
    Clock clock = Clock.fixed(Examples.NOON, ZoneOffset.UTC);
    return Scrapes.collectors(List.of(config), List.of(), clock).get(0);
  }
}
