package io.tocsin.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.collectors.agent.Agent;
import io.tocsin.collectors.agent.AgentConfig;
import io.tocsin.collectors.agent.Configured;
import io.tocsin.collectors.agent.Publisher;
import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.seal.Sealer;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The agent alone: collectors here, the cluster elsewhere, and a spool between them. */
public final class RemoteAgent implements AutoCloseable {

  private final TopicWriter writer;
  private final RefusalWatch refusals;
  private final Agent agent;

  /**
   * An agent that has not started yet; the cluster need not be there.
   *
   * @param sealer seals what it sends; null for none
   * @throws io.tocsin.collectors.spool.SpoolException if the spool cannot be used
   * @throws IllegalArgumentException if a collector cannot be made
   */
  public RemoteAgent(
      Cluster cluster, AgentConfig config, Sealer sealer, Clock clock, MeterRegistry meters) {
    this.writer = new TopicWriter(cluster, "tocsin-agent-" + config.agentId(), sealer);
    try {
      this.refusals = new RefusalWatch(Publisher.to(writer), meters);
      this.agent = new Agent(config, refusals, clock, meters);
    } catch (RuntimeException refused) {
      writer.close();
      throw refused;
    }
  }

  /** Begins to measure. */
  public void start() {
    agent.start();
  }

  /**
   * Goes over to other collectors; those configured as before go on.
   *
   * @throws IllegalArgumentException if one cannot be made; nothing has changed then
   */
  public void reload(List<Configured> collectors) {
    agent.reload(collectors);
  }

  /** How many collectors there are. */
  public int collectors() {
    return agent.collectors();
  }

  /** Names of the collectors whose last pass failed. */
  public List<String> failing() {
    return agent.failing();
  }

  /** What the broker refuses; empty while it takes what it is sent. */
  public Optional<RefusedException> refusal() {
    return refusals.newest();
  }

  @Override
  public void close() {
    agent.close();
    writer.close();
  }
}
