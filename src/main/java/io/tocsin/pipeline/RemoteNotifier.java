package io.tocsin.pipeline;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.schemas.tls.ServerTls;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.server.http.Transport;
import io.tocsin.server.stage.HealthServer;
import java.time.Clock;
import java.util.Optional;

/** The notifier alone: the cluster elsewhere, and people at the other end. */
public final class RemoteNotifier implements AutoCloseable {

  private final Cluster cluster;
  private final NotificationConfig config;
  private final boolean standby;
  private final Clock clock;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private volatile NotifierStage stage;
  private HealthServer server;

  /**
   * A notifier that has not started.
   *
   * @param standby whether it is well, too, while it waits for its turn
   */
  public RemoteNotifier(Cluster cluster, NotificationConfig config, boolean standby, Clock clock) {
    this.cluster = cluster;
    this.config = config;
    this.standby = standby;
    this.clock = clock;
    new JvmMemoryMetrics().bindTo(meters);
    meters.gauge("tocsin.memory.resident.bytes", this, notifier -> ResidentMemory.bytes());
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
    server = new HealthServer(host, Transport.of(tls, meters), this::trouble, meters);
    return server.start(port);
  }

  private Optional<String> trouble() {
    return isRunning() || standby && stage == null
        ? Optional.empty()
        : Optional.of("it does not send");
  }

  /**
   * Takes over and begins.
   *
   * @throws IllegalArgumentException if {@code allow-private} names what is neither a network nor a
   *     host
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer
   */
  public void start() {
    stage = NotifierStage.start(cluster, config, clock, meters);
  }

  /** Ends its work, so that it can be started once more. */
  public void rest() {
    NotifierStage started = stage;
    stage = null;
    started.close();
  }

  /** Whether it reads and sends; false once another notifier has taken over. */
  public boolean isRunning() {
    NotifierStage started = stage;
    return started != null && started.isRunning();
  }

  /** Deliveries that are still to be made. */
  public int open() {
    NotifierStage started = stage;
    return started == null ? 0 : started.open();
  }

  @Override
  public void close() {
    NotifierStage started = stage;
    if (started != null) {
      started.close();
    }
    if (server != null) {
      server.close();
    }
  }
}
