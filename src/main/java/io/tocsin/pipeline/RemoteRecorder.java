package io.tocsin.pipeline;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.history.HistoryException;
import io.tocsin.history.HistoryPlace;
import io.tocsin.history.Pricing;
import io.tocsin.history.Recorder;
import io.tocsin.schemas.tls.ServerTls;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.server.http.Transport;
import io.tocsin.server.stage.HealthServer;
import java.time.Clock;
import java.util.Optional;

/** The recorder alone: topics of a cluster, history elsewhere. */
public final class RemoteRecorder implements AutoCloseable {

  private final HistoryPlace place;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Recorder recorder;
  private HealthServer server;

  /**
   * A recorder that has not started.
   *
   * @param pricing what resources cost; empty if nobody asks
   * @param maxSeries sets of tags that a table of figures may have
   */
  public RemoteRecorder(
      Cluster cluster, HistoryPlace place, Optional<Pricing> pricing, int maxSeries, Clock clock) {
    this.place = place;
    new JvmMemoryMetrics().bindTo(meters);
    new SealMeters().bindTo(meters);
    meters.gauge("tocsin.memory.resident.bytes", this, stage -> ResidentMemory.bytes());
    this.recorder =
        new Recorder(cluster, place, "tocsin/record", pricing, maxSeries, clock, meters);
  }

  /**
   * Opens a port that tells health and metrics.
   *
   * @param host name or address it listens on
   * @param tls what it speaks there; null for HTTP as it is
   * @return the port
   * @throws io.javalin.util.JavalinBindException if the port is taken
   */
  public int listen(String host, int port, ServerTls tls) {
    server =
        new HealthServer(
            host,
            Transport.of(tls, meters),
            () -> isRunning() ? trouble() : Optional.of("it does not record yet"),
            meters);
    return server.start(port);
  }

  /**
   * Makes what the store lacks, and begins.
   *
   * @throws HistoryException if the store does not answer, or refuses
   */
  public void start() throws HistoryException {
    place.prepare();
    recorder.start();
  }

  /** Whether it records. */
  public boolean isRunning() {
    return recorder.isRunning();
  }

  /** What keeps it from recording; empty while nothing does. */
  public Optional<String> trouble() {
    return recorder.trouble();
  }

  /** What is not recorded though all works; empty while everything is. */
  public Optional<String> warning() {
    return recorder.warning();
  }

  /** Points with an outcome: {@code stored} or {@code refused}. */
  public double points(String outcome) {
    return meters.counter("tocsin.recorder.points", "outcome", outcome).count();
  }

  @Override
  public void close() {
    recorder.close();
    if (server != null) {
      server.close();
    }
  }
}
