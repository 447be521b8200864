package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Going over from one configuration to another while an agent runs. */
@Timeout(90)
class AgentReloadTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RecordingPublisher publisher = new RecordingPublisher();

  @Test
  void aReloadLeavesWhatIsTheSameRunningAndStopsAndStartsTheRest() {
    FakeCollector same = idle("same");
    FakeCollector changed = idle("changed");
    FakeCollector successor = idle("changed");
    FakeCollector gone = idle("gone");
    FakeCollector fresh = idle("fresh");
    AgentConfig config =
        new AgentConfig(
            "agent-1",
            List.of(
                Configured.one("same", "v1", () -> same),
                Configured.one("changed", "v1", () -> changed),
                Configured.one("gone", "v1", () -> gone)),
            null,
            null);
    try (Agent agent = new Agent(config, publisher, Clock.systemUTC(), meters)) {
      agent.start();
      await().until(() -> passes(same, changed, gone) >= 3);

      agent.reload(
          List.of(
              Configured.one("same", "v1", () -> fail("was made again")),
              Configured.one("changed", "v2", () -> successor),
              Configured.one("fresh", "v1", () -> fresh)));

      await().until(() -> successor.passes.get() == 1 && fresh.passes.get() == 1);
      assertThat(same.closed).isZero();
      // A thread that is late to end is not waited for.
      await().until(() -> changed.closed > 0 && gone.closed > 0);
      assertThat(changed.closed).isEqualTo(1);
      assertThat(gone.closed).isEqualTo(1);
      await().until(() -> agent.failing().isEmpty());
      assertThat(up("changed")).isEqualTo(1);
      assertThat(meters.find("tocsin.collectors.up").tag("collector", "gone").gauge()).isNull();
    }
    await().until(() -> same.closed > 0);
    assertThat(same.closed).isEqualTo(1);
    assertThat(same.opened).isEqualTo(1);
  }

  @Test
  void aReloadThatCannotBeChangesNothing() {
    FakeCollector running = idle("running");
    try (Agent agent = agent(running)) {
      agent.start();
      await().until(() -> running.passes.get() == 1);

      assertThatThrownBy(
              () ->
                  agent.reload(
                      List.of(
                          Configured.one(
                              "other",
                              "v1",
                              () -> {
                                throw new IllegalArgumentException("no such port");
                              }))))
          .hasMessage("no such port");
      assertThatThrownBy(
              () ->
                  agent.reload(
                      List.of(
                          Configured.one("a", "v1", () -> idle("twin")),
                          Configured.one("b", "v1", () -> idle("twin")))))
          .hasMessageContaining("two collectors are called 'twin'");

      assertThat(running.closed).isZero();
      // Once its pass has ended, which has only begun so far.
      await().until(() -> agent.failing().isEmpty());
    }
  }

  @Test
  void whatAHangingCollectorComesBackWithAfterAReloadIsOfNoInterest() {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch back = new CountDownLatch(1);
    FakeCollector stubborn =
        new FakeCollector(
            "stubborn",
            Duration.ofHours(1),
            number -> {
              while (hangs.getCount() > 0) {
                try {
                  hangs.await();
                } catch (InterruptedException ignored) {
                  // As a thread in the kernel's uninterruptible sleep.
                }
              }
              back.countDown();
              return FakeCollector.sample();
            });
    FakeCollector fresh =
        new FakeCollector("fresh", Duration.ofMillis(5), number -> Reading.empty());
    fresh.resources = List.of();
    try (Agent agent = agent(stubborn)) {
      agent.start();
      await().until(() -> stubborn.passes.get() == 1);
      agent.reload(List.of(Fakes.configured(fresh)));
      await().until(() -> stubborn.closed == 1);
      hangs.countDown();
      await().until(() -> back.getCount() == 0 && fresh.passes.get() > 10);
    }

    assertThat(publisher.of(Sample.class)).isEmpty();
    assertThat(publisher.of(Resource.class)).noneMatch(each -> each.getId().equals("host/web-1"));
  }

  private static FakeCollector idle(String name) {
    return new FakeCollector(name, Duration.ofHours(1), number -> Reading.empty());
  }

  private static int passes(FakeCollector... collectors) {
    int passes = 0;
    for (FakeCollector collector : collectors) {
      passes += collector.passes.get();
    }
    return passes;
  }

  private Agent agent(Collector... collectors) {
    return new Agent(Fakes.config(collectors), publisher, Clock.systemUTC(), meters);
  }

  private double up(String collector) {
    return meters.get("tocsin.collectors.up").tag("collector", collector).gauge().value();
  }
}
