package io.tocsin.streams.topology;

import static io.tocsin.streams.latency.Readings.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.LatencySource;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.Meaning;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.streams.latency.Readings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyTopologyTest {

  private static final String REFUSED = "tocsin.streams.latency.refused";

  @TempDir Path stateDir;

  private final Readings web = new Readings("agent-1", "endpoint/web");
  private final Readings api = new Readings("agent-2", "endpoint/api");
  private StreamsFixture streams;

  @BeforeEach
  void open() {
    streams = new StreamsFixture(stateDir, NOON);
  }

  @AfterEach
  void close() {
    streams.close();
  }

  private static Instant second(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  /** Probes once a second, each when its time has come. */
  private void live(Readings agent, int from, int to, long latencyUs) {
    for (int time = from; time < to; time++) {
      streams.pass(Duration.between(streams.now(), second(time)));
      streams.send(agent.up(second(time), latencyUs));
    }
  }

  private static List<LatencyWindow> finals(List<LatencyWindow> windows, String id, long sizeMs) {
    return windows.stream()
        .filter(LatencyWindow::getIsFinal)
        .filter(window -> window.getResourceId().equals(id) && window.getSizeMs() == sizeMs)
        .toList();
  }

  @Test
  void liveProbesGiveUpdatesOnceASecondAndAFinal() {
    live(web, 0, 16, 2_000);
    List<LatencyWindow> tens =
        streams.latencies.readValuesToList().stream()
            .filter(window -> window.getSizeMs() == 10_000)
            .filter(window -> window.getResourceId().equals("endpoint/web"))
            .filter(window -> window.getStartsAt().equals(NOON))
            .toList();
    assertThat(tens)
        .extracting(LatencyWindow::getCount)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 10L);
    LatencyWindow last = tens.get(tens.size() - 1);
    assertThat(tens).filteredOn(LatencyWindow::getIsFinal).containsExactly(last);
    assertThat(last.getMeanMs()).isEqualTo(2);
    assertThat(last.getP999Ms()).isCloseTo(2, within(0.02));
    assertThat(last.getJitterMs()).isZero();
    assertThat(last.getLossPercent()).isZero();
    assertThat(last.getService()).isEqualTo("shop");
  }

  @Test
  void longerWindowsAreToldOfLessOften() {
    live(web, 0, 60, 2_000);
    List<LatencyWindow> all = streams.latencies.readValuesToList();
    List<LatencyWindow> own =
        all.stream().filter(window -> window.getResourceId().equals("endpoint/web")).toList();
    assertThat(own).filteredOn(window -> window.getSizeMs() == 60_000).hasSizeBetween(11, 12);
    assertThat(own).filteredOn(window -> window.getSizeMs() == 300_000).hasSizeBetween(3, 4);
  }

  @Test
  void aBurstsLossIsThatOfItsProbes() {
    streams.send(web.burst(second(0), 10, 100, 200, 300, 400, 500, 600, 700));
    streams.pass(Duration.ofSeconds(18));
    assertThat(finals(streams.latencies.readValuesToList(), "endpoint/web", 10_000))
        .singleElement()
        .matches(window -> window.getSent() == 10)
        .matches(window -> window.getLossPercent() == 30)
        .matches(window -> window.getCount() == 7);
  }

  @Test
  void aHistogramThatBeginsAnewIsCountedAndLosesOneInterval() {
    streams.send(web.histogram(second(0), second(-60), 1, 100, 100, 100, 100));
    streams.send(web.histogram(second(1), second(-60), 1.5, 150, 150, 150, 150));
    streams.send(web.histogram(second(2), second(2), 0.1, 10, 10, 10, 10));
    streams.send(web.histogram(second(3), second(2), 0.3, 30, 30, 30, 30));
    streams.pass(Duration.ofSeconds(18));
    assertThat(finals(streams.latencies.readValuesToList(), "endpoint/web", 10_000))
        .singleElement()
        .matches(window -> window.getSource() == LatencySource.APPLICATION)
        .matches(window -> window.getCount() == 70)
        .matches(window -> window.getMeanMs() == 10);
    assertThat(streams.count("tocsin.streams.latency.unrated", "reset")).isEqualTo(1);
  }

  @Test
  void requestsPerSecondGoToTheThroughputsOfTheResourceAndItsService() {
    for (int time = 0; time <= 20; time++) {
      streams.pass(Duration.between(streams.now(), second(time)));
      streams.send(web.counter(second(time), Meaning.REQUESTS, 30.0 * time));
      streams.send(api.counter(second(time), Meaning.REQUESTS, 20.0 * time));
    }
    streams.pass(Duration.ofMinutes(6));
    List<ThroughputWindow> finals =
        streams.throughputs.readValuesToList().stream()
            .filter(ThroughputWindow::getIsFinal)
            .toList();
    assertThat(finals)
        .filteredOn(window -> window.getResourceId().equals("endpoint/web"))
        .isNotEmpty()
        .allMatch(window -> window.getRequestsPerSecond().getMean() == 30);
    assertThat(finals)
        .filteredOn(window -> window.getResourceId().equals("service/shop"))
        .isNotEmpty()
        .allMatch(window -> window.getRequestsPerSecond().getMean() == 50)
        .allMatch(window -> window.getMembers() == 2);
  }

  @Test
  void allProducersStopAndOpenWindowsClose() {
    live(web, 0, 5, 2_000);
    streams.latencies.readValuesToList();
    streams.pass(Duration.ofSeconds(12)); // 12:00:16
    assertThat(finals(streams.latencies.readValuesToList(), "endpoint/web", 10_000)).isEmpty();
    streams.pass(Duration.ofSeconds(1));
    assertThat(finals(streams.latencies.readValuesToList(), "endpoint/web", 10_000)).hasSize(1);
    streams.pass(Duration.ofMinutes(6));
    List<LatencyWindow> rest = streams.latencies.readValuesToList();
    assertThat(rest).extracting(LatencyWindow::getIsFinal).contains(true);
    assertThat(finals(rest, "endpoint/web", 60_000)).hasSize(1);
    assertThat(finals(rest, "endpoint/web", 300_000)).hasSize(1);
    assertThat(finals(rest, "service/shop", 300_000)).hasSize(1);
  }

  @Test
  void anAgentAnHourAheadChangesNobodyElsesWindows() {
    Readings ahead = new Readings("agent-3", "endpoint/ahead");
    Readings behind = new Readings("agent-4", "endpoint/behind");
    for (int time = 0; time < 40; time++) {
      streams.pass(Duration.between(streams.now(), second(time)));
      streams.send(ahead.up(second(3_600 + time), 9_000));
      streams.send(web.up(second(time), 2_000 + 10 * time));
      streams.send(behind.up(second(time - 3_600), 9_000));
    }
    List<LatencyWindow> windows = streams.latencies.readValuesToList();
    assertThat(of(windows, "endpoint/web")).isEqualTo(alone());
    assertThat(finals(windows, "endpoint/behind", 10_000)).hasSize(3);
    assertThat(finals(windows, "endpoint/ahead", 10_000))
        .isNotEmpty()
        .allMatch(window -> window.getStartsAt().isBefore(second(60)));
    assertThat(streams.count("tocsin.streams.latency.skewed", "ahead")).isEqualTo(40);
    assertThat(streams.count(REFUSED, "late")).isZero();
  }

  private static List<LatencyWindow> of(List<LatencyWindow> windows, String id) {
    return windows.stream().filter(window -> window.getResourceId().equals(id)).toList();
  }

  private List<LatencyWindow> alone() {
    Readings again = new Readings("agent-1", "endpoint/web");
    try (StreamsFixture other = new StreamsFixture(stateDir.resolve("alone"), NOON)) {
      for (int time = 0; time < 40; time++) {
        other.pass(Duration.between(other.now(), second(time)));
        other.send(again.up(second(time), 2_000 + 10 * time));
      }
      return of(other.latencies.readValuesToList(), "endpoint/web");
    }
  }

  @Test
  void aServiceIsTheMergeOfItsResources() {
    for (int time = 0; time < 10; time++) {
      streams.pass(Duration.between(streams.now(), second(time)));
      streams.send(web.up(second(time), 1_000));
      streams.send(time % 5 == 0 ? api.down(second(time)) : api.up(second(time), 100_000));
    }
    streams.pass(Duration.ofMinutes(6));
    List<LatencyWindow> all = streams.latencies.readValuesToList();
    for (long size : new long[] {10_000, 60_000, 300_000}) {
      assertThat(finals(all, "service/shop", size))
          .singleElement()
          .satisfies(
              window -> {
                assertThat(window.getMembers()).isEqualTo(2);
                assertThat(window.getCount()).isEqualTo(18);
                assertThat(window.getMeanMs()).isEqualTo((10 + 800) / 18.0);
                assertThat(window.getP50Ms()).isCloseTo(1, within(0.01));
                assertThat(window.getP99Ms()).isCloseTo(100, within(1.0));
                assertThat(window.getLossPercent()).isEqualTo(10);
                assertThat(window.getErrorPercent()).isEqualTo(10);
              });
    }
  }

  @Test
  void anAgentThatWasCutOffCorrectsTheServicesFinalsUntilTheyAreOver() {
    live(web, 0, 60, 1_000);
    streams.pass(Duration.ofMinutes(6));
    assertThat(finals(streams.latencies.readValuesToList(), "service/shop", 300_000))
        .singleElement()
        .matches(window -> window.getCount() == 60);
    for (int time = 0; time < 60; time++) {
      streams.send(api.up(second(time), 1_000));
    }
    streams.pass(Duration.ofMinutes(6));
    List<LatencyWindow> corrected = streams.latencies.readValuesToList();
    assertThat(finals(corrected, "service/shop", 300_000))
        .last()
        .matches(window -> window.getCount() == 120 && window.getMembers() == 2);
    assertThat(of(corrected, "service/shop")).allMatch(LatencyWindow::getIsFinal);

    streams.pass(Duration.ofMinutes(10));
    Readings last = new Readings("agent-5", "endpoint/last");
    for (int time = 0; time < 30; time++) {
      streams.send(last.up(second(time), 1_000));
    }
    streams.pass(Duration.ofMinutes(6));
    List<LatencyWindow> rest = streams.latencies.readValuesToList();
    assertThat(finals(rest, "endpoint/last", 10_000)).hasSize(3);
    assertThat(of(rest, "service/shop")).isEmpty();
    assertThat(streams.count(REFUSED, "late_part")).isEqualTo(3);
    assertThat(streams.driver.getKeyValueStore(LatencyTopology.SERVICES_STORE).all().hasNext())
        .isFalse();
  }

  @Test
  void whatIsLeftOutIsCountedByReason() {
    List<Probe> probes = new ArrayList<>();
    for (int time = 0; time < 20; time++) {
      probes.add(web.up(second(time), 1_000));
    }
    probes.forEach(streams::send);
    streams.send(probes.get(19));
    streams.send(probes.get(0));
    streams.rawProbes.pipeInput("endpoint/web", (byte[]) null);
    streams.send(web.value(second(20), Meaning.RESPONSE_TIME, MeasurementType.GAUGE, "", 1));
    streams.send(web.value(second(20), Meaning.KPI, MeasurementType.GAUGE, "", 1));
    assertThat(streams.count(REFUSED, "duplicate")).isEqualTo(1);
    assertThat(streams.count(REFUSED, "late")).isEqualTo(1);
    assertThat(streams.count(REFUSED, "empty")).isEqualTo(1);
    assertThat(streams.count(REFUSED, "unit")).isEqualTo(1);
  }

  @Test
  void poisonGoesToTheDeadLettersWithItsOriginWhileGoodRecordsFlow() {
    byte[] poison = "not avro".getBytes(StandardCharsets.UTF_8);
    live(web, 0, 8, 1_000);
    streams.rawProbes.pipeInput("endpoint/web", poison);
    streams.rawMeasurements.pipeInput("endpoint/web", poison);
    streams.rawParts.pipeInput("service/shop", poison);
    streams.rawProbes.pipeInput("endpoint/else", streams.bytes(web.up(second(8), 1_000)));
    live(web, 8, 16, 1_000);
    assertThat(finals(streams.latencies.readValuesToList(), "endpoint/web", 10_000))
        .singleElement()
        .matches(window -> window.getCount() == 10);
    List<DeadLetter> letters = streams.deadLetters.readValuesToList();
    Set<String> places =
        letters.stream()
            .map(letter -> letter.getTopic() + "@" + letter.getOffset())
            .collect(Collectors.toSet());
    assertThat(places)
        .containsExactlyInAnyOrder(
            Topics.PROBES + "@8",
            Topics.MEASUREMENTS + "@0",
            Topics.LATENCY_PARTS + "@0",
            Topics.PROBES + "@9");
    assertThat(letters.get(0).getValue()).isEqualTo(ByteBuffer.wrap(poison));
    assertThat(letters).allMatch(letter -> letter.getStage().equals("streams"));
  }

  @Test
  void aResourceSilentForAnHourIsForgottenWithItsSeries() {
    live(web, 0, 3, 1_000);
    streams.pass(Duration.ofHours(1));
    assertThat(streams.driver.getKeyValueStore(LatencyTopology.STORE).all().hasNext()).isFalse();
    assertThat(streams.driver.getKeyValueStore(LatencyTopology.SERIES_STORE).all().hasNext())
        .isFalse();
    assertThat(streams.count("tocsin.streams.latency.forgotten", "silent")).isEqualTo(1);
  }
}
