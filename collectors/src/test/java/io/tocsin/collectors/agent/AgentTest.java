package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.parts.Shortest;
import io.tocsin.collectors.policy.Policies;
import io.tocsin.collectors.policy.PolicyConfig;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.SecurityEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class AgentTest {

  private static final Duration LONGEST_CLOSING = Duration.ofSeconds(2);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RecordingPublisher publisher = new RecordingPublisher();

  @Test
  void aCollectorThatHangsIsGivenUpOnAndDelaysNoOther() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try {
      assertThat(Shortest.of(LONGEST_CLOSING, () -> closeWhileSomeHang(never)))
          .isLessThan(LONGEST_CLOSING);
    } finally {
      never.countDown();
    }
  }

  /** How long closing takes. */
  private Duration closeWhileSomeHang(CountDownLatch never) {
    meters.clear();
    FakeCollector hanging =
        new FakeCollector(
            "hanging",
            Duration.ofMillis(100),
            number -> {
              never.await();
              return Reading.empty();
            });
    FakeCollector stubborn =
        new FakeCollector(
            "stubborn",
            Duration.ofMillis(100),
            number -> {
              while (true) {
                try {
                  never.await();
                  return Reading.empty();
                } catch (InterruptedException ignored) {
                  // As a thread in the kernel's uninterruptible sleep.
                }
              }
            });
    FakeCollector good =
        new FakeCollector("good", Duration.ofMillis(20), number -> FakeCollector.sample());
    Agent agent = agent(hanging, stubborn, good);
    agent.start();
    await().until(() -> good.passes.get() >= 30 && hanging.passes.get() >= 2);

    assertThat(good.passes.get()).isGreaterThanOrEqualTo(30);
    assertThat(errors("hanging")).isGreaterThanOrEqualTo(1);
    // The watchdog may come to it a moment later.
    await().untilAsserted(() -> assertThat(errors("stubborn")).isEqualTo(1));
    assertThat(up("hanging")).isZero();
    // Not while a busy machine has made one of its passes, of 20 ms at most, late.
    await().untilAsserted(() -> assertThat(up("good")).isEqualTo(1));
    return timeToClose(agent);
  }

  private static Duration timeToClose(Agent agent) {
    long began = System.nanoTime();
    agent.close();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Test
  void itClosesInTimeWhileThePublisherBlocks() throws Exception {
    assertThat(Shortest.of(LONGEST_CLOSING, this::closeWhileThePublisherBlocks))
        .isLessThan(LONGEST_CLOSING);
  }

  private Duration closeWhileThePublisherBlocks() {
    meters.clear();
    publisher.gate = new CountDownLatch(1);
    Agent agent =
        agent(new FakeCollector("good", Duration.ofMillis(5), number -> FakeCollector.sample()));
    agent.start();
    await().until(() -> meters.get("tocsin.collectors.queued").gauge().value() > 3);

    Duration took = timeToClose(agent);

    assertThat(meters.get("tocsin.collectors.dropped").tag("reason", "closed").counter().count())
        .isGreaterThan(3);
    return took;
  }

  @Test
  void nothingIsMeasuredAfterClosing() {
    FakeCollector good =
        new FakeCollector("good", Duration.ofMillis(5), number -> FakeCollector.sample());
    Agent agent = agent(good);
    agent.start();
    await().until(() -> good.passes.get() > 1);

    agent.close();

    // A pass that has begun may go on for as long as the machine makes it.
    await().until(() -> !isAlive("tocsin-collector-good"));
    int passes = good.passes.get();
    await().during(Duration.ofMillis(50)).until(() -> good.passes.get() == passes);
  }

  @Test
  void allKindsOfRecordsGoToTheirTopics() {
    FakeCollector all = new FakeCollector("all", Duration.ofHours(1), number -> Fakes.everything());
    try (Agent agent = agent(all)) {
      agent.start();
      await()
          .until(
              () ->
                  publisher.published.stream()
                      .map(Object::getClass)
                      .collect(Collectors.toSet())
                      .containsAll(
                          Set.of(
                              Resource.class,
                              Sample.class,
                              Probe.class,
                              Measurement.class,
                              SecurityEvent.class)));
    }
    assertThat(publisher.of(SecurityEvent.class).get(0).getOrigin().getAgent())
        .isEqualTo("agent-1");
  }

  @Test
  void itReportsOnItself() {
    FakeCollector good =
        new FakeCollector("good", Duration.ofHours(1), number -> FakeCollector.sample());
    FakeCollector bad =
        new FakeCollector(
            "bad",
            Duration.ofHours(1),
            number -> {
              throw new CollectorException(Problem.Reason.MISSING, "/proc", "is not there");
            });
    good.resources = List.of();
    bad.resources = List.of();
    AgentCollector self = new AgentCollector("agent-1", () -> sources, around());
    sources = List.of(new Source(good, false, around()), new Source(bad, false, around()));

    assertThat(self.collect().measurements())
        .as("no verdict before the first pass has ended")
        .noneMatch(figure -> figure.getName().equals("tocsin_collector_up"));
    assertThat(self.resources()).isEmpty();

    sources.forEach(Source::start);
    await().until(() -> sources.stream().noneMatch(Source::pending));
    sources.forEach(Source::stop);
    // Problems are counted after the end of a pass, and before that of its thread.
    await().until(() -> good.closed == 1 && bad.closed == 1);

    List<Measurement.Builder> figures = self.collect().measurements();
    assertThat(value(figures, "tocsin_collector_up", Map.of("collector", "good"))).isEqualTo(1);
    assertThat(value(figures, "tocsin_collector_up", Map.of("collector", "bad"))).isZero();
    assertThat(value(figures, "tocsin_collector_pass_seconds", Map.of("collector", "bad")))
        .isNotNegative();
    assertThat(
            value(
                figures,
                "tocsin_collector_problems",
                Map.of("collector", "bad", "reason", "missing")))
        .isEqualTo(1);
    assertThat(value(figures, "tocsin_agent_dropped", Map.of("reason", "spool-full"))).isZero();
    assertThat(figures).allMatch(figure -> figure.getResourceId().equals("host/agent-1"));
    assertThat(self.resources()).extracting(Resource::getId).containsExactly("host/agent-1");
  }

  private List<Source> sources = List.of();

  private Surroundings around() {
    return around;
  }

  private final Counts counts = new Counts(new SimpleMeterRegistry());
  private final Surroundings around =
      new Surroundings(
          new MemoryOutbox(publisher, 10, counts),
          new Origins("agent-1", "boot-1"),
          new Policies(PolicyConfig.DEFAULT, 0),
          new Inventory(),
          counts,
          Clock.systemUTC(),
          Ticker.system());

  private static double value(
      List<Measurement.Builder> figures, String name, Map<String, String> labels) {
    return figures.stream()
        .filter(figure -> figure.getName().equals(name) && figure.getLabels().equals(labels))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void theHostIsDescribedByWhoeverKnowsItBest() {
    FakeCollector host =
        new FakeCollector("host", Duration.ofHours(1), number -> FakeCollector.sample());
    AgentCollector self = new AgentCollector("web-1", List::of, around);
    assertThat(self.resources()).hasSize(1).isSameAs(self.resources());

    around.inventory().report("host", host.resources(), true, 0);

    assertThat(self.resources()).isEmpty();
  }

  @Test
  void aCollectorIsOpenedUntilItWorksAndClosedOnce() {
    FakeCollector listening =
        new FakeCollector("listening", Duration.ofMillis(5), number -> Reading.empty());
    listening.closedDoors = 2;
    try (Agent agent = agent(listening)) {
      agent.start();
      await().until(() -> listening.passes.get() > 3);

      assertThat(listening.opened).isEqualTo(1);
      assertThat(errors("listening", "refused")).isEqualTo(2);
    }
    await().until(() -> listening.closed > 0);
    assertThat(listening.closed).isEqualTo(1);
  }

  @Test
  void oneShotSaysWhatWouldBeSentAndWhatCouldNotBeRead() throws InterruptedException {
    FakeCollector good =
        new FakeCollector("good", Duration.ofHours(1), number -> Fakes.everything());
    FakeCollector bad = idle("bad");
    bad.closedDoors = 1;
    FakeCollector hanging =
        new FakeCollector(
            "hanging",
            Duration.ofHours(1),
            number -> {
              new CountDownLatch(1).await();
              return Reading.empty();
            });

    OneShot.Result result =
        Agent.once(Fakes.config(good, bad, hanging), Clock.systemUTC(), Duration.ofSeconds(5));

    assertThat(result.records())
        .extracting(record -> record.topic().name())
        .containsExactly(
            "tocsin.resources",
            "tocsin.probes",
            "tocsin.samples",
            "tocsin.security-events",
            "tocsin.measurements");
    assertThat(result.problems())
        .extracting(Problem::reason)
        .containsExactly(Problem.Reason.REFUSED, Problem.Reason.DEADLINE);
    assertThat(publisher.published).isEmpty();
    await().until(() -> good.closed == 1 && bad.closed == 1 && hanging.closed == 1);
  }

  @Test
  void anAgentWithoutAnIdAndNamesThatAreNotUniqueAreRefused() {
    assertThatThrownBy(() -> new AgentConfig(" ", null, null, null))
        .hasMessageContaining("the agent has no id");
    Configured twin = Configured.one("twin", "v1", () -> idle("twin"));
    assertThatThrownBy(() -> new AgentConfig("agent-1", List.of(twin, twin), null, null))
        .hasMessageContaining("'twin' is configured twice");
  }

  private static FakeCollector idle(String name) {
    return new FakeCollector(name, Duration.ofHours(1), number -> Reading.empty());
  }

  private Agent agent(Collector... collectors) {
    return new Agent(Fakes.config(collectors), publisher, Clock.systemUTC(), meters);
  }

  private static boolean isAlive(String thread) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(each -> each.getName().equals(thread));
  }

  private double errors(String collector) {
    return errors(collector, "deadline");
  }

  private double errors(String collector, String reason) {
    var counter =
        meters
            .find("tocsin.collectors.errors")
            .tags("collector", collector, "reason", reason)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  private double up(String collector) {
    return meters.get("tocsin.collectors.up").tag("collector", collector).gauge().value();
  }
}
