package io.tocsin.streams.topology;

import static io.tocsin.streams.window.HostSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.BottleneckSeverity;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.streams.window.HostSamples;
import io.tocsin.streams.window.HostSamples.Load;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTopologyTest {

  @TempDir Path stateDir;

  private StreamsFixture streams;

  @BeforeEach
  void open() {
    streams = new StreamsFixture(stateDir, NOON);
  }

  @AfterEach
  void close() {
    streams.close();
  }

  private static HostSamples host(String name) {
    return new HostSamples("host/" + name, NOON);
  }

  @Test
  void namesOfNodesAndStoresStayWhatTheyAre() {
    // State belongs to these names; a change of one starts all windows anew.
    String described =
        StreamsTopology.build(
                new Cluster("nowhere:1", "mock://names"),
                StreamsSettings.embedded(),
                Backlog.NONE,
                Clock.systemUTC(),
                new SimpleMeterRegistry())
            .describe()
            .toString();
    assertThat(withStoresSorted(described))
        .isEqualToIgnoringWhitespace(withStoresSorted(committed()));
  }

  /** A processor's stores are a set, and come in another order in each process. */
  private static String withStoresSorted(String description) {
    return Pattern.compile("stores: \\[([^\\]]*)]")
        .matcher(description)
        .replaceAll(
            stores ->
                "stores: "
                    + Arrays.stream(stores.group(1).split(", ")).sorted().toList().toString());
  }

  private static String committed() {
    try (InputStream text = StreamsTopologyTest.class.getResourceAsStream("topology.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void samplesBecomeWindowsUnderTheResourcesKey() {
    streams.live(host("web-1").seconds(16, Load.cpu(40)));
    assertThat(streams.windows.readKeyValuesToList())
        .allMatch(window -> window.key.equals(window.value.getResourceId()))
        .filteredOn(window -> window.value.getIsFinal() && window.value.getMembers() == 0)
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.value.getIntervals()).isEqualTo(8);
              assertThat(window.value.getCpuPercent().getMean()).isEqualTo(40);
              assertThat(window.value.getService()).isEqualTo("shop");
            });
    assertThat(streams.count("tocsin.streams.unrated", "first")).isEqualTo(1);
  }

  @Test
  void aSilentResourcesWindowClosesByTheWallClock() {
    streams.live(host("web-1").seconds(5, Load.cpu(40)));
    streams.windows.readValuesToList();
    streams.pass(Duration.ofSeconds(11)); // 12:00:16
    assertThat(streams.windows.isEmpty()).isTrue();
    streams.pass(Duration.ofSeconds(1)); // 12:00:17: end + grace + 2 s
    assertThat(streams.finals()).singleElement().matches(window -> window.getSizeMs() == 10_000);
    streams.pass(Duration.ofMinutes(6));
    assertThat(streams.finals()).hasSize(2);
    assertThat(streams.throughputs.readValuesToList())
        .filteredOn(window -> window.getIsFinal() && window.getMembers() == 0)
        .extracting(ThroughputWindow::getSizeMs)
        .containsExactly(10_000L, 60_000L, 300_000L);
  }

  @Test
  void aWindowDoesNotCloseWhileItsSamplesMayBeWaitingToBeRead() {
    List<Sample> samples = host("web-1").seconds(20, Load.cpu(40));
    streams.live(samples.subList(0, 5));
    streams.backlog = 1_000;
    streams.pass(Duration.ofSeconds(30)); // the stage is starved
    assertThat(streams.finals()).isEmpty();
    streams.backlog = 0;
    samples.subList(5, 20).forEach(streams::send);
    assertThat(streams.finals()).singleElement().matches(window -> window.getIntervals() == 8);
    assertThat(streams.count("tocsin.streams.refused", "late")).isZero();
  }

  @Test
  void anAgentThatIsSlowByHalfAMinuteLosesNothing() {
    List<Sample> samples = host("web-1").seconds(40, Load.cpu(40));
    streams.pass(Duration.ofSeconds(30));
    for (Sample sample : samples) {
      streams.pass(Duration.ofSeconds(1));
      streams.send(sample);
    }
    assertThat(streams.finals()).hasSize(3);
    assertThat(streams.count("tocsin.streams.refused", "late")).isZero();
  }

  @Test
  void anAgentAnHourAheadAndOneAnHourBehindChangeNobodyElsesWindows() {
    List<Sample> good = host("web-1").seconds(40, Load.cpu(40));
    List<Sample> ahead =
        new HostSamples("host/ahead", NOON.plusSeconds(3_600)).seconds(40, Load.cpu(10));
    List<Sample> behind =
        new HostSamples("host/behind", NOON.minusSeconds(3_600)).seconds(40, Load.cpu(10));
    List<Window> windows = new ArrayList<>();
    for (int second = 0; second < good.size(); second++) {
      streams.pass(Duration.ofSeconds(1));
      streams.send(ahead.get(second));
      streams.send(good.get(second));
      streams.send(behind.get(second));
    }
    windows.addAll(streams.finals());
    assertThat(of(windows, "host/web-1")).isEqualTo(alone(good));
    assertThat(of(windows, "host/behind")).hasSize(3);
    // those from the future count at the time of their arrival, with their own intervals
    assertThat(of(windows, "host/ahead"))
        .hasSize(3)
        .allMatch(window -> window.getStartsAt().isBefore(NOON.plusSeconds(60)))
        .allMatch(window -> window.getCpuPercent().getMean() == 10);
    assertThat(streams.count("tocsin.streams.skewed", "ahead")).isEqualTo(40);
    assertThat(streams.count("tocsin.streams.refused", "late")).isZero();
  }

  private static List<Window> of(List<Window> windows, String id) {
    return windows.stream().filter(window -> window.getResourceId().equals(id)).toList();
  }

  private List<Window> alone(List<Sample> samples) {
    try (StreamsFixture other = new StreamsFixture(stateDir.resolve("alone"), NOON)) {
      other.live(samples);
      return other.finals();
    }
  }

  @Test
  void aRepeatedAndALateSampleAreCountedByReason() {
    List<Sample> samples = host("web-1").seconds(20, Load.cpu(40));
    streams.live(samples);
    streams.send(samples.get(19));
    streams.send(samples.get(0));
    streams.raw.pipeInput("host/web-1", (byte[]) null);
    assertThat(streams.count("tocsin.streams.refused", "duplicate")).isEqualTo(1);
    assertThat(streams.count("tocsin.streams.refused", "late")).isEqualTo(1);
    assertThat(streams.count("tocsin.streams.refused", "empty")).isEqualTo(1);
  }

  @Test
  void whatIsLeftOutIsToldOnItsTopicByReasonAndAgent() {
    List<Sample> samples = host("web-1").seconds(20, Load.cpu(40));
    streams.live(samples);
    streams.send(samples.get(19));
    streams.send(samples.get(0));
    streams.send(samples.get(0));
    streams.pass(Duration.ofSeconds(11));
    assertThat(streams.refusals.readValuesToList())
        .allMatch(count -> count.getAgent().equals("agent-of-host/web-1"))
        .allMatch(count -> count.getLastResourceId().equals("host/web-1"))
        .extracting(count -> count.getReason() + " " + count.getCount())
        .containsExactlyInAnyOrder("duplicate 1", "late 2");
  }

  @Test
  void samplesAreRolledUpByServiceKindAndFleet() {
    List<Sample> one = host("web-1").seconds(40, Load.cpu(20));
    List<Sample> other = host("web-2").seconds(40, Load.cpu(60));
    for (int second = 0; second < one.size(); second++) {
      streams.pass(Duration.ofSeconds(1));
      streams.send(one.get(second));
      streams.send(other.get(second));
    }
    streams.pass(Duration.ofSeconds(30));
    List<Window> rollups =
        streams.windows.readValuesToList().stream()
            .filter(window -> window.getIsFinal() && window.getMembers() == 2)
            .filter(window -> window.getStartsAt().equals(NOON.plusSeconds(10)))
            .filter(window -> window.getSizeMs() == 10_000)
            .toList();
    assertThat(rollups)
        .extracting(Window::getResourceId)
        .containsExactlyInAnyOrder("service/shop", "rollup/kind/host", "rollup/fleet");
    assertThat(rollups)
        .allMatch(window -> window.getIntervals() == 20)
        .allMatch(window -> Math.abs(window.getCpuPercent().getMean() - 40) < 1e-3);
  }

  @Test
  void poisonGoesToTheDeadLettersWithItsOriginWhileGoodSamplesFlow() {
    List<Sample> samples = host("web-1").seconds(16, Load.cpu(40));
    streams.live(samples.subList(0, 8));
    byte[] poison = "not avro".getBytes(StandardCharsets.UTF_8);
    streams.raw.pipeInput("host/web-1", poison);
    streams.live(samples.subList(8, 16));
    assertThat(streams.finals()).singleElement().matches(window -> window.getIntervals() == 8);
    DeadLetter letter = streams.deadLetters.readValue();
    assertThat(letter.getStage()).isEqualTo("streams");
    assertThat(letter.getTopic()).isEqualTo(Topics.SAMPLES.name());
    assertThat(letter.getPartition()).isZero();
    assertThat(letter.getOffset()).isEqualTo(8);
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(poison));
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap("host/web-1".getBytes()));
    assertThat(letter.getReason()).contains("Confluent wire format");
    assertThat(streams.deadLetters.isEmpty()).isTrue();
    assertThat(streams.count("tocsin.streams.deadletters", "poison")).isEqualTo(1);
  }

  @Test
  void aSampleUnderAnotherKeyGoesToTheDeadLettersToo() {
    Sample sample = host("web-1").after(1_000, Load.cpu(40));
    streams.raw.pipeInput("host/web-2", streams.bytes(sample));
    DeadLetter letter = streams.deadLetters.readValue();
    assertThat(letter.getOffset()).isZero();
    assertThat(letter.getReason()).contains("host/web-1").contains("host/web-2");
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(streams.bytes(sample)));
    assertThat(streams.count("tocsin.streams.deadletters", "unprocessable")).isEqualTo(1);
  }

  @Test
  void aBusyCpuIsToldFiveSecondsAfterItIsFirstSeenAndWhenItEnds() {
    HostSamples host = host("web-1");
    streams.live(host.seconds(5, Load.cpu(20)));
    streams.live(host.seconds(7, Load.cpu(95)));
    assertThat(streams.bottlenecks.readValuesToList())
        .singleElement()
        .matches(Bottleneck::getActive)
        .matches(bottleneck -> bottleneck.getKind() == BottleneckKind.CPU)
        .matches(bottleneck -> bottleneck.getSince().equals(NOON.plusSeconds(6)))
        .matches(bottleneck -> bottleneck.getAt().equals(NOON.plusSeconds(11)));
    streams.live(host.seconds(20, Load.cpu(20)));
    List<Bottleneck> rest = streams.bottlenecks.readValuesToList();
    assertThat(rest.get(rest.size() - 1).getActive()).isFalse();
    assertThat(rest.subList(0, rest.size() - 1)).allMatch(Bottleneck::getActive);
  }

  @Test
  void aResourceThatIsWellHasNoRowAndOneThatIsNotIsAdvised() {
    streams.live(host("web-1").seconds(20, Load.cpu(40)));
    assertThat(streams.driver.getKeyValueStore(BottleneckTopology.STORE).all().hasNext()).isFalse();
    streams.live(host("web-2").skip(20_000).seconds(8, Load.cpu(95)));
    assertThat(streams.driver.getKeyValueStore(BottleneckTopology.STORE).get("host/web-2"))
        .isNotNull();
    Bottleneck told = streams.bottlenecks.readValue();
    assertThat(told.getSeverity()).isEqualTo(BottleneckSeverity.MEDIUM);
    assertThat(told.getAdvice()).isNotEmpty();
    assertThat(told.getRemedy()).isEqualTo(told.getAdvice().get(0).getTitle());
  }

  @Test
  void aResourceSilentForAnHourIsForgottenAndItsBottleneckEnds() {
    streams.live(host("web-1").seconds(8, Load.cpu(95)));
    streams.bottlenecks.readValuesToList();
    streams.pass(Duration.ofSeconds(3_599));
    assertThat(streams.bottlenecks.isEmpty()).isTrue();
    streams.pass(Duration.ofSeconds(1));
    assertThat(streams.bottlenecks.readValuesToList())
        .singleElement()
        .matches(bottleneck -> !bottleneck.getActive());
    for (String store : List.of(EfficiencyTopology.SNAPSHOTS, EfficiencyTopology.ROWS)) {
      assertThat(streams.driver.getKeyValueStore(store).all()).isExhausted();
    }
    assertThat(streams.count("tocsin.streams.forgotten", "silent")).isEqualTo(1);
  }
}
