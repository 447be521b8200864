package io.tocsin.pipeline;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.alerting.job.AlertingConfig;
import io.tocsin.alerting.job.AlertingJob;
import io.tocsin.config.Config;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedFlink;
import io.tocsin.embedded.FlinkCluster;
import io.tocsin.embedded.FlinkJob;
import io.tocsin.embedded.JobFiles;
import io.tocsin.embedded.PartFailure;
import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.tls.ServerTls;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.server.http.Transport;
import io.tocsin.server.stage.HealthServer;
import java.time.Clock;
import java.util.Optional;

/**
 * The alerting job alone: in this process with its state in the data directory, or handed to a
 * Flink cluster. It is the same job either way.
 */
public final class RemoteAlerting implements AutoCloseable {

  /** The job's identity across restarts. */
  static final String NAME = "alerting-2";

  /** By which the broker knows it; see its source. */
  static final String GROUP = "tocsin-alerting";

  private final Cluster cluster;
  private final Config config;
  private final AlertingConfig alerting;
  private final Clock clock;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private HealthServer server;
  private EmbeddedFlink flink;
  private volatile FlinkJob job;

  /**
   * A job that has not started.
   *
   * @throws IllegalArgumentException if the configuration cannot be used, in words for people
   */
  public RemoteAlerting(Cluster cluster, Config config, Clock clock) {
    this.cluster = cluster;
    this.config = config;
    this.alerting = StageSettings.alerting(config, clock);
    this.clock = clock;
  }

  /** What the job keeps in the data directory, wherever it runs on this machine. */
  public static JobFiles files(Config config) {
    return new JobFiles(new DataDirectory(config.dataDir()), NAME);
  }

  /**
   * Whether the job would begin anew where it has been at work before, and so forget what is open.
   *
   * @param savepoint where it is to go on from; null if nowhere
   * @throws Broker.Unfit if the broker does not answer
   */
  public boolean wouldForget(String savepoint) throws Broker.Unfit, InterruptedException {
    boolean hasState =
        config.alerting().flink() == null ? files(config).newestBegun() > 0 : savepoint != null;
    return !hasState && new Broker(cluster).knows(GROUP);
  }

  /** Tells the cluster's topic of the rules that the configuration brings. */
  public RulePublication.Outcome publishRules() {
    return new RulePublication(cluster, clock).publish(alerting.rules());
  }

  /**
   * Flink's id of the job if the cluster of {@code alerting.flink} has it already; a second one
   * would tell everything twice.
   *
   * @throws PartFailure if the cluster does not answer
   */
  public Optional<String> running() throws PartFailure {
    return new FlinkCluster(config.alerting().flink(), config.alerting().flinkTls()).running(NAME);
  }

  /**
   * Hands the job to the cluster of {@code alerting.flink}.
   *
   * @param savepoint where to go on from; null to begin anew
   * @return Flink's id of it
   * @throws PartFailure if the cluster does not answer, or refuses
   */
  public String submit(String savepoint) throws PartFailure {
    return new FlinkCluster(config.alerting().flink(), config.alerting().flinkTls())
        .submit(
            NAME,
            AlertingJob.settings(config.alerting().parallelism()),
            env -> AlertingJob.define(env, cluster, alerting, clock),
            savepoint);
  }

  /**
   * Opens a port that tells health and metrics of the job that runs here.
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
    String status = status();
    return status.equals("RUNNING") ? Optional.empty() : Optional.of("the job is " + status);
  }

  /**
   * Runs the job here, going on from where it was.
   *
   * @throws PartFailure if it does not come up
   */
  public void start() throws PartFailure, InterruptedException {
    Metrics.addRegistry(meters); // what Flink's jobs count arrives there
    new JvmMemoryMetrics().bindTo(meters);
    new SealMeters().bindTo(meters);
    flink = new EmbeddedFlink(new DataDirectory(config.dataDir()), config.alerting().parallelism());
    flink.start();
    job =
        flink.submit(
            NAME,
            AlertingJob.settings(config.alerting().parallelism()),
            env -> AlertingJob.define(env, cluster, alerting, clock));
  }

  /** What Flink says of the job; see {@link FlinkJob#status}. */
  public String status() {
    return job == null ? "STARTING" : job.status();
  }

  /**
   * What the broker refused the job last, for which it begins again and again; empty if nothing.
   */
  public Optional<RefusedException> refusal() throws InterruptedException {
    return job == null
        ? Optional.empty()
        : job.newestFailure().flatMap(failure -> RefusedException.in(failure, cluster));
  }

  /** Rules that the configuration brings. */
  public int rules() {
    return alerting.rules().size();
  }

  @Override
  public void close() {
    if (flink != null) {
      flink.close();
    }
    if (server != null) {
      server.close();
    }
  }
}
