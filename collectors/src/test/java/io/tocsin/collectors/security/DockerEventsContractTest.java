package io.tocsin.collectors.security;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class DockerEventsContractTest extends CollectorContract {

  private final ManualTime time = new ManualTime(Examples.NOON);

  /** Something happens before each pass: a daemon at rest has nothing to tell. */
  @Override
  protected Collector healthy() {
    FakeDaemon daemon = new FakeDaemon();
    Collector collector = collector(daemon);
    return new Collector() {
      @Override
      public String name() {
        return collector.name();
      }

      @Override
      public Duration interval() {
        return collector.interval();
      }

      @Override
      public List<Resource> resources() {
        return collector.resources();
      }

      @Override
      public Reading collect() throws InterruptedException {
        try {
          time.passes(Duration.ofSeconds(1));
          daemon.tell(time.nanos(), "start", "shop-1");
          return collector.collect();
        } catch (io.tocsin.collectors.CollectorException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  @Override
  protected Collector troubled() throws Exception {
    FakeDaemon daemon = new FakeDaemon();
    daemon.hang();
    Collector collector = collector(daemon);
    collector.collect();
    time.passes(Duration.ofSeconds(5));
    return collector;
  }

  private Collector collector(FakeDaemon fake) {
    DockerEvents.Daemon daemon =
        new DockerEvents.Daemon("/run/docker.sock", () -> true, fake, id -> Optional.empty());
    return new DockerEvents(
        SecurityConfig.DEFAULT,
        "host-1",
        new Severities(Map.of()),
        new Inbox("security/docker", 100),
        daemon,
        time::nanos,
        time);
  }
}
