package io.tocsin.pipeline;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.alerting.healing.Responder;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.signature.PlanVerifier;
import io.tocsin.alerting.outbound.OutboundHttp;
import io.tocsin.config.Config;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.schemas.tls.ServerTls;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.server.http.Transport;
import io.tocsin.server.stage.HealthServer;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** The responder alone: in a process and under a user of its own, the cluster elsewhere. */
public final class RemoteResponder implements AutoCloseable {

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Supplier<Responder> responders;
  private final OutboundHttp http;
  private final boolean standby;
  private volatile Responder responder;
  private HealthServer server;

  /**
   * A responder that has not started.
   *
   * @param standby whether it is well, too, while it waits for its turn
   * @throws IllegalArgumentException if the configuration cannot be used, in words for people
   * @throws IOException naming the key file that cannot be used and why
   */
  public RemoteResponder(Cluster cluster, Config config, boolean standby, Clock clock)
      throws IOException {
    new JvmMemoryMetrics().bindTo(meters);
    new SealMeters().bindTo(meters);
    meters.gauge("tocsin.memory.resident.bytes", this, stage -> ResidentMemory.bytes());
    meters.gauge("tocsin.healing.acting", this, stage -> stage.isRunning() ? 1 : 0);
    this.standby = standby;
    this.http = NotifierStage.way(config.notifications(), clock);
    PlanVerifier verifier = PlanSignatures.elsewhere(config);
    ExecutorContext context =
        new ExecutorContext(
            new DataDirectory(config.dataDir()).logs().resolve("actions"), http, clock);
    this.responders =
        () -> new Responder(cluster, config.healing(), verifier, context, clock, meters);
    this.responder = responders.get();
  }

  /**
   * Opens a port that tells health and metrics.
   *
   * @param host name or address it listens on
   * @param tls what it speaks there; null for HTTP as it is
   * @return the port
   * @throws io.javalin.util.JavalinBindException if the port is taken
   * @throws IllegalArgumentException naming the file of {@code tls} that cannot be used
   */
  public int listen(String host, int port, ServerTls tls) {
    server = new HealthServer(host, Transport.of(tls, meters), this::trouble, meters);
    return server.start(port);
  }

  /**
   * Takes over and begins.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer
   */
  public void start() {
    responder.start();
  }

  /** Ends its work, so that it can be started once more. */
  public void rest() {
    responder.close();
    responder = responders.get();
  }

  /** Whether it does its work. */
  public boolean isRunning() {
    return responder.isRunning();
  }

  /** Whether another responder has taken over. */
  public boolean isFenced() {
    return responder.isFenced();
  }

  /** Which one in the row of all responders it is. */
  public long epoch() {
    return responder.epoch();
  }

  /** Why it does not work; empty if it does, or stands by. */
  public Optional<String> trouble() {
    return responder.isRunning() || standby && responder.trouble().isEmpty()
        ? Optional.empty()
        : Optional.of(responder.trouble().orElse("not running"));
  }

  /** Sum of a counter over all its tags. */
  public double count(String counter) {
    return meters.find(counter).counters().stream().mapToDouble(each -> each.count()).sum();
  }

  @Override
  public void close() {
    responder.close();
    http.close();
    if (server != null) {
      server.close();
    }
  }
}
