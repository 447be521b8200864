package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.health.HealthCheck;
import io.tocsin.collectors.health.Target;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.Tier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(30)
class AgentTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RecordingPublisher publisher = new RecordingPublisher();

  @Test
  @EnabledOnOs(OS.LINUX)
  void itMeasuresThisMachineAndAnEndpointAndSaysWhatTheyAre() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      HealthCheck check =
          new HealthCheck(
              "shop",
              "shop",
              Tier.CORE,
              new Target.Tcp("127.0.0.1", server.getLocalPort()),
              Duration.ofMillis(200),
              null,
              0,
              null);
      AgentConfig config = new AgentConfig("agent-1", null, List.of(check));
      try (Agent agent = new Agent(config, publisher, Clock.systemUTC(), meters)) {
        agent.start();
        await()
            .until(
                () ->
                    publisher.of(Sample.class).size() >= 2
                        && publisher.of(Probe.class).size() >= 3);
      }
    }

    assertThat(publisher.of(Resource.class))
        .extracting(Resource::getId)
        .contains("endpoint/shop", "service/shop")
        .anyMatch(id -> id.startsWith("host/"));
    assertThat(publisher.of(Probe.class)).allMatch(probe -> probe.getHealth() == Health.UP);
    assertThat(publisher.of(Sample.class)).allMatch(sample -> sample.getCpu() != null);
    assertThat(publisher.of(Sample.class).get(0).getOrigin().getBootId())
        .isEqualTo(publisher.of(Probe.class).get(0).getOrigin().getBootId());
    assertThat(meters.get("tocsin.collectors.up").tag("collector", "host").gauge().value())
        .isEqualTo(1);
  }

  @Test
  void aCollectorThatHangsIsGivenUpOnAndDelaysNoOther() {
    CountDownLatch never = new CountDownLatch(1);
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
    long began = System.nanoTime();
    try (Agent agent = agent(hanging, stubborn, good)) {
      agent.start();
      await().until(() -> good.passes.get() >= 30 && hanging.passes.get() >= 2);

      assertThat(good.passes.get()).isGreaterThanOrEqualTo(30);
      assertThat(errors("hanging")).isGreaterThanOrEqualTo(1);
      assertThat(errors("stubborn")).isEqualTo(1);
      assertThat(up("hanging")).isZero();
      assertThat(up("good")).isEqualTo(1);
      began = System.nanoTime();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    never.countDown();
  }

  @Test
  void itClosesInTimeWhileThePublisherBlocks() {
    publisher.gate = new CountDownLatch(1);
    Agent agent =
        agent(new FakeCollector("good", Duration.ofMillis(5), number -> FakeCollector.sample()));
    agent.start();
    await().until(() -> meters.get("tocsin.collectors.queued").gauge().value() > 3);

    long began = System.nanoTime();
    agent.close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    assertThat(meters.get("tocsin.collectors.dropped").tag("reason", "closed").counter().count())
        .isGreaterThan(3);
  }

  @Test
  void nothingIsMeasuredAfterClosing() {
    FakeCollector good =
        new FakeCollector("good", Duration.ofMillis(5), number -> FakeCollector.sample());
    Agent agent = agent(good);
    agent.start();
    await().until(() -> good.passes.get() > 1);

    agent.close();

    int passes = good.passes.get();
    await().during(Duration.ofMillis(50)).until(() -> good.passes.get() == passes);
  }

  @Test
  void checksThatContradictEachOtherAreRefused() {
    HealthCheck shop = check("shop", Tier.CORE);

    assertThatThrownBy(() -> new AgentConfig(null, null, List.of(shop, shop)))
        .hasMessageContaining("two health checks have the id 'shop'");
    assertThatThrownBy(
            () -> new AgentConfig(null, null, List.of(shop, check("shop-2", Tier.NON_CORE))))
        .hasMessage(
            "service 'shop' is CORE in one health check and NON_CORE in 'shop-2': make them agree");
  }

  private static HealthCheck check(String id, Tier tier) {
    return new HealthCheck(
        id, "shop", tier, new Target.Tcp("127.0.0.1", 80), null, null, null, null);
  }

  private Agent agent(Collector... collectors) {
    return new Agent("agent-1", List.of(collectors), publisher, Ticker.system(), meters);
  }

  private double errors(String collector) {
    var counter =
        meters
            .find("tocsin.collectors.errors")
            .tags("collector", collector, "reason", "deadline")
            .counter();
    return counter == null ? 0 : counter.count();
  }

  private double up(String collector) {
    return meters.get("tocsin.collectors.up").tag("collector", collector).gauge().value();
  }
}
