package io.tocsin.pipeline;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.alerting.job.AlertingConfig;
import io.tocsin.config.Config;
import io.tocsin.history.HistoryPlace;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.server.Readiness;
import io.tocsin.server.Views;
import java.time.Clock;
import java.util.Map;

/**
 * API and console alone: topics of a cluster, history elsewhere. It keeps nothing and decides
 * nothing, so that any number of them may answer side by side.
 */
public final class RemoteServer implements AutoCloseable {

  private final Config config;
  private final Cluster cluster;
  private final HistoryPlace history;
  private final AlertingConfig alerting;
  private final Clock clock;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private ServerStage stage;

  /**
   * A server that has not started.
   *
   * @throws IllegalArgumentException if the configuration cannot be used, in words for people
   */
  public RemoteServer(Cluster cluster, Config config, HistoryPlace history, Clock clock) {
    this.config = config;
    this.cluster = cluster;
    this.history = history;
    this.alerting = StageSettings.alerting(config, clock);
    this.clock = clock;
    new JvmMemoryMetrics().bindTo(meters);
    new SealMeters().bindTo(meters);
    meters.gauge("tocsin.memory.resident.bytes", this, server -> ResidentMemory.bytes());
  }

  /**
   * Begins to read the topics and opens the port of the configuration.
   *
   * @throws io.javalin.util.JavalinBindException if it is taken
   */
  public void start() {
    stage =
        ServerStage.start(
            config, cluster, new Views(), history.open(), alerting, this::readiness, meters, clock);
  }

  /** Whether it knows all that the topics do. */
  public Readiness readiness() {
    ServerStage started = stage;
    return Readiness.of(
        Map.of("server", () -> started == null ? "starting" : started.state()),
        ResidentMemory.bytes());
  }

  @Override
  public void close() {
    if (stage != null) {
      stage.close();
    }
  }
}
