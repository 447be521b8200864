package io.tocsin.collectors.agent;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.policy.Policies;
import io.tocsin.collectors.policy.PolicyConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

class AgentCollectorContractTest extends CollectorContract {

  @Override
  protected Collector healthy() {
    Counts counts = new Counts(new SimpleMeterRegistry());
    return new AgentCollector(
        "agent-1",
        List::of,
        new Surroundings(
            new MemoryOutbox(new RecordingPublisher(), 10, counts),
            new Origins("agent-1", "boot-1"),
            new Policies(PolicyConfig.DEFAULT, 0),
            new Inventory(),
            counts,
            Clock.systemUTC(),
            Ticker.system()));
  }

  /** The agent reads nothing that could be missing: a collector that does stands in. */
  @Override
  protected Collector troubled() {
    return new FakeCollector(
        "missing",
        Duration.ofSeconds(1),
        number -> {
          throw new CollectorException(Reason.MISSING, "/proc", "is not there");
        });
  }
}
